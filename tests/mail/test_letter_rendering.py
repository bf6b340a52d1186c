"""What a rendered letter says, in both languages, and what hostile or endless values cannot do to it."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.errors import InvalidInput
from dondoc.mail.acts import act_sentence
from dondoc.mail.figures import Figures
from dondoc.mail.harmless import harmless, harmless_text
from dondoc.mail.render import render
from dondoc.mail.values import ActNote, LetterValues, Rung
from dondoc.mail.wording import wording
from models.vocabulary import Act, LetterKind, OfficerRole, RungAction
from tests.mail.letter_samples import (
    AFTER_DUE,
    BEFORE_DUE,
    BELOW,
    DAY,
    DIGEST,
    DISTRICT,
    GROUP,
    ISSUER_WEEKLY,
    LEDGER_HEAD,
    LINKS,
    OTHERS,
    PARENT_HEAD,
    PICTURE,
    PLAN_LINE,
    QUARTER_LINE,
    SAMPLES,
    WRITTEN_AT,
)

DONE_BY_NOBODY = (Act.CLOSE, Act.CARRY, Act.REPLAN)
"""Acts of an operation on a whole directive."""


class Page(HTMLParser):
    """The tags, links and words of a page."""

    def __init__(self, source: str) -> None:
        """Read the page at once."""
        super().__init__()
        self.tags: list[str] = []
        self.open_tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag != "meta":
            self.open_tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "background"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(LetterKind)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", list(LetterKind))
def test_both_forms_of_every_kind_hold_the_same_facts(kind: LetterKind, language: str) -> None:
    letter = render(SAMPLES[kind], language)
    page = Page(letter.html)
    assert page.open_tags == []
    words = wording(language)
    facts = [SAMPLES[kind].unit_name, LEDGER_HEAD]
    for group in SAMPLES[kind].groups:
        facts += [group.number, group.subject, words.day(group.issued_on)]
        facts += [line.title for line in group.own] + [words.due(line) for line in group.own]
        facts += [str(line.assignment_id) for line in group.own]
        facts += [branch.unit_name for branch in group.picture.branches] if group.picture else []
        assert group.number in letter.subject
    facts += [fact for one in SAMPLES[kind].dead for fact in (one.unit_name, one.address)]
    for fact in facts:
        assert fact in letter.text
        assert fact in page.text
    assert f"[{letter.subject.partition('[')[2].partition(']')[0]}]" in letter.subject
    # No template's or catalogue's hole is left open.
    assert not re.search(r"%\(|\{\{|None", letter.text + page.text)


@pytest.mark.parametrize("kind", list(LetterKind))
def test_no_word_of_english_stands_in_a_vietnamese_letter(kind: LetterKind) -> None:
    letter = render(SAMPLES[kind], "vi")
    said = re.sub(r"https?://\S+", "", letter.text + letter.subject)
    found = re.findall(r"\b(?:the|of|to|and|day|days|task|tasks|due|unit|letter|by|this)\b", said, re.IGNORECASE)
    assert found == []


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (LetterKind.ASSIGNED, "[Giao nhiệm vụ] 3 nhiệm vụ mới được giao – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.DIGEST, "[Đôn đốc] 1 nhiệm vụ quá hạn, 2 nhiệm vụ cần thực hiện – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.URGENT, "[Đôn đốc khẩn] 1 nhiệm vụ quá hạn – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.RETURNED, "[Trả lại] 1 kết quả bị trả lại – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.EXTENSION, "[Thời hạn] chấp thuận gia hạn – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.REVOKED, "[Dừng thực hiện] 1 nhiệm vụ không phải thực hiện nữa – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.CONFIRMED, "[Xác nhận] 1 nhiệm vụ đã hoàn thành – 121/KH-LĐLĐ (20/02/2025)"),
        (
            LetterKind.WEEKLY,
            ("[Tổng hợp tuần] 37 nhiệm vụ quá hạn, hoàn thành 138/205 nhiệm vụ – 121/KH-LĐLĐ (20/02/2025)"),
        ),
        (LetterKind.OBSTACLE, "[Vướng mắc] báo cáo vướng mắc – 121/KH-LĐLĐ (20/02/2025)"),
        (LetterKind.BOUNCED, "[Thư không đến] 2 địa chỉ (20/02/2025)"),
    ],
)
def test_a_subject_says_the_kind_the_count_the_directive_and_the_day(kind: LetterKind, subject: str) -> None:
    assert render(SAMPLES[kind]).subject == subject


def test_a_letter_about_several_directives_names_the_first_and_counts_the_others() -> None:
    other = replace(GROUP, number="26/KH-LĐLĐ")
    letter = render(replace(DIGEST, groups=(GROUP, other, replace(GROUP, number="000/HD-LĐLĐ"))))
    assert letter.subject.endswith("– 121/KH-LĐLĐ và 2 văn bản khác (20/02/2025)")
    assert "26/KH-LĐLĐ" in letter.text


@pytest.mark.parametrize(
    ("due", "vietnamese", "english"),
    [
        (date(2025, 2, 23), "Còn 3 ngày", "3 days left"),
        (date(2025, 2, 21), "Còn 1 ngày", "1 day left"),
        (date(2025, 2, 20), "Đến hạn hôm nay", "Due today"),
        (date(2025, 2, 19), "Quá hạn 1 ngày", "1 day overdue"),
        (date(2025, 2, 5), "Quá hạn 15 ngày", "15 days overdue"),
        (None, "Không hạn", "No deadline"),
    ],
)
def test_lateness_is_said_in_days(due: date | None, vietnamese: str, english: str) -> None:
    assert wording("vi").standing(due, DAY) == vietnamese
    assert wording("en").standing(due, DAY) == english


def test_a_moved_due_date_is_said_beside_the_nominal_one_with_what_moved_it() -> None:
    said = "Hạn 31/03/2024, tính đến hết ngày 01/04/2024 (Chủ nhật 31/03/2024)"
    assert wording("vi").due(QUARTER_LINE) == said
    assert wording("vi").due(PLAN_LINE) == "Hạn 28/02/2025"
    assert said in render(DIGEST).text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        # Decree 30/2020: a zero before days below 10 and before the months 1 and 2 only.
        (date(2025, 2, 5), "Ngày 05 tháng 02 năm 2025"),
        (date(2025, 3, 5), "Ngày 05 tháng 3 năm 2025"),
        (date(2025, 12, 31), "Ngày 31 tháng 12 năm 2025"),
    ],
)
def test_the_letters_date_is_written_as_official_documents_write_it(day: date, said: str) -> None:
    assert wording("vi").long_day(day) == said


@pytest.mark.parametrize(
    ("key", "vietnamese", "english"),
    [
        ("2025-Q1", "Quý I/2025", "Quarter I/2025"),
        ("Q4", "Quý IV", "Quarter IV"),
        ("2025-H1", "6 tháng đầu năm/2025", "First half/2025"),
        ("2025-02", "Tháng 02/2025", "Month 02/2025"),
        ("2025", "Năm 2025", "Year 2025"),
        ("đợt 2", "đợt 2", "đợt 2"),
    ],
)
def test_a_period_is_said_in_words(key: str, vietnamese: str, english: str) -> None:
    assert wording("vi").period(key) == vietnamese
    assert wording("en").period(key) == english


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        (BEFORE_DUE, "trước hạn 7 ngày làm việc, gửi cán bộ đầu mối của đơn vị thực hiện"),
        (AFTER_DUE, "quá hạn 1 ngày làm việc, gửi thủ trưởng đơn vị thực hiện"),
        (PARENT_HEAD, "quá hạn 7 ngày làm việc, gửi thủ trưởng đơn vị cấp trên trực tiếp"),
        (ISSUER_WEEKLY, "nhắc lại sau mỗi 7 ngày, gửi thủ trưởng đơn vị cao hơn 2 cấp"),
        (replace(AFTER_DUE, offset=0), "đúng ngày đến hạn, gửi thủ trưởng đơn vị thực hiện"),
        (replace(PARENT_HEAD, role=OfficerRole.FOCAL), "gửi cán bộ đầu mối của đơn vị cấp trên trực tiếp"),
    ],
)
def test_a_rung_says_its_rule_its_step_and_whom_it_tells(rung: Rung, said: str) -> None:
    reason = wording("vi").reason(rung)
    assert reason.startswith(f"Quy tắc “mặc định”, bậc “{rung.name if rung.offset is not None else 'hằng tuần'}” (")
    assert reason.endswith(said)
    assert ("nhắc việc" in reason) == (rung.action is RungAction.REMIND)


def test_each_letter_says_once_why_it_came_with_rule_rung_and_clause() -> None:
    text = render(replace(DIGEST, groups=(replace(GROUP, own=(PLAN_LINE, PLAN_LINE, QUARTER_LINE)),))).text
    why = text.partition("Vì sao nhận được thư này")[2]
    assert why.count("bậc “-7”") == why.count("bậc “+1”") == 1
    assert why.count("Mục II.2.1, 121/KH-LĐLĐ") == why.count("Mục II.2.3, 121/KH-LĐLĐ") == 1


@pytest.mark.parametrize("act", [act for act in Act if act not in DONE_BY_NOBODY])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_act_has_its_sentence(act: Act, language: str) -> None:
    note = ActNote(act, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", until=date(2025, 3, 14))
    said = act_sentence(note, wording(language))
    assert "Ban Tuyên giáo – Nữ công" in said
    assert "07:30" in said


@pytest.mark.parametrize("act", DONE_BY_NOBODY)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_act_that_no_person_did_says_when_it_was_and_names_nobody(act: Act, language: str) -> None:
    said = act_sentence(ActNote(act, WRITTEN_AT, ""), wording(language))
    assert "07:30" in said
    assert said[0].isupper()


@pytest.mark.parametrize(
    ("moved_by", "vietnamese", "english"),
    [
        ("Chủ nhật 31/03/2024", "Chủ nhật 31/03/2024", "Sunday 31 Mar 2024"),
        (
            "Thứ Bảy 30/08/2025, Quốc khánh 01/09/2025",
            "Thứ Bảy 30/08/2025, Quốc khánh 01/09/2025",
            "Saturday 30 Aug 2025, National Day 1 Sep 2025",
        ),
        (
            "Nghỉ bù Tết Nguyên đán 13/02/2024",
            "Nghỉ bù Tết Nguyên đán 13/02/2024",
            "day off in lieu of Lunar New Year 13 Feb 2024",
        ),
        (
            "Ngày nghỉ hoán đổi (làm bù 10/01/2026) 02/01/2026",
            "Ngày nghỉ hoán đổi (làm bù 10/01/2026) 02/01/2026",
            "day off in exchange (for 10 Jan 2026) 2 Jan 2026",
        ),
        # A day that an office added to its own calendar, and a date that is none.
        ("Ngày hội của tỉnh 19/05/2025", "Ngày hội của tỉnh 19/05/2025", "Ngày hội của tỉnh 19 May 2025"),
        ("Chủ nhật 31/02/2025", "Chủ nhật 31/02/2025", "Sunday 31/02/2025"),
        ("nghỉ", "nghỉ", "nghỉ"),
    ],
)
def test_what_moved_a_date_is_said_in_the_language_of_the_letter(moved_by: str, vietnamese: str, english: str) -> None:
    line = replace(QUARTER_LINE, moved_by=moved_by)
    assert wording("vi").due(line).endswith(f"({vietnamese})")
    assert wording("en").due(line).endswith(f"({english})")


def test_a_letter_of_new_tasks_says_the_role_of_each_and_only_a_leading_unit_has_a_deadline() -> None:
    letter = render(OTHERS["helping"])
    for form in (letter.text, Page(letter.html).text):
        assert "Trong đó: chủ trì 2, phối hợp 1." in form
        assert "Vai trò: phối hợp" in form
        assert "Kết quả do đơn vị chủ trì thực hiện" in form
        assert "Hạn 17:00 ngày 28/02/2025" in form
    assert "Vai trò: chủ trì." in render(SAMPLES[LetterKind.ASSIGNED]).text
    assert "Vai trò" not in render(DIGEST).text


def test_a_line_has_a_button_for_each_act_that_its_reader_may_do_without_a_password() -> None:
    letter = render(SAMPLES[LetterKind.ASSIGNED])
    links = [link.url for link in LINKS]
    assert [link for link in Page(letter.html).links if "/l/" in link] == links
    for name, link in zip(("Tiếp nhận", "Nộp kết quả", "Xin gia hạn"), links, strict=True):
        assert f"  {name}: {link}\n" in letter.text


def test_a_deadline_planned_anew_says_both_dates() -> None:
    letter = render(OTHERS["replanned"])
    assert "thời hạn chuyển từ 28/02/2025 sang 03/03/2025" in letter.text
    assert letter.subject.startswith("[Thời hạn] điều chỉnh thời hạn – ")


def test_a_task_that_is_waived_is_not_told_as_the_end_of_its_directive() -> None:
    letter = render(OTHERS["waived"])
    assert "đã được thu hồi" not in letter.text
    assert "Văn phòng miễn thực hiện (07:30, 20/02/2025)" in letter.text
    assert "Lý do: Đơn vị mới thành lập" in letter.text
    assert letter.subject.startswith("[Dừng thực hiện] 1 nhiệm vụ không phải thực hiện nữa")


def test_what_hinders_and_the_answer_are_not_called_reasons() -> None:
    assert "Nội dung vướng mắc: Chưa có hướng dẫn" in render(SAMPLES[LetterKind.OBSTACLE]).text
    assert "Nội dung trả lời: Hướng dẫn ban hành" in render(OTHERS["answered"]).text


def test_a_picture_says_the_official_count_and_what_changed_since_the_last_one() -> None:
    letter = render(SAMPLES[LetterKind.WEEKLY])
    count = (
        "Tổng số 212 nhiệm vụ: đã hoàn thành 138 (đúng hạn 120, quá hạn 18); "
        "đang thực hiện 67 (trong hạn 30, quá hạn 37); "
        "nhiệm vụ thường xuyên 4; được miễn 2; đã hủy 1; đang chờ xác nhận 6 (đã tính ở trên)."
    )
    page = Page(letter.html)
    assert count in letter.text
    assert count in page.text
    assert "so với bản tổng hợp ngày 17/02/2025" in letter.text
    assert "Quá hạn: 37 (+12)" in letter.text
    assert "huyện Mường Tè: quá hạn 21 (+8), hoàn thành 33/64" in letter.text
    assert "huyện Nậm Nhùn: quá hạn 16 (-3), hoàn thành 37/58" in letter.text
    assert "thành phố Lai Châu: quá hạn 0 (=)" in letter.text
    assert "37 ▲ 12" in page.text
    assert "https://dondoc.example/?unit=LDLD-MUONG-TE" in page.links


def test_a_first_picture_compares_with_nothing() -> None:
    first = replace(
        PICTURE, before=None, before_on=None, branches=tuple(replace(one, before=None) for one in PICTURE.branches)
    )
    values = replace(SAMPLES[LetterKind.WEEKLY], groups=(replace(GROUP, own=(), picture=first),))
    letter = render(values)
    assert "so với" not in letter.text
    assert not re.search(r"[▲▼=]", Page(letter.html).text + letter.text.partition("Vì sao")[0].replace("?unit=", ""))


def test_nothing_is_called_wholly_finished_before_it_is() -> None:
    assert Figures(total=1000, done_on_time=999, open_overdue=1).share_done == 99
    assert Figures(total=3, done_late=1, waived=1, cancelled=1).share_done == 100
    assert Figures(total=2, no_deadline=2).share_done == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [("vi", "dondoc"), ("helping", "dondoc"), ("asked", "121-kh-ldld.7.dondoc")],
    ids=["no directive", "several", "one"],
)
def test_the_letters_of_one_directive_are_a_list_of_their_own(name: str, expected: str) -> None:
    assert render(OTHERS.get(name, SAMPLES[LetterKind.BOUNCED])).list_name == expected


def test_a_letter_that_carries_a_workbook_says_so() -> None:
    assert "Bảng tính kèm theo liệt kê đủ 41 nhiệm vụ" in render(OTHERS["storm"]).text


def test_a_result_confirmed_late_is_not_called_on_time() -> None:
    note = ActNote(Act.CONFIRM, WRITTEN_AT, "Văn phòng")
    said = {act_sentence(replace(note, late=late), wording("vi")) for late in (True, False, None)}
    assert len(said) == 3
    assert "xác nhận hoàn thành quá hạn" in act_sentence(replace(note, late=True), wording("vi"))


def test_a_sent_back_result_says_who_sent_it_back_and_why() -> None:
    text = render(SAMPLES[LetterKind.RETURNED]).text
    assert "Ban Tuyên giáo – Nữ công trả lại kết quả (07:30, 20/02/2025)" in text
    assert "Lý do: Thiếu phụ lục số liệu đoàn viên" in text


def test_a_level_above_hears_counts_and_the_worst_and_how_many_more() -> None:
    many = replace(BELOW, worst=BELOW.worst * 40, others=100)
    letter = render(replace(DIGEST, groups=(replace(GROUP, own=(), below=(many,)),)))
    assert "Quá hạn 37 · sắp đến hạn 4 · tổng số 212" in letter.text
    assert letter.text.count("Quá hạn 17 ngày") + letter.text.count("Quá hạn 12 ngày") == 10
    assert "và 210 đơn vị khác" in letter.text
    assert "Liên đoàn Lao động huyện Mường Tè: quá hạn 21" in letter.text


def test_the_office_hears_which_level_had_nobody_to_write_to() -> None:
    letter = render(OTHERS["repeated"])
    for form in (letter.text, Page(letter.html).text):
        assert "Liên đoàn Lao động huyện Phong Thổ (121/KH-LĐLĐ): Quy tắc “mặc định”, bậc “+7”" in form


def test_a_letter_with_nothing_in_it_is_still_a_letter() -> None:
    letter = render(replace(DIGEST, groups=(), ledger_head="", base_url=""))
    assert letter.subject == "[Đôn đốc] không có nhiệm vụ nào còn lại (20/02/2025)"
    assert DISTRICT in letter.text


def test_a_letter_loads_nothing_from_anywhere() -> None:
    page = Page(render(DIGEST).html)
    assert not set(page.tags) & {"img", "link", "script", "style", "iframe", "object"}
    assert page.links == ["https://dondoc.example/tasks/1042", "https://dondoc.example"]
    assert "url(" not in render(DIGEST).html


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a.example/\n"])
def test_a_link_that_is_not_of_the_web_is_left_out(link: str) -> None:
    line = replace(PLAN_LINE, link=link)
    letter = render(replace(DIGEST, base_url=link, groups=(replace(GROUP, own=(line,)),)))
    assert Page(letter.html).links == []
    assert link not in letter.text


@given(st.text(alphabet=st.sampled_from("<>&\"'%(){}\r\n\u202e\u200b\ud800x y"), max_size=60))
def test_hostile_text_adds_no_tag_and_no_line(hostile: str) -> None:
    named = replace(DIGEST, to_name=hostile, unit_name=hostile, office_name=hostile)
    line = replace(PLAN_LINE, title=hostile, clause=hostile or "x", period=hostile, period_content=hostile)
    letter = render(replace(named, groups=(replace(GROUP, subject=hostile, own=(line,)),)))
    plain = render(replace(DIGEST, groups=(replace(GROUP, own=(PLAN_LINE,)),)))
    assert Page(letter.html).tags == Page(plain.html).tags
    assert "\n" not in letter.subject
    assert (letter.text + letter.html).encode()
    assert "\u202e" not in letter.text


def test_no_letter_grows_without_end() -> None:
    long = "Ệ" * 10_000
    lines = tuple(replace(QUARTER_LINE, assignment_id=n, title=long, clause=long) for n in range(500))
    summaries = (replace(BELOW, title=long, branches=BELOW.branches * 100, worst=BELOW.worst * 100),) * 100
    group = replace(GROUP, number=long, subject=long, own=lines, below=summaries)
    values = replace(DIGEST, to_name=long, unit_name=long, groups=(group,) * 2)
    letter = render(values)
    assert len(letter.subject) <= 160
    assert len(letter.text) < 150_000
    assert "… và 460 mục khác" in letter.text


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(InvalidInput, match="vi, en"):
        render(DIGEST, "fr")


@given(st.text(max_size=400))
def test_harmless_text_is_one_line_within_its_limit_and_stays_as_it_is(text: str) -> None:
    tame = harmless_text(text, 50)
    assert len(tame) <= 50
    assert len(tame.splitlines()) <= 1
    assert harmless_text(tame, 50) == tame


def test_values_that_are_harmless_already_are_taken_as_they_are() -> None:
    values: LetterValues = harmless(DIGEST)
    assert values is DIGEST


def test_decomposed_vietnamese_is_put_together() -> None:
    assert harmless_text("Đo\u0302n đo\u0302\u0301c") == "Đôn đốc"
