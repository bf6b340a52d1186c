"""Letters of a province's follow-up in February and March 2025, one for each kind."""

from dataclasses import replace
from datetime import UTC, date, datetime

from dondoc.mail.values import (
    ActNote,
    BelowSummary,
    BranchCount,
    LetterGroup,
    LetterValues,
    OwnLine,
    Rung,
    Skipped,
    WorstUnit,
)
from models.vocabulary import Act, LetterKind, OfficerRole, RungAction

PROVINCE = "Liên đoàn Lao động tỉnh Lai Châu"
DISTRICT = "Liên đoàn Lao động huyện Tam Đường"
WRITTEN_AT = datetime(2025, 2, 20, 0, 30, tzinfo=UTC)
DAY = date(2025, 2, 20)
LEDGER_HEAD = "9f2c5b1e07d84a6c3f10be52aa7741d0c8e96b3352fd1704e8ab90c6d5137f42"

BEFORE_DUE = Rung("default", "-7", -7, RungAction.REMIND, OfficerRole.FOCAL, 0)
AFTER_DUE = Rung("default", "+1", 1, RungAction.REMIND, OfficerRole.HEAD, 0)
PARENT_HEAD = Rung("default", "+7", 7, RungAction.ESCALATE, OfficerRole.HEAD, 1)
ISSUER_WEEKLY = Rung("default", "weekly", None, RungAction.ESCALATE, OfficerRole.HEAD, 2, repeat_days=7)

PLAN_LINE = OwnLine(
    assignment_id=1042,
    title="Xây dựng kế hoạch thực hiện năm 2025",
    clause="II.2.1",
    nominal_due=date(2025, 2, 28),
    effective_due=date(2025, 2, 28),
    rung=BEFORE_DUE,
    link="https://dondoc.example/tasks/1042",
)
QUARTER_LINE = OwnLine(
    assignment_id=2210,
    title="Sinh hoạt chuyên đề hằng quý",
    clause="II.2.3",
    nominal_due=date(2024, 3, 31),
    effective_due=date(2024, 4, 1),
    moved_by="Chủ nhật 31/03/2024",
    period="2024-Q1",
    period_content="Nội dung 1 và 4",
    rung=AFTER_DUE,
)
STANDING_LINE = OwnLine(
    assignment_id=2300,
    title="Thường xuyên theo dõi, đôn đốc, kiểm tra, hướng dẫn công đoàn cơ sở trực thuộc",
    clause="II.2.5",
    nominal_due=None,
    effective_due=None,
)
BELOW = BelowSummary(
    title="Sinh hoạt chuyên đề hằng quý",
    clause="II.2.3",
    nominal_due=date(2025, 1, 31),
    effective_due=date(2025, 2, 3),
    moved_by="Nghỉ Tết Nguyên đán",
    period="2025-01",
    overdue=37,
    due_soon=4,
    total=212,
    branches=(
        BranchCount("Liên đoàn Lao động huyện Mường Tè", 21, 0, 64),
        BranchCount("Liên đoàn Lao động huyện Nậm Nhùn", 16, 4, 58),
        BranchCount("Liên đoàn Lao động thành phố Lai Châu", 0, 0, 90),
    ),
    worst=(
        WorstUnit("Công đoàn cơ sở Trường Mầm non xã Pa Vệ Sử, huyện Mường Tè", 17),
        WorstUnit("Công đoàn cơ sở Trạm Y tế xã Nậm Manh", 12),
        WorstUnit("Công đoàn cơ sở xã Hua Bum", 12),
    ),
    others=34,
    rung=PARENT_HEAD,
)
GROUP = LetterGroup(
    number="121/KH-LĐLĐ",
    type="Kế hoạch",
    issued_on=date(2025, 2, 14),
    issuer_name=PROVINCE,
    subject="Thực hiện Kết luận số 01-KL/TW năm 2025",
    own=(PLAN_LINE, QUARTER_LINE, STANDING_LINE),
)
DIGEST = LetterValues(
    message_id="<dondoc.1@ldld-laichau.example>",
    kind=LetterKind.DIGEST,
    to_address="vanphong@tamduong.example",
    to_name="Cán bộ đầu mối",
    unit_name=DISTRICT,
    office_name=PROVINCE,
    written_at=WRITTEN_AT,
    day=DAY,
    base_url="https://dondoc.example",
    ledger_head=LEDGER_HEAD,
    groups=(GROUP,),
)


def with_note(kind: LetterKind, note: ActNote) -> LetterValues:
    """Give a letter of a kind about one act on the plan's line."""
    return replace(DIGEST, kind=kind, groups=(replace(GROUP, own=(replace(PLAN_LINE, rung=None, note=note),)),))


SAMPLES = {
    LetterKind.ASSIGNED: replace(
        DIGEST,
        kind=LetterKind.ASSIGNED,
        groups=(replace(GROUP, own=tuple(replace(line, rung=None) for line in GROUP.own)),),
    ),
    LetterKind.DIGEST: DIGEST,
    LetterKind.URGENT: replace(DIGEST, kind=LetterKind.URGENT, groups=(replace(GROUP, own=(QUARTER_LINE,)),)),
    LetterKind.RETURNED: with_note(
        LetterKind.RETURNED,
        ActNote(Act.RETURN, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", "Thiếu phụ lục số liệu đoàn viên"),
    ),
    LetterKind.EXTENSION: with_note(
        LetterKind.EXTENSION, ActNote(Act.GRANT, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", until=date(2025, 3, 14))
    ),
    LetterKind.CONFIRMED: with_note(
        LetterKind.CONFIRMED, ActNote(Act.CONFIRM, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", late=False)
    ),
    LetterKind.OBSTACLE: with_note(
        LetterKind.OBSTACLE,
        ActNote(Act.OBSTACLE, WRITTEN_AT, "Cán bộ đầu mối", "Chưa có hướng dẫn của Ban Tuyên giáo Tỉnh ủy"),
    ),
    LetterKind.WEEKLY: replace(
        DIGEST,
        kind=LetterKind.WEEKLY,
        to_address="lanhdao@ldld-laichau.example",
        to_name="Thủ trưởng đơn vị",
        unit_name=PROVINCE,
        groups=(replace(GROUP, own=(), below=(replace(BELOW, rung=ISSUER_WEEKLY),)),),
        skipped=(Skipped("Liên đoàn Lao động huyện Phong Thổ", "121/KH-LĐLĐ", PARENT_HEAD),),
    ),
    LetterKind.REVOKED: with_note(
        LetterKind.REVOKED,
        ActNote(Act.CANCEL, WRITTEN_AT, "Văn phòng", "Chờ hướng dẫn của Tổng Liên đoàn"),
    ),
}
