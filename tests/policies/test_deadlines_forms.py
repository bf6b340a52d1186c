"""Further forms in which the same times are written: in words, in brackets, as scanned, as listed, as abbreviated.

A row is a phrase, what it means, and why it stands here; the document is dated Monday 3 March 2025. A date is written
as such, a window as from/to, a recurrence as its rule, a question as "?", a duty without an end as "standing".
"""

from datetime import date, time

import pytest

from dondoc.calendar_file import default_calendar
from models.vocabulary import DueKind
from policies.deadlines import DueDecision, decide_due

CALENDAR = default_calendar()
DOCUMENT_DATE = date(2025, 3, 3)
SIX_AND_TWELVE = "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY={0} | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY={0}"

DAYS = [
    ("15 tháng Sáu 2025", "2025-06-15", "the month by its name, the year without its word"),
    ("ngày mười lăm tháng sáu năm 2025", "2025-06-15", "all in words"),
    ("trước ngày hai mươi tháng ba", "2025-03-20", "in words, no year"),
    ("ngày 15 tháng năm năm 2025", "2025-05-15", "May, and then the word for a year"),
    ("trước ngày 15.6", "2025-06-15", "dots, no year, with the word for a day"),
    ("hạn chót ngày 07.8.2024", "2024-08-07", "dots"),
    ("2025/06/15", "2025-06-15", "the year first, with strokes"),
    ("ngày 15/tháng 6/2025", "2025-06-15", "a stroke and the word for a month"),
    ("trước ngày 15/1 1/2025", "2025-11-15", "the month parted by scanning"),
    ("trước ngày 15/O6/2025", "2025-06-15", "the letter O for a nought"),
    ("trước ngày 1O/6/2O25", "2025-06-10", "likewise"),
    ("trước 5 giờ chiều ngày 20/3/2025", "2025-03-20", "the hour of the afternoon"),
    ("ngày mồng 02 tháng 9 năm 2025", "2025-09-02", "mồng of a solar month"),
    ("ngày 10 tháng này", "2025-03-10", "the document's month"),
    ("trước ngày 15 tháng 01 năm kế tiếp", "2026-01-15", "the year after the document's"),
    ("Tiếp theo Công văn số 123/LĐLĐ-TG ngày 15/01/2025, trước ngày 20/3/2025", "2025-03-20", "beside a citation"),
    ("chốt số liệu đến ngày 14/6/2025, gửi trước ngày 17/6/2025", "2025-06-17", "beside a day of figures"),
    ("3.1. 30/11/2025", "2025-11-30", "behind the number of its clause"),
    ("Hoàn thành trước ngày 15.6.", "2025-06-15", "before a full stop"),
    ("trong thời hạn 15 ngày kể từ ngày ký để tổng hợp", "2025-03-18", "the day of signing, and what for"),
    ("đúng 17.00 ngày 20/3/2025", "2025-03-20", "an hour with a dot"),
]
PERIODS = [
    ("quý thứ hai năm 2025", "2025-04-01/2025-06-30", "an ordinal"),
    ("quý đầu năm 2025", "2025-01-01/2025-03-31", "the first quarter"),
    ("quý cuối cùng của năm 2025", "2025-10-01/2025-12-31", "the last quarter"),
    ("nửa đầu năm 2025", "2025-01-01/2025-06-30", "Art. 146.1: half a year is six months"),
    ("nửa đầu tháng 6/2025", "2025-06-15", "Art. 146.1: half a month is 15 days"),
    ("6 tháng năm 2025", "2025-01-01/2025-06-30", "the half a report is about"),
    ("09 tháng năm 2025", "2025-01-01/2025-09-30", "likewise nine months"),
    ("hai quý đầu năm 2025", "2025-01-01/2025-06-30", "quarters counted from the beginning"),
    ("02 quý cuối năm 2025", "2025-07-01/2025-12-31", "and from the end: not every half-year"),
    ("6T đầu năm 2025", "2025-01-01/2025-06-30", "months abbreviated"),
    ("04/2025 - 06/2025", "2025-04-01/2025-06-30", "a column's two months"),
    ("hạ tuần tháng 6/2025", "2025-06-01/2025-06-30", "the last ten days end with the month"),
    ("trong quys II/2025", "2025-04-01/2025-06-30", "Telex keys that were never turned into letters"),
    ("Q.II/2025", "2025-04-01/2025-06-30", "abbreviated with a dot"),
    ("QII/2025", "2025-04-01/2025-06-30", "abbreviated, typed as one"),
    ("T.6/2025", "2025-06-01/2025-06-30", "a month abbreviated with a dot"),
    ("Quý-III/2025", "2025-07-01/2025-09-30", "a dash before the number"),
    ("trong quý Il/2025", "2025-04-01/2025-06-30", "I and l for the Roman figure, as scanned"),
    ("trong quý I I/2025", "2025-04-01/2025-06-30", "a Roman figure parted by scanning"),
    ("trong quý 1I/2025", "?", "a digit and a letter: the first or the second"),
    ("trong 02 tháng 6 và 7/2025", "2025-06-01/2025-07-31", "how many months, and which: not 2 June"),
    ("Tháng 5/2025 (Tháng Công nhân)", "2025-05-01/2025-05-31", "a month with the name of what is done in it"),
    ("từ đầu tháng 3 đến cuối tháng 5/2025", "2025-03-01/2025-05-31", "points at both ends"),
    ("từ giữa tháng 3 đến hết tháng 5/2025", "2025-03-15/2025-05-31", "a point at the beginning"),
    ("từ cuối tháng 3 đến đầu tháng 4/2025", "?", "where the beginning of April ends is not said"),
]
SPANS = [
    ("trong 3 ngày, từ 15 đến 17/6/2025", "2025-06-15/2025-06-17", "how many days, and which"),
    ("trong vòng 1 tháng kể từ ngày 1/8 đến hết 31/8", "2025-08-01/2025-08-31", "the span says where it ends"),
    ("trong 3 tháng (từ tháng 4 đến tháng 6/2025)", "2025-04-01/2025-06-30", "likewise in months"),
    (
        "Mở hệ thống từ 08h00 ngày 02/5/2025 và đóng hệ thống lúc 17h00 ngày 31/5/2025",
        "2025-05-02/2025-05-31",
        "closed",
    ),
    ("Tháng hành động từ 15/4 đến 15/5/2025", "2025-04-15/2025-05-15", "days round a month with a name"),
    ("vòng 1 từ 01/4 đến 30/4/2025; chung khảo trong tháng 5/2025", "?", "a span and another month are two tasks"),
]
LENGTHS = [
    ("chậm nhất là mười (10) ngày kể từ ngày ký", "2025-03-13", "in words, with the figure in brackets"),
    ("ba mươi (30) ngày kể từ ngày ký", "2025-04-02", "tens in words"),
    ("trong thời hạn 15 (mười lăm) ngày làm việc kể từ ngày ký", "2025-03-24", "two words in brackets"),
    ("chậm nhất là ngày thứ 90 (chín mươi) kể từ ngày ký", "2025-06-01", "the 90th day"),
    ("nửa tháng kể từ ngày ký", "2025-03-18", "Art. 146.1: 15 days"),
    ("trong vòng nửa năm kể từ ngày ban hành", "2025-09-03", "Art. 146.1: six months"),
    ("trong 15 ngày, kể từ ngày Kế hoạch này được ban hành", "2025-03-18", "this very document"),
    ("trong 05 ngay lam viec ke tu ngay ky", "2025-03-10", "no diacritics: ký of signing, not kỳ"),
    ("trong 1,5 tháng kể từ ngày ký", "?", "half a unit that the law does not count"),
    ("một tháng rưỡi kể từ ngày ký", "?", "likewise in words"),
    ("trong vòng 48 giờ", "?", "from when"),
]
RECURRENCES = [
    ("trước ngày 10 tháng 6 và 10 tháng 12 hằng năm", SIX_AND_TWELVE.format(10), "a second day without its word"),
    ("trước ngày 10 các tháng 3, 6, 9, 12", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=10", "a day that months share"),
    ("trước ngày 10 tháng 3, 6, 9, 12 hằng năm", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=10", "not March only"),
    ("định kỳ trước ngày 15/6 và 15/12", SIX_AND_TWELVE.format(15), "regularly, and no year"),
    ("trước ngày 30/6 hằng năm, bắt đầu từ năm 2026", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", "the year it begins in"),
    ("6 tháng đầu năm (trước 15/6), năm (trước 15/12)", SIX_AND_TWELVE.format(15), "a half by its name, no year"),
    ("6 tháng đầu năm: trước ngày 20/6; cả năm: trước ngày 20/12", SIX_AND_TWELVE.format(20), "with colons"),
    (
        "báo cáo quý I trước ngày 15/3, 6 tháng trước ngày 15/6, năm trước ngày 15/12",
        f"FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15 | {SIX_AND_TWELVE.format(15)}",
        "a quarter's report beside the others",
    ),
    (
        "Trước ngày 15 tháng 6 hằng năm đối với báo cáo 6 tháng",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15",
        "which report it is, not another",
    ),
    ("trước ngày 15/12 hằng năm cho năm kế tiếp", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "what the report is for"),
    ("nộp chậm nhất ngày cuối tháng đầu quý sau", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=-1", "a last day"),
    ("sơ kết 6 tháng, tổng kết năm", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY", "the kind of report between"),
    ("báo cáo sáu tháng đầu năm và cả năm", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY", "the count in words"),
    ("thứ 2, 4, 6 hàng tuần", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "three days of one week, one rule"),
    ("thứ Hai và thứ Năm hằng tuần", "FREQ=WEEKLY;BYDAY=MO,TH", "two days of one week"),
    ("16h00 ngày thứ 5 hằng tuần", "FREQ=WEEKLY;BYDAY=TH", "the word for a day before a weekday"),
    ("mỗi thứ Hai", "FREQ=WEEKLY;BYDAY=MO", "every Monday"),
    ("tuần 1 lần", "FREQ=WEEKLY", "not the first week"),
    ("ít nhất một năm một lần", "FREQ=YEARLY", "not a length of a year"),
    ("mỗi tháng 02 tin, bài", "FREQ=MONTHLY", "what is counted is not February"),
    ("truwowcs ngafy 20 hawngf thasng", "FREQ=MONTHLY;BYMONTHDAY=20", "Telex keys, the tone's first or last"),
    ("từng quý", "FREQ=MONTHLY;INTERVAL=3", "từng for each"),
    ("2 năm một lần", "FREQ=YEARLY;INTERVAL=2", "every two years"),
    ("định kỳ 5 năm", "FREQ=YEARLY;INTERVAL=5", "every five years"),
    ("hằng năm và 5 năm", "FREQ=YEARLY | FREQ=YEARLY;INTERVAL=5", "both"),
    ("cuối quý hằng năm", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "the end of each quarter"),
    ("trước ngày 15 của tháng cuối cùng trong quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", "trong for của"),
    ("ngày thứ 20 (hai mươi) của tháng tiếp theo", "FREQ=MONTHLY;BYMONTHDAY=20", "an ordinal with its words"),
    ("từ ngày 01 đến ngày 05 của tháng sau", "FREQ=MONTHLY;BYMONTHDAY=5", "due on the last of a span"),
    (
        "chậm nhất là ngày thứ 30 kể từ ngày kết thúc quý",
        "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=30",
        "30 days in each",
    ),
    ("hằng ngày từ 01/4 đến 30/4/2025", "FREQ=DAILY", "how long it lasts"),
    ("trước 17h hằng ngày (kể cả thứ Bảy, Chủ nhật)", "FREQ=DAILY", "weekdays said of every day"),
    ("4 năm một lần", "?", "no such cycle is kept"),
    ("3 tuần một lần", "?", "likewise: not every week"),
    ("nửa tháng một lần", "?", "likewise: not every month"),
    ("đầu tháng hằng tháng", "?", "where work begins, not where it ends"),
    ("45 ngày kể từ ngày kết thúc quý", "?", "another day in each quarter"),
    ("trước ngày 25 của tháng cuối quý (riêng quý IV trước ngày 15/12)", "?", "a rule and its exception are two"),
]
CUSTOM = [
    ("trước 25 tháng Chạp năm Bính Ngọ", "2027-02-01", "a lunar year by its name"),
    ("trước rằm tháng Bảy", "2025-09-06", "a lunar month by its name; the sixth comes twice in 2025"),
    ("mùng Bốn Tết", "2026-02-20", "the day in words"),
    ("sau mùng 6 Tết", "?", "only a start"),
    ("Tết Sum vầy", "?", "a union's programme, not the feast"),
    ("thường xuyên trong năm 2025", "standing", "all year round"),
    ("Thường xuyên, từ năm 2025", "standing", "with its beginning"),
]
ROWS = [*DAYS, *PERIODS, *SPANS, *LENGTHS, *RECURRENCES, *CUSTOM]


def said(due: DueDecision) -> str:
    """Write a decision as the rows do."""
    if due.kind is DueKind.STANDING:
        return "standing"
    if due.window is not None and due.nominal is not None:
        return f"{due.window[0]}/{due.nominal}"
    return due.rrule or (str(due.nominal) if due.nominal else "?")


@pytest.mark.parametrize(("phrase", "meaning", "why"), ROWS, ids=[f"{phrase} ({why})" for phrase, _, why in ROWS])
def test_a_form_means_what_its_row_says(phrase: str, meaning: str, why: str) -> None:
    assert said(decide_due(phrase, DOCUMENT_DATE, CALENDAR)) == meaning, why


@pytest.mark.parametrize(
    ("phrase", "cadence"),
    [
        ("ngày 10 các tháng 3, 6, 9, 12", "quarterly"),
        ("ngày 10 các tháng 6, 12", "half-yearly"),
        ("ngày 10 các tháng 3, 4, 12", "yearly"),  # unevenly apart
        ("2 năm một lần", "two-yearly"),
    ],
)
def test_a_recurrence_says_how_often_it_comes(phrase: str, cadence: str) -> None:
    assert decide_due(phrase, DOCUMENT_DATE, CALENDAR).cadence == (cadence,)


@pytest.mark.parametrize(
    ("phrase", "at"),
    [
        ("trước 5 giờ chiều ngày 20/3/2025", time(17)),
        ("trước 10 giờ sáng ngày 20/3/2025", time(10)),
        ("đúng 17.00 ngày 20/3/2025", time(17)),
        ("trước 12 giờ đêm ngày 20/3/2025", None),  # the end of the day, which is when its term ends (Art. 148.6)
    ],
)
def test_the_hour_of_a_half_day_is_that_of_the_clock(phrase: str, at: time | None) -> None:
    assert decide_due(phrase, DOCUMENT_DATE, CALENDAR).at == at
