"""A mark of secrecy is found where it stands as a mark, and the same words in a sentence are not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.intake.secrecy import secrecy_mark, value_mark

HEAD = "ỦY BAN NHÂN DÂN TỈNH\nSố: 12/KH-UBND\n"
BODY = "\n\nKẾ HOẠCH\nThực hiện nhiệm vụ năm 2025\n\n1. Báo cáo trước ngày 15/6/2025."


@pytest.mark.parametrize(
    ("head", "level"),
    [
        ("MẬT", "Mật"),
        ("TỐI MẬT", "Tối mật"),
        ("TUYỆT MẬT", "Tuyệt mật"),
        ("Tối mật", "Tối mật"),
        ("M Ậ T", "Mật"),
        ("T Ố I   M Ậ T", "Tối mật"),
        ("TUYỆT-MẬT", "Tuyệt mật"),
        ("Tuyệt\u00a0mật", "Tuyệt mật"),
        ("MA\u0323\u0302T", "Mật"),  # decomposed
        ("[ MẬT ]", "Mật"),
        ("**TỐI MẬT**", "Tối mật"),
        ("┌──────┐\n│ MẬT  │\n└──────┘", "Mật"),
        ("Độ mật: Mật", "Mật"),
        ("Độ mật : TUYỆT MẬT", "Tuyệt mật"),
        ("Mức độ mật: Tối mật", "Tối mật"),
        ("MẬT - HỎA TỐC", "Mật"),
        ("KHẨN\tTỐI MẬT", "Tối mật"),
        ("TÀI LIỆU MẬT", "Mật"),
        ("| Số: 12/KH-UBND MẬT | Lai Châu, ngày 14 tháng 02 năm 2025 |", "Mật"),  # cells made one line
        ("| UBND TỈNH ------- TỐI MẬT Số: 12/KH-UBND | CỘNG HÒA |", "Tối mật"),
        ("UBND TỈNH          MẬT", "Mật"),
        ("| LĐLĐ TỈNH | M Ậ T |", "Mật"),
        ("TUYET MAT", "Tuyệt mật"),
    ],
)
def test_a_mark_is_found(head: str, level: str) -> None:
    assert secrecy_mark(head) == level
    assert secrecy_mark(HEAD + head + BODY) == level
    assert secrecy_mark((HEAD + head + BODY).replace("\n", "\r\n")) == level


@pytest.mark.parametrize(
    "words",
    [
        "BAN HÀNH KẾ HOẠCH THỰC HIỆN CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC NĂM 2023",
        "Thực hiện các quy định về xác định độ mật của tài liệu",
        "Xác định độ mật: tuyệt mật, tối mật, mật theo Điều 8",
        "Độ mật:",
        "Độ mật: ……",
        "Độ mật: không",
        "MẬT KHẨU",
        "Mật khẩu",
        "Mật độ dân số",
        "Mật ong",
        "BÍ MẬT",
        "bảo mật",
        "BẢO MẬT",
        "- mật;",
        "tài liệu mật",
        "Danh mục bí mật nhà nước độ Tối mật",
        # wrapped by the width of the page
        "thực hiện nghiêm việc bảo vệ bí\nmật\nnhà nước",
        "BAN HÀNH DANH MỤC BÍ\nMẬT\nNHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT, TỐI MẬT VÀ\nMẬT",
    ],
)
def test_the_word_in_a_sentence_is_no_mark(words: str) -> None:
    assert secrecy_mark(words) is None
    assert secrecy_mark(HEAD + words + BODY) is None


def test_below_the_head_only_capitals_on_a_line_of_their_own_are_a_mark() -> None:
    long_body = BODY + "\nThực hiện nhiệm vụ." * 100
    assert secrecy_mark(long_body + "\nMật\n| Tối mật | Mật |\n| 1 | 2 |") is None  # the columns of a form
    assert secrecy_mark(long_body + "\n\nPHỤ LỤC\nMẬT\nDanh sách") == "Mật"


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("MẬT: Kế hoạch kiểm tra", "Mật"),
        ("Mật Kế hoạch kiểm tra", "Mật"),
        ("Tối mật - Kế hoạch kiểm tra", "Tối mật"),
        ("Kế hoạch kiểm tra (mật)", "Mật"),
        ("Kế hoạch kiểm tra [TUYỆT MẬT]", "Tuyệt mật"),
        ("Kế hoạch kiểm tra – TỐI MẬT", "Tối mật"),
        ("Kế hoạch kiểm tra, độ mật: Tối mật", "Tối mật"),
        ("Độ mật: Mật. Kế hoạch kiểm tra", "Mật"),
        ("12/KH-LĐLĐ MẬT", "Mật"),
        ("Công văn mật", "Mật"),
        ("M Ậ T", "Mật"),
    ],
)
def test_a_mark_in_a_value_of_a_directive_file_is_found(value: str, level: str) -> None:
    assert value_mark(value) == level


@pytest.mark.parametrize(
    "value",
    [
        "Đổi mật khẩu hệ thống báo cáo",
        "Mật khẩu và an toàn thông tin",
        "MẬT ĐỘ DÂN SỐ NĂM 2025",
        "Mật độ dân cư",
        "Mật ong rừng",
        "Nuôi ong lấy mật",
        "NUÔI ONG LẤY MẬT",
        "Công tác bảo vệ bí mật nhà nước",
        "CÔNG TÁC BẢO VỆ BÍ MẬT",
        "Kế hoạch bảo mật",
        "Xác định độ mật của tài liệu",
        "Quản lý tài liệu mật, tối mật, tuyệt mật theo quy định",
        "Quan hệ mật thiết với quần chúng",
        "Thân mật",
    ],
)
def test_everyday_words_in_a_value_are_no_mark(value: str) -> None:
    assert value_mark(value) is None


@pytest.mark.parametrize("piece", ["m", "m ", "mật ", "M.", "mật\n", "---", "Số 1/", "| ", "ậ", "MẬT, "])
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    # A rule that looked at each place again for each place would not end within the test's time.
    text = piece * (600_000 // len(piece)) + "bí mật"
    assert secrecy_mark(text) is None
    value_mark(text)


@given(st.text(st.sampled_from("MẬTậtốiỐI \n|-:/Sđộ12\t")))
def test_any_text_has_one_of_three_levels_or_none(text: str) -> None:
    assert secrecy_mark(text) in {None, "Mật", "Tối mật", "Tuyệt mật"}
