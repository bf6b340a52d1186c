"""Obligations are found with their actors, their action and their way of reporting; other times are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.intake.draft import read_draft
from models.schemas.drafts import FoundObligation
from models.vocabulary import Deliverable
from tests.intake.directive_samples import ARTICLE, LETTER, PLAN, WRAPPED


def dated(text: str) -> list[FoundObligation]:
    return [one for one in read_draft(text).obligations if one.phrases]


def phrases(text: str) -> list[str]:
    return [phrase for one in dated(text) for phrase in one.phrases]


def in_clause(sentence: str) -> list[str]:
    """Give the phrases found in a sentence that stands in a numbered clause."""
    return phrases(f"KẾ HOẠCH\n\nTriển khai\n\nII. NHIỆM VỤ\n\n1. {sentence}")


def test_a_plan_s_deadlines_in_order() -> None:
    assert phrases(PLAN) == [
        "Từ ngày 05/5/2025 đến ngày 30/5/2025",
        "trong tháng 7/2025",
        "trước ngày 25/3/2025",
        "chậm nhất ngày 15/6",
        "6 tháng, năm",
        "trước ngày 01/02/2025",  # an order of the past, marked as such
    ]


def test_an_order_of_the_past_is_marked() -> None:
    assert [one.told_as_past for one in dated(PLAN)] == [False] * 5 + [True]


def test_a_field_belongs_to_the_clause_above_it() -> None:
    contest, training = dated(PLAN)[:2]
    assert contest.action.startswith("Các công đoàn cơ sở tổ chức hội thi")
    assert (training.action, training.actors) == ("Lựa chọn, bồi dưỡng đội tuyển dự thi", "Ban Tuyên giáo - Nữ công")


def test_who_reports_to_whom_through_which_office() -> None:
    plan = dated(PLAN)[2]
    assert plan.actors == "LĐLĐ các huyện, thành phố, Công đoàn ngành"
    assert (plan.report_to, plan.through) == ("LĐLĐ tỉnh", "Ban Tuyên giáo - Nữ công")
    assert (plan.deliverable, plan.relay, plan.clause) == (Deliverable.PLAN, True, "IV.1")


def test_a_letter_without_a_deadline_gives_none() -> None:
    assert dated(LETTER) == []
    assert [one.relative for one in read_draft(LETTER).obligations if one.relative] == ["Kịp thời"]


def test_a_row_whose_last_cell_is_a_time() -> None:
    recurring, criteria, review = dated(WRAPPED)
    assert (recurring.phrases, recurring.actors) == (("trước ngày 20 hằng tháng",), "Sở Công Thương")
    assert (criteria.phrases, criteria.actors) == (("Quí IV-2025",), "Sở Công Thương")
    assert criteria.action == "Xây dựng bộ tiêu chí đánh giá"
    assert (review.phrases, review.actors) == (("Hằng năm",), "Sở Nội vụ")


def test_an_article_s_expected_day() -> None:
    assert phrases(ARTICLE) == ["trong tuần cuối tháng 12/2025"]


def test_named_content_of_a_quarter() -> None:
    text = "II. NỘI DUNG\n\n- Sinh hoạt định kỳ hằng quý như sau:\n\n+ Quý I: Nội dung 1.\n\n+ Quý II: Nội dung 2."
    assert [one.period for one in dated(text)] == [None, "Q1", "Q2"]


def test_adoption_is_a_condition_of_a_plan() -> None:
    text = "I. A\n\n1. Kế hoạch phải được thông qua trước tập thể. Hoàn thành xây dựng kế hoạch trong tháng 02/2025"
    assert [(one.adoption, one.relay) for one in dated(text)] == [(True, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Các đơn vị gửi báo cáo về Sở Nội vụ trước ngày 15/6/2025.",
        "Trước ngày 15/6/2025, các đơn vị nộp hồ sơ.",
        "Việc rà soát phải được hoàn thành trước ngày 15/6/2025.",
        "Sở Xây dựng trình phương án (trong tháng 6/2025).",
        "Tổ chức phát động vào ngày 15/6/2025 tại các xã.",
        "Đến ngày 15/6/2025 hoàn thành việc sắp xếp.",
        "Hoàn thành đưa vào vận hành trong năm 2027.",
        "Thời hạn nộp: 15/6/2025.",
        "Báo cáo kết quả định kỳ hằng quý.",
        "Từ nay đến hết năm 2025, các đơn vị hoàn thành việc sắp xếp.",
        "Trong năm 2025, mỗi công đoàn cơ sở tổ chức ít nhất 01 buổi tập huấn.",
        "Đợt 1: từ 01/5 - 15/5/2025.",
        "Báo cáo sơ kết 6 tháng đầu năm gửi trước ngày 10/6/2025.",
    ],
)
def test_a_duty_with_a_deadline_is_found(sentence: str) -> None:
    assert len(in_clause(sentence)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị.",  # a citation
        "Tuyên truyền kỷ niệm 135 năm ngày sinh của Bác (19/5/1890 - 19/5/2025).",  # an anniversary
        "Tổ chức tuyên truyền nhân dịp kỷ niệm Quốc khánh trong tháng 9/2025.",
        "Xây dựng chương trình hành động nhiệm kỳ 2025-2030.",  # a term of office
        "Phấn đấu đến năm 2030 có 60% hợp tác xã ứng dụng công nghệ số.",  # a target
        "Triển khai Chiến lược dữ liệu quốc gia đến năm 2030.",  # a title
        "Quyết định này có hiệu lực thi hành kể từ ngày 01/7/2025.",  # validity
        "Theo dự báo, từ ngày 16 đến ngày 20/11/2025 có mưa to.",  # a forecast
        "Hỗ trợ người tham gia bảo hiểm y tế từ tháng 12/2025.",  # a beginning only
        "Đưa nội dung vào chương trình công tác hằng năm.",  # an adjective
        "Kê khai hằng năm: người giữ chức vụ từ phó phòng trở lên.",  # a kind of declaration
        "Phương hướng, nhiệm vụ trọng tâm đến tháng 6/2027.",
        "Tuyên truyền các ngày lễ lớn trong năm 2025.",
        "Số liệu báo cáo tính từ ngày 15/12/2024 đến ngày 14/6/2025.",
        "Ngày Pháp luật Việt Nam (09/11) hằng năm được tổ chức trang trọng.",
        "Học kỳ II: bắt đầu ngay sau khi kết thúc học kỳ I.",
        "Ban hành kế hoạch thời gian năm học 2024-2025 đối với giáo dục phổ thông.",
    ],
)
def test_other_times_are_no_deadlines(sentence: str) -> None:
    assert in_clause(sentence) == []


@given(st.lists(st.sampled_from([*PLAN.split("\n"), *WRAPPED.split("\n"), "|", "trước ngày", "hằng"]), max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_the_lines_every_span_points_at_its_quote(lines: list[str]) -> None:
    text = "\n".join(lines)
    for one in read_draft(text).obligations:
        assert text[slice(*one.span)] == one.quote
        assert 0 < one.confidence <= 1
