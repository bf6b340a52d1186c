"""Reads the words of a phrase into terms: at each place, the first reader of its word that recognises something."""

from collections.abc import Callable

from policies.deadlines.citation_readers import (
    CITING,
    read_citation,
    read_citation_by_name,
    read_fraction,
    read_law,
    read_number_of_a_document,
)
from policies.deadlines.cues import BY_FIRST_WORD, read_cue, read_end_of_cycle
from policies.deadlines.date_readers import (
    read_date,
    read_day,
    read_day_of_cycle,
    read_days_of_one_month,
    read_iso_date,
)
from policies.deadlines.length_readers import (
    MILESTONES,
    read_clock,
    read_day_counted,
    read_half,
    read_length,
    read_years_since,
)
from policies.deadlines.listed_readers import read_blank, read_day_of_months
from policies.deadlines.lunar_readers import read_festival, read_lunar_day, read_lunar_month
from policies.deadlines.period_readers import (
    GLUED_QUARTERS,
    read_half_of_year,
    read_month_of_year,
    read_months,
    read_part_of_year,
    read_period_ahead,
    read_quarters,
    read_school_time,
    read_week_of_month,
    read_year,
)
from policies.deadlines.recurrence_readers import read_end_of_every, read_every, read_recurring_day, read_times
from policies.deadlines.spoken_numbers import FIRST_WORDS
from policies.deadlines.terms import Found, Term
from policies.deadlines.tokens import Token, Tokens
from policies.deadlines.weekday_readers import read_nth_day, read_weekday

Reader = Callable[[Tokens, int], Found]

# By what they begin with, and in order of precedence: the more words a reader needs, the earlier it stands.
AT_A_NUMBER: tuple[Reader, ...] = (
    read_iso_date, read_lunar_day, read_citation, read_fraction, read_number_of_a_document, read_day_of_months,
    read_date, read_days_of_one_month, read_part_of_year, read_recurring_day, read_day_of_cycle, read_length,
    read_clock, read_times, read_every, read_month_of_year,
)  # fmt: skip
AT_A_WORD: dict[str, tuple[Reader, ...]] = {
    "ngày": (
        read_day_counted, read_nth_day, read_lunar_day, read_day_of_months, read_blank, read_date,
        read_days_of_one_month, read_recurring_day, read_day, read_every, read_cue,
    ),
    **dict.fromkeys(("sau", "từ", "kể", "tính"), (read_end_of_cycle,)),
    "số": (read_citation, read_cue),
    "mùng": (read_lunar_day,),
    "rằm": (read_lunar_day,),
    "tết": (read_festival, read_cue),
    "trung": (read_festival, read_week_of_month),
    "thượng": (read_week_of_month,),
    "giỗ": (read_festival,),
    "thứ": (read_weekday,),
    "chủ": (read_weekday,),
    "tháng": (read_lunar_month, read_months, read_period_ahead, read_every, read_cue),
    **dict.fromkeys(("t", "th"), (read_months,)),
    "quý": (read_quarters, read_period_ahead, read_every),
    **dict.fromkeys(("q", *GLUED_QUARTERS), (read_quarters,)),
    "năm": (read_school_time, read_year, read_period_ahead, read_length, read_every),
    "học": (read_school_time,),
    "tuần": (read_week_of_month, read_every),
    "nửa": (read_half, read_half_of_year, read_every),
    "đầu": (read_end_of_every, read_cue),
    "giữa": (read_end_of_every, read_cue),
    "cuối": (read_end_of_every, read_cue),
    ",": (read_year, read_cue),
    "luật": (read_law,),
    "hiến": (read_law,),
    **dict.fromkeys(("hằng", "mỗi", "từng", "định"), (read_every, read_cue)),
    **dict.fromkeys((words.split()[0] for words in MILESTONES), (read_years_since, read_cue)),
}  # fmt: skip
for _word in FIRST_WORDS:
    AT_A_WORD[_word] = (read_part_of_year, read_times, read_length, read_every, *AT_A_WORD.get(_word, ()))
for _word in (words.split()[0] for words in CITING):
    AT_A_WORD[_word] = (read_citation_by_name, *AT_A_WORD.get(_word, (read_cue,)))
AT_A_WORD["năm"] = (read_school_time, read_year, read_period_ahead, read_times, read_length, read_every)
NOTHING: tuple[Reader, ...] = ()
ONLY_CUE: tuple[Reader, ...] = (read_cue,)


def read_terms(tokens: Tokens) -> tuple[Term, ...]:
    """Read every term of a phrase; words that no reader knows are passed over. Linear: no reader looks far ahead."""
    terms: list[Term] = []
    index = 0
    while index < len(tokens):
        found = next((found for reader in _readers_of(tokens[index]) if (found := reader(tokens, index))), None)
        if found is None:
            index += 1
            continue
        terms.extend(found[0])
        index = found[1]
    return tuple(terms)


def _readers_of(token: Token) -> tuple[Reader, ...]:
    if token.text.isdigit():
        return AT_A_NUMBER
    readers = AT_A_WORD.get(token.text)
    if readers is None:
        return ONLY_CUE if token.text in BY_FIRST_WORD else NOTHING
    return readers
