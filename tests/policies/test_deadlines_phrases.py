"""Phrases as directives write them, family by family, each with what it means and why: the grammar's own table.

A date is written as such; a window as from/to; a recurrence as its rule; "?" is a question; "standing" has no end.
The document is dated Monday 3 March 2025 unless the row says otherwise.
"""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from models.vocabulary import DueKind
from policies.deadlines import DueDecision, decide_due

CALENDAR = default_calendar()
DOCUMENT_DATE = date(2025, 3, 3)
AUTUMN = date(2025, 10, 1)

# phrase, what it means, why this row
DAYS = [
    ("trước ngày 20/3/2025", "2025-03-20", "the day named belongs to the term"),
    ("trước 20/3/2025", "2025-03-20", "no word ngày"),
    ("xong trước 20/3", "2025-03-20", "no year: the document's"),
    ("chậm nhất ngày 20/3/2025", "2025-03-20", "at the latest"),
    ("chậm nhất là ngày 20/3/2025", "2025-03-20", "with là"),
    ("chậm nhất đến ngày 20/3/2025", "2025-03-20", "with đến"),
    ("chậm nhất trước ngày 20/3/2025", "2025-03-20", "a double bound"),
    ("muộn nhất là ngày 20/3/2025", "2025-03-20", "muộn for chậm"),
    ("không muộn hơn ngày 20/3/2025", "2025-03-20", "said by its opposite"),
    ("hạn cuối: 20/3/2025", "2025-03-20", "a label"),
    ("Hạn chót gửi báo cáo ngày 20-3-2025", "2025-03-20", "dashes are no span"),
    ("đến hết ngày 20/3/2025", "2025-03-20", "through the day"),
    ("Đến hết 31/12/2025", "2025-12-31", "no word ngày behind hết"),
    ("trong ngày 20/3", "2025-03-20", "within one day"),
    ("ngày 20 tháng 3 năm 2025", "2025-03-20", "in words"),
    ("trước 20 tháng 3 năm 2025", "2025-03-20", "in words without ngày"),
    ("20.3.2025", "2025-03-20", "dots"),
    ("2025-03-20", "2025-03-20", "ISO"),
    ("20/3/25", "2025-03-20", "a short year"),
    ("trước ngày 31/01", "2026-01-31", "already past in the document's year"),
    ("trước ngày 15/01 năm sau", "2026-01-15", "the year after the document's"),
    ("trước ngày 20/12 năm nay", "2025-12-20", "the document's year said in words"),
    ("trong năm 2025, trước ngày 30/11", "2025-11-30", "the year stands apart"),
    ("trong tháng 6/2025 (trước ngày 20)", "2025-06-20", "the month stands apart"),
    ("ngày làm việc cuối cùng của tháng 5/2025", "2025-05-30", "31/5 is a Saturday"),
    ("thứ Sáu cuối cùng của tháng 5/2025", "2025-05-30", "a weekday of a named month"),
    ("thứ Sáu tuần này", "2025-03-07", "the document's own week"),
    ("khoản 2 Điều 5, trước ngày 15/6/2025", "2025-06-15", "clause numbers are no days"),
    ("hoàn thành 100% chỉ tiêu trước 30/9/2025", "2025-09-30", "a rate is no day"),
    ("dịp kỷ niệm 28/7, hoàn thành trước ngày 25/7/2025", "2025-07-25", "a deadline beside an occasion"),
    ("không quá 2 ngày, hoàn thành trước ngày 30/6/2025", "2025-06-30", "a length that is no term"),
]
HOURS = [
    ("trước 17h00 ngày 20/3/2025", "2025-03-20", "h"),
    ("trước 17 giờ 00 phút, ngày 20/3/2025", "2025-03-20", "giờ and phút"),
    ("trước 16g30 ngày 20 tháng 3 năm 2025", "2025-03-20", "g, as in the South"),
    ("07h30’ ngày 20/3/2025", "2025-03-20", "with the minute sign"),
    ("trước 24h00 ngày 20/3/2025", "2025-03-20", "24:00 is the end of the day (Art. 148.6)"),
    ("từ 7h30 đến 11h30 ngày 20/3/2025", "2025-03-20", "two hours of one day"),
    ("trước 25 giờ ngày 10/3/2025", "?", "no such hour"),
]
PERIODS = [
    ("trong tháng 6/2025", "2025-06-01/2025-06-30", "last day of the month"),
    ("Xong trong tháng 6", "2025-06-01/2025-06-30", "no year"),
    ("Tháng sáu năm 2025", "2025-06-01/2025-06-30", "the month in words"),
    ("tháng Mười Hai năm 2025", "2025-12-01/2025-12-31", "two words"),
    ("06/2025", "2025-06-01/2025-06-30", "as a table's column has it"),
    ("T6/2025", "2025-06-01/2025-06-30", "abbreviated in a table"),
    ("Q2/2025", "2025-04-01/2025-06-30", "likewise a quarter"),
    ("QUÝ II/2025", "2025-04-01/2025-06-30", "capitals"),
    ("Trong quí 2 năm 2025", "2025-04-01/2025-06-30", "quí and an arabic digit"),
    ("quý hai năm 2025", "2025-04-01/2025-06-30", "the quarter in words"),
    ("hết Quý II/2025", "2025-04-01/2025-06-30", "by its end"),
    ("trong 6 tháng đầu năm", "2025-01-01/2025-06-30", "first half, no year"),
    ("9 tháng đầu năm 2025", "2025-01-01/2025-09-30", "nine months"),
    ("6 tháng cuối năm 2025", "2025-07-01/2025-12-31", "second half"),
    ("trong tháng này", "2025-03-01/2025-03-31", "the document's month"),
    ("tháng tới", "2025-04-01/2025-04-30", "the month after"),
    ("trong năm tới", "2026-01-01/2026-12-31", "the year after"),
    ("cuối tháng 6/2025", "2025-06-30", "Art. 146.2"),
    ("giữa tháng 6/2025", "2025-06-15", "Art. 146.2"),
    ("giữa năm 2025", "2025-06-30", "Art. 146.3"),
    ("vào cuối quý II năm 2025", "2025-06-30", "by analogy"),
    ("tuần cuối tháng 6/2025", "2025-06-30", "the last week ends with its month"),
    ("trước Quý III/2025", "?", "before a period: its eve, or within it"),
    ("đầu tháng 6/2025", "?", "where work begins, not where it ends"),
    ("giữa quý II/2025", "?", "no law says where that is"),
    ("tuần thứ 2 của tháng 6/2025", "?", "no law says which days"),
    ("những tháng đầu năm 2026", "?", "vague"),
]
SPANS = [
    ("từ ngày 10 đến ngày 15/6/2025", "2025-06-10/2025-06-15", "the month is given once"),
    ("từ 10 - 15/6/2025", "2025-06-10/2025-06-15", "compressed"),
    ("ngày 10-12/6/2025", "2025-06-10/2025-06-12", "compressed, no từ"),
    ("trong các ngày 10, 11 và 12/6/2025", "2025-06-10/2025-06-12", "days that follow one another"),
    ("từ ngày 01 tháng 5 đến ngày 31 tháng 5 năm 2025", "2025-05-01/2025-05-31", "the year is given once"),
    ("từ 25/12 đến 05/01/2026", "2025-12-25/2026-01-05", "over the turn of the year"),
    ("từ 01/5/2025 – 31/5/2025", "2025-05-01/2025-05-31", "a dash for đến"),
    ("từ tháng 5 đến hết tháng 7 năm 2025", "2025-05-01/2025-07-31", "months"),
    ("tháng 3-5/2025", "2025-03-01/2025-05-31", "months, compressed"),
    ("từ tháng 11/2025 đến tháng 02/2026", "2025-11-01/2026-02-28", "months over the turn of the year"),
    ("từ Quý II/2025 đến hết năm 2025", "2025-04-01/2025-12-31", "a quarter to a year"),
    ("từ quý II/2025 đến quý I/2026", "2025-04-01/2026-03-31", "quarters"),
    ("Quý I, II/2025", "2025-01-01/2025-06-30", "quarters that follow one another"),
    ("Quý III+IV/2025", "2025-07-01/2025-12-31", "with a plus"),
    ("từ nay đến 30/6/2025", "2025-03-03/2025-06-30", "from the document's date"),
    ("từ nay đến cuối năm", "2025-03-03/2025-12-31", "the document's year"),
    ("Quý I, Quý III/2025", "?", "quarters apart are two tasks"),
    ("ngày 10 và 20/6/2025", "?", "days apart are two tasks"),
    ("trước ngày 15/6/2025 và trước ngày 15/11/2025", "?", "two deadlines are two obligations"),
    ("từ ngày 01/7/2025", "?", "only a start"),
    ("sau ngày 15/6/2025", "?", "likewise"),
    ("giai đoạn 2026-2030", "?", "how long a programme runs"),
]
LENGTHS = [
    ("trong thời hạn 15 ngày kể từ ngày ký ban hành", "2025-03-18", "calendar days, the first not counted"),
    ("trong 05 (năm) ngày làm việc kể từ ngày ký", "2025-03-10", "working days, in words as well"),
    ("chậm nhất 05 ngày làm việc sau ngày 10/3/2025", "2025-03-17", "from a date that is named"),
    ("03 tháng kể từ ngày ký", "2025-06-03", "months"),
    ("01 tháng kể từ ngày 31/01/2025", "2025-02-28", "Art. 148.3"),
    ("30 ngày kể từ ngày kết thúc Quý II/2025", "2025-07-30", "from the end of a period"),
    ("chậm nhất 10 ngày trước ngày 15/6/2025", "2025-06-05", "counted back"),
    ("trước ngày 15/6/2025 ít nhất 10 ngày", "2025-06-05", "counted back, the other way round"),
    ("trong 10 ngày kể từ ngày nhận được văn bản này", "?", "nobody knows yet when it was received"),
    ("trong vòng 24 giờ kể từ khi xảy ra sự việc", "?", "an event"),
    ("sau khi kết thúc đợt thi đua 10 ngày", "?", "an event"),
    ("trước ngày khai mạc 15 ngày", "?", "back from an event"),
]
RECURRENCES = [
    ("Hằng quý", "FREQ=MONTHLY;INTERVAL=3", "a cycle by itself"),
    ("báo cáo quý, 6 tháng, năm", "FREQ=MONTHLY;INTERVAL=3 | FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY", "a list"),
    (
        "6 tháng, 9 tháng và năm",
        "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1 | FREQ=YEARLY",
        "nine months of a year come once a year",
    ),
    ("định kỳ 6 tháng đầu năm và năm", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY", "the half said in full"),
    ("định kỳ 03 tháng/lần", "FREQ=MONTHLY;INTERVAL=3", "three months are a quarter"),
    ("hai tháng một lần", "FREQ=MONTHLY;INTERVAL=2", "a count in words"),
    ("01 lần/quý", "FREQ=MONTHLY;INTERVAL=3", "times a cycle"),
    ("hằng tuần", "FREQ=WEEKLY", "weekly"),
    ("2 tuần một lần", "FREQ=WEEKLY;INTERVAL=2", "fortnightly"),
    ("chiều thứ 6 hàng tuần", "FREQ=WEEKLY;BYDAY=FR", "a weekday by its number"),
    ("thứ Sáu cuối cùng của tháng", "FREQ=MONTHLY;BYDAY=-1FR", "the last of its kind"),
    ("ngày làm việc cuối cùng của tháng", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYSETPOS"),
    ("ngày làm việc đầu tiên của mỗi tháng", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "the first"),
    (
        "ngày làm việc cuối cùng của quý",
        "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "one month of three",
    ),
    ("ngày cuối tháng", "FREQ=MONTHLY;BYMONTHDAY=-1", "the last day"),
    ("cuối mỗi quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "the end of every quarter"),
    ("hằng tháng, trước ngày 14", "FREQ=MONTHLY;BYMONTHDAY=14", "the day behind its cycle"),
    ("trước ngày mùng 5 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5", "mùng of a solar month"),
    ("trước ngày 20 của tháng", "FREQ=MONTHLY;BYMONTHDAY=20", "of the month is of every month"),
    ("ngày 15 và 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,30", "two days a month"),
    ("vào ngày 15 và ngày cuối cùng hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,-1", "a day by its number, and the last"),
    ("từ ngày 15 đến ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20", "due on the last of a span"),
    ("trước ngày 05 của tháng liền kề", "FREQ=MONTHLY;BYMONTHDAY=5", "the month after"),
    ("trước ngày 20 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "of every quarter"),
    ("trước ngày 05 tháng đầu quý sau", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", "of the next quarter"),
    ("chậm nhất 10 ngày sau khi kết thúc quý", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10", "counted, then dated"),
    (
        "quý I, quý II, quý III trước ngày 25 của tháng cuối quý",
        "FREQ=YEARLY;BYMONTH=3,6,9;BYMONTHDAY=25",
        "three quarters of the four",
    ),
    (
        "6 tháng (trước 15/6), năm (trước 15/11)",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 | FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
        "each cycle with its day",
    ),
    (
        "trước ngày 10/6 (báo cáo 6 tháng) và trước ngày 10/12 (báo cáo năm)",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10 | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
        "each day with its cycle",
    ),
    (
        "hằng tháng (trước ngày 20), hằng quý (trước ngày 20 của tháng cuối quý), năm (trước ngày 15/12)",
        (
            "FREQ=MONTHLY;BYMONTHDAY=20 | FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"
            " | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
        ),
        "three cycles",
    ),
    ("trong tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "a month of every year"),
    ("Quý IV hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "a quarter of every year"),
    ("trong Quý I, chậm nhất tháng 01", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1", "past already: of every year"),
    ("hằng ngày trước 15h30", "FREQ=DAILY", "one hour of the day stands beside the rule"),
    ("02 lần/ngày (trước 9h00’ và 16h00’)", "FREQ=DAILY;BYHOUR=9,16;BYMINUTE=0", "two hours of the day"),
    (
        "02 lần/ngày (trước 9h30 và 16h00)",
        "FREQ=DAILY;BYHOUR=9;BYMINUTE=30 | FREQ=DAILY;BYHOUR=16;BYMINUTE=0",
        "two hours that share no minute",
    ),
    ("định kỳ mỗi học kỳ", "FREQ=MONTHLY;INTERVAL=6", "two school terms a year"),
    (
        "báo cáo 6 tháng gửi trước ngày 10/6, báo cáo năm gửi trước ngày 10/12 hằng năm",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10 | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
        "hằng năm of both, not a third",
    ),
    ("trước 30/4/2025 và sau đó hằng tháng", "?", "once and again are two tasks"),
    ("ít nhất 02 lần/năm", "?", "which days"),
    ("định kỳ 15 ngày một lần", "?", "no such cycle is kept"),
    ("hằng quý trước ngày 20", "?", "of which month"),
]
CUSTOM = [
    ("trong tháng Giêng", "2026-02-17/2026-03-18", "past when the document is dated: the next"),
    ("ngày 10/3 âm lịch năm 2025", "2025-04-07", "Giỗ Tổ"),
    ("mùng 10 tháng 3 âm lịch", "2025-04-07", "the next one"),
    ("trước rằm tháng Giêng năm 2026", "2026-03-03", "the 15th of the first month"),
    ("trước Tết Nguyên đán Bính Ngọ 2026", "?", "the eve, the break, or the day: asked with a proposal"),
    ("ngày 23 tháng Chạp năm 2040", "?", "a year outside the table"),
    ("mùng 5 tháng 3", "?", "lunar or solar"),
    ("năm học 2025 - 2026", "2025-09-05/2026-05-31", "by custom, to be checked"),
    ("đầu năm học 2025-2026", "?", "where it begins"),
    ("kết thúc học kỳ I năm học 2025-2026", "?", "set by each province"),
    ("nhân dịp 19/5", "?", "an occasion"),
    ("dịp 30/4, 01/5", "?", "an occasion with two days"),
]
STANDING = [
    ("thường xuyên", "standing", "the state's own word"),
    ("Thường xuyên, liên tục", "standing", "two words for it"),
    ("xuyên suốt", "standing", "throughout"),
    ("theo quy định", "?", "another document's date"),
    ("kịp thời báo cáo khi có phát sinh", "?", "no day"),
    ("trong thời gian sớm nhất", "?", "no day"),
    ("khi có yêu cầu", "?", "an event"),
    ("định kỳ", "?", "how often"),
    ("cuối năm", "?", "which year"),
    ("theo Công văn số 1366-CV/BTGTU, ngày 10/02/2025", "?", "the date of a citation"),
    ("Nghị định 145/2020/NĐ-CP ngày 14/12/2020", "?", "likewise, without số"),
    ("ngày, tháng, năm sinh", "?", "a column of a form"),
]
IMPOSSIBLE = [
    ("trước ngày 29/02/2025", "?", "no leap year"),
    ("trước ngày 31/4", "?", "no year has it"),
    ("tháng 0/2025", "?", "no month 0"),
    ("trong Quý V/2025", "?", "no fifth quarter"),
    ("99/99/9999", "?", "digits"),
    ("trước ngày l5/6/2024", "?", "a letter for a digit: asked, not read as the 5th"),
    ("15/6/20245", "?", "a digit too many: asked, not read without its year"),
]
TYPING = [
    ("trước ng ày 05/12/2025", "2025-12-05", "a word broken by scanning"),
    ("trước ngày 05 / 12 /2025", "2025-12-05", "spaces around the strokes"),
    ("trước ngày 05/12/20 25", "2025-12-05", "a year broken by scanning"),
    ("ngày 5 tháng 12 năm 20 25", "2025-12-05", "likewise, in words"),
    ("trước ngày 2 5/12/2025", "2025-12-25", "a day broken by scanning is not the 5th"),
    ("trướcngày15/6/2025", "2025-06-15", "no spaces"),
    ("trong Qúy II/2025", "2025-04-01/2025-06-30", "the tone on the wrong letter"),
    ("QuýⅢ/2025", "2025-07-01/2025-09-30", "a Roman numeral of one sign"),
    ("hàngtháng", "FREQ=MONTHLY", "two words typed as one"),
    ("định kì 6 tháng", "FREQ=MONTHLY;INTERVAL=6", "kì for kỳ"),
    ("truoc ngay 15/6, trong quy II nam 2025", "2025-06-15", "no diacritics at all"),
    ("**trước ngày 15/6/2025**", "2025-06-15", "emphasis marks"),
    ("hoàn thành trước ngày\n15/6/\n2025", "2025-06-15", "line wraps"),
    ("Ngân hàng năm 2025", "2025-01-01/2025-12-31", "a bank is no recurrence"),
]
ROWS = [*DAYS, *HOURS, *PERIODS, *SPANS, *LENGTHS, *RECURRENCES, *CUSTOM, *STANDING, *IMPOSSIBLE, *TYPING]


def said(due: DueDecision) -> str:
    """Write a decision as the rows do."""
    if due.kind is DueKind.STANDING:
        return "standing"
    if due.window is not None and due.nominal is not None:
        return f"{due.window[0]}/{due.nominal}"
    return due.rrule or (str(due.nominal) if due.nominal else "?")


@pytest.mark.parametrize(("phrase", "meaning", "why"), ROWS, ids=[f"{phrase} ({why})" for phrase, _, why in ROWS])
def test_a_phrase_means_what_its_row_says(phrase: str, meaning: str, why: str) -> None:
    assert said(decide_due(phrase, DOCUMENT_DATE, CALENDAR)) == meaning, why


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("trước 30 Tết", date(2026, 2, 16)),  # Chạp has 29 days: the last is called the 30th all the same
        ("trước ngày 23 tháng Chạp năm Ất Tỵ", date(2026, 2, 10)),
        ("mùng 6 Tết", date(2026, 2, 22)),
        ("trong tháng Chạp", date(2026, 2, 16)),
    ],
)
def test_a_lunar_day_of_a_document_in_autumn_is_that_of_the_coming_new_year(phrase: str, day: date) -> None:
    assert decide_due(phrase, AUTUMN, CALENDAR).nominal == day


def test_the_table_is_as_large_as_the_families_it_covers() -> None:
    assert len({phrase for phrase, _, _ in ROWS}) == len(ROWS) >= 120
