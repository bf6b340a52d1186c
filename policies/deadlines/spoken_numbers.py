"""Reads numbers as they stand in a deadline: digits, words up to ninety-nine, and one beside the other in brackets."""

from policies.deadlines.tokens import Tokens

ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9,
}  # fmt: skip
# "mốt", "lăm" and "tư" are said only behind tens: "hai mươi mốt", "mười lăm".
FIRST_WORDS = {word: number for word, number in ONES.items() if word not in ("mốt", "lăm", "tư")} | {"mười": 10}
SPOKEN_MONTHS = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "sáu": 6, "năm": 5, "tư": 4, "bốn": 4,
    "ba": 3, "hai": 2, "một": 1,
}  # fmt: skip
# What "tháng một" and "tháng năm" mean is told by what follows: "tháng một lần", "tháng năm 2025".
UNSURE_MONTHS = ("năm", "một")
LONGEST_IN_BRACKETS_WORDS = 3


def spoken_number_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Read a number in words: "năm", "mười lăm", "hai mươi", "ba mươi mốt"."""
    first = FIRST_WORDS.get(tokens.text(index))
    if first is None:
        return None
    end = index + 1
    if first != 10 and tokens.text(end) == "mươi":
        first, end = 10 * first, end + 1
    elif first != 10:
        return first, end
    ones = ONES.get(tokens.text(end))
    # "hai mươi năm" is twenty years: five behind tens is said "lăm"
    return (first, end) if ones is None or tokens.text(end) == "năm" else (first + ones, end + 1)


def count_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Read a count and what repeats it in brackets: "05 (năm)", "mười (10)"; not half of "1,5"."""
    number = tokens.number(index)
    found = spoken_number_at(tokens, index) if number is None else (number, index + 1)
    is_fraction = (
        tokens.text(index - 1) in (",", ".") and tokens.number(index - 2) is not None and tokens.adjoins(index)
    )
    if found is None or is_fraction:
        return None
    count, end = found
    if tokens.text(end) == "(":
        for close in range(end + 2, end + 2 + LONGEST_IN_BRACKETS_WORDS):
            if tokens.text(close) == ")":
                return count, close + 1
    return count, end


def spoken_month_at(tokens: Tokens, index: int, *, sure: bool = False) -> tuple[int, int] | None:
    """Read the name of a month behind "tháng"; unless `sure`, neither of the two that may mean something else."""
    for words, month in SPOKEN_MONTHS.items():
        end = tokens.after(index, *words.split())
        if end is not None:
            return (month, end) if sure or words not in UNSURE_MONTHS else None
    return None
