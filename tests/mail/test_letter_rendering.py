"""What a rendered letter says, in both languages, and what hostile or endless values cannot do to it."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.mail.render import render
from dondoc.mail.wording import wording
from models.vocabulary import LetterKind
from tests.mail.letter_samples import (
    BELOW,
    DIGEST,
    DISTRICT,
    GROUP,
    LEDGER_HEAD,
    LINKS,
    OTHERS,
    PICTURE,
    PLAN_LINE,
    QUARTER_LINE,
    SAMPLES,
)


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


def test_each_letter_says_once_why_it_came_with_rule_rung_and_clause() -> None:
    text = render(replace(DIGEST, groups=(replace(GROUP, own=(PLAN_LINE, PLAN_LINE, QUARTER_LINE)),))).text
    why = text.partition("Vì sao nhận được thư này")[2]
    assert why.count("bậc “-7”") == why.count("bậc “+1”") == 1
    assert why.count("Mục II.2.1, 121/KH-LĐLĐ") == why.count("Mục II.2.3, 121/KH-LĐLĐ") == 1


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [("vi", "dondoc"), ("helping", "dondoc"), ("asked", "121-kh-ldld.7.dondoc")],
    ids=["no directive", "several", "one"],
)
def test_the_letters_of_one_directive_are_a_list_of_their_own(name: str, expected: str) -> None:
    assert render(OTHERS.get(name, SAMPLES[LetterKind.BOUNCED])).list_name == expected


def test_a_letter_that_carries_a_workbook_says_so() -> None:
    assert "Bảng tính kèm theo liệt kê đủ 41 nhiệm vụ" in render(OTHERS["storm"]).text


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
