"""Letters of a province's follow-up in February and March 2025, one for each kind."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from dondoc.mail.figures import BranchFigures, Figures, Picture
from dondoc.mail.values import (
    ActionLink,
    ActNote,
    BelowSummary,
    BranchCount,
    CalendarMark,
    DeadAddress,
    LetterGroup,
    LetterValues,
    OwnLine,
    Rung,
    Skipped,
    ToldTask,
    WorstUnit,
)
from models.vocabulary import Act, AddresseeRole, LetterKind, OfficerRole, RungAction

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
    directive_id=7,
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


LINKS = tuple(
    ActionLink(act, f"https://dondoc.example/l/1042-{act}") for act in (Act.ACKNOWLEDGE, Act.SUBMIT, Act.EXTEND)
)
HELPING_LINE = replace(
    PLAN_LINE,
    assignment_id=1043,
    title="Tổ chức hội nghị sơ kết 6 tháng",
    clause="II.3",
    nominal_due=None,
    effective_due=None,
    rung=None,
    role=AddresseeRole.COORDINATING,
)
PICTURE = Picture(
    Figures(212, 120, 18, 30, 37, 4, 2, 1, due_soon=4, awaiting_confirmation=6),
    Figures(212, 96, 10, 74, 25, 4, 2, 1, due_soon=9),
    date(2025, 2, 17),
    (
        BranchFigures(
            "Liên đoàn Lao động huyện Mường Tè",
            Figures(64, 30, 3, 10, 21),
            Figures(64, 28, 1, 22, 13),
            "https://dondoc.example/?unit=LDLD-MUONG-TE",
        ),
        BranchFigures("Liên đoàn Lao động huyện Nậm Nhùn", Figures(58, 32, 5, 5, 16), Figures(58, 30, 2, 7, 19)),
        BranchFigures("Liên đoàn Lao động thành phố Lai Châu", Figures(90, 58, 10, 22, 0), Figures(90, 38, 7, 45, 0)),
    ),
    "https://dondoc.example/?unit=LDLD-TINH",
)
UNITS = ("Công đoàn cơ sở xã Hua Bum", "Công đoàn cơ sở Trạm Y tế xã Nậm Manh", "Công đoàn cơ sở xã Tà Tổng")
MANY_TASKS = tuple(
    ToldTask(
        assignment_id=3000 + number,
        number="121/KH-LĐLĐ",
        clause="II.2.3",
        title="Sinh hoạt chuyên đề hằng quý",
        period="Quý IV/2024",
        unit_name=UNITS[number % len(UNITS)],
        branch="Liên đoàn Lao động huyện Mường Tè" if number % len(UNITS) else "",
        nominal_due=date(2025, 1, 31),
        effective_due=date(2025, 2, 3) if number % 10 else date(2025, 2, 24),
        link=f"https://dondoc.example/tasks/{3000 + number}",
    )
    for number in range(41)
)


def with_note(kind: LetterKind, note: ActNote, *, calendar: CalendarMark | None = None) -> LetterValues:
    """Give a letter of a kind about one act on the plan's line."""
    line = replace(PLAN_LINE, rung=None, note=note, calendar=calendar)
    if note.act in {Act.GRANT, Act.REPLAN}:
        line = replace(line, nominal_due=note.until, effective_due=note.until)
    return replace(DIGEST, kind=kind, groups=(replace(GROUP, own=(line,)),))


def ended(values: LetterValues, replaced_by: str = "") -> LetterValues:
    """Give a letter that tells of the end of its directives."""
    return replace(values, groups=tuple(replace(one, ended=True, replaced_by=replaced_by) for one in values.groups))


def marked(*lines: OwnLine) -> tuple[OwnLine, ...]:
    """Give new lines, each with its entry in the calendar."""
    return tuple(replace(line, rung=None, calendar=CalendarMark(f"uid-{line.assignment_id}")) for line in lines)


SAMPLES = {
    LetterKind.ASSIGNED: replace(
        DIGEST,
        kind=LetterKind.ASSIGNED,
        groups=(replace(GROUP, own=(*marked(replace(PLAN_LINE, actions=LINKS), QUARTER_LINE, STANDING_LINE),)),),
    ),
    LetterKind.DIGEST: DIGEST,
    LetterKind.URGENT: replace(DIGEST, kind=LetterKind.URGENT, groups=(replace(GROUP, own=(QUARTER_LINE,)),)),
    LetterKind.RETURNED: with_note(
        LetterKind.RETURNED,
        ActNote(Act.RETURN, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", "Thiếu phụ lục số liệu đoàn viên"),
    ),
    LetterKind.EXTENSION: with_note(
        LetterKind.EXTENSION,
        ActNote(Act.GRANT, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", until=date(2025, 3, 14)),
        calendar=CalendarMark("uid-1042", 3),
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
        groups=(replace(GROUP, own=(), picture=PICTURE),),
    ),
    LetterKind.REVOKED: ended(
        with_note(
            LetterKind.REVOKED,
            ActNote(Act.CANCEL, WRITTEN_AT, "Văn phòng", "Chờ hướng dẫn của Tổng Liên đoàn"),
            calendar=CalendarMark("uid-1042", 2, cancelled=True),
        )
    ),
    LetterKind.BOUNCED: replace(
        DIGEST,
        kind=LetterKind.BOUNCED,
        groups=(),
        dead=(
            DeadAddress(
                "Công đoàn cơ sở xã Hua Bum", "Cán bộ đầu mối", "huabum@cdcs.example", "5.1.1", "550 5.1.1 User unknown"
            ),
            DeadAddress("Công đoàn cơ sở xã Tà Tổng", "Thủ trưởng đơn vị", "tatong@cdcs.example", "5.2.1", ""),
        ),
    ),
}
"""One letter of each kind."""

OTHERS = {
    "helping": replace(
        SAMPLES[LetterKind.ASSIGNED],
        groups=(
            replace(GROUP, own=(*marked(replace(PLAN_LINE, due_time=time(17))), HELPING_LINE)),
            replace(GROUP, number="26/KH-LĐLĐ", directive_id=9, own=marked(QUARTER_LINE)),
        ),
    ),
    "repeated": replace(
        SAMPLES[LetterKind.WEEKLY],
        groups=(replace(GROUP, own=(), below=(replace(BELOW, rung=ISSUER_WEEKLY),)),),
        skipped=(Skipped("Liên đoàn Lao động huyện Phong Thổ", "121/KH-LĐLĐ", PARENT_HEAD),),
    ),
    "storm": replace(
        DIGEST,
        to_name="Thủ trưởng đơn vị",
        unit_name=PROVINCE,
        groups=(replace(GROUP, own=(), below=(BELOW,)),),
        tasks=MANY_TASKS,
    ),
    "asked": with_note(
        LetterKind.EXTENSION,
        ActNote(Act.EXTEND, WRITTEN_AT, "Cán bộ đầu mối", "Chờ hội nghị ban chấp hành", until=date(2025, 3, 14)),
    ),
    "countered": with_note(LetterKind.EXTENSION, ActNote(Act.COUNTER, WRITTEN_AT, "Văn phòng", until=date(2025, 3, 7))),
    "answered": with_note(
        LetterKind.OBSTACLE, ActNote(Act.ANSWER, WRITTEN_AT, "Văn phòng", "Hướng dẫn ban hành ngày 03/3/2025")
    ),
    "replanned": with_note(
        LetterKind.EXTENSION,
        ActNote(Act.REPLAN, WRITTEN_AT, "", until=date(2025, 3, 3), before=date(2025, 2, 28)),
        calendar=CalendarMark("uid-1042", 4),
    ),
    "replaced": ended(SAMPLES[LetterKind.REVOKED], "130/KH-LĐLĐ"),
    "waived": with_note(
        LetterKind.REVOKED,
        ActNote(Act.WAIVE, WRITTEN_AT, "Văn phòng", "Đơn vị mới thành lập"),
        calendar=CalendarMark("uid-1042", 2, cancelled=True),
    ),
    "suspended": with_note(
        LetterKind.EXTENSION, ActNote(Act.SUSPEND, WRITTEN_AT, "Văn phòng", "Công văn số 12/CV-LĐLĐ")
    ),
}
"""Letters of the same kinds that say something else."""
