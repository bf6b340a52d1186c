"""Writes docs/lifecycle.md from the lifecycle's table and its needs: python -m, from the project."""

from collections import defaultdict
from itertools import product
from pathlib import Path

from dondoc.locale.states import state_words
from dondoc.operations.extension_rules import default_extension
from models.vocabulary import Act, Side, State
from policies.act_needs import NEEDS
from policies.lifecycle import TABLE, After, Line
from policies.status import CLOCK_STOPPED, ENDED, OPEN

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"
POLICY = default_extension()
VIETNAMESE = {
    Act.ACKNOWLEDGE: "tiếp nhận",
    Act.SUBMIT: "nộp kết quả",
    Act.CONFIRM: "xác nhận hoàn thành",
    Act.RETURN: "trả lại",
    Act.EXTEND: "đề nghị gia hạn",
    Act.GRANT: "chấp thuận gia hạn",
    Act.REFUSE: "không chấp thuận gia hạn",
    Act.COUNTER: "đề xuất thời hạn khác",
    Act.ACCEPT: "đồng ý thời hạn đề xuất",
    Act.DECLINE: "từ chối thời hạn đề xuất",
    Act.COMMIT: "cam kết tiến độ",
    Act.SUSPEND: "tạm hoãn",
    Act.RESUME: "cho tiếp tục",
    Act.OBSTACLE: "báo cáo vướng mắc",
    Act.ANSWER: "trả lời vướng mắc",
    Act.WAIVE: "miễn thực hiện",
    Act.CANCEL: "hủy",
    Act.CLOSE: "tự kết thúc",
    Act.CARRY: "chuyển tiếp",
    Act.REPLAN: "tính lại thời hạn",
}
WHO = {
    Side.UNIT: "the unit that owes it",
    Side.OFFICE: "the office that receives it, or the issuer",
    None: "no person: an operation on the whole directive",
}
HEAD = """# The life of an assignment

Made from the table in `policies/lifecycle.py` and the needs in `policies/act_needs.py` by
`tests/architecture/lifecycle_page.py`; a test compares the two. Only acts change a state; time never does. An
act that is not possible is refused with one line that says why, and writes nothing.

An officer of the unit acts for it, an officer of the receiving office or of the issuer for the office;
whoever stands in for an officer who is away acts in that officer's place. A parent does not act for its
subordinate. Nobody decides on what the same person asked, submitted, offered or reported. What coordinates,
or is for information, owes nothing: it may be acknowledged, waived and cancelled, and closes with the leading
units.
"""
TIME = f"""## Three acts on time

They are three, and no system may take one for another:

- **gia hạn**, extension (`extend`), asked before the due time: moves the due date when it is granted, or when
  the date that the office offers instead is accepted (`counter`, `accept`); until then nothing moves.
- **cam kết tiến độ**, commitment (`commit`), after the due time: records a promised day; it stays overdue, and
  nothing moves.
- **tạm hoãn**, suspension (`suspend`), while it is owed: stops the clock, on the basis of a document; on
  resuming, a due date that had not passed moves by the days that the clock stood still.

One request is open at a time, and it does not lapse: it is listed with since when it waits, and for whom. The
bounds are the policy's (`policies/defaults/extension.yaml`, or an office's own `extension.yaml` in its home):
{POLICY.most} extensions of one assignment at most, each by {POLICY.longest_days} calendar days at most, never
past the day on which the unit's superior itself owes what it is part of; from request {POLICY.often_from} on
it is marked as asked for often. Old and new dates stay on record: every act keeps the plan that held after
it.

An obstacle (vướng mắc) is no act on time: it goes to the office that decides, is listed until it is answered,
and pauses nothing.

## Done by another document

A relay duty is submitted by the number of the unit's own directive. Registered before or after, the two are
linked; a number that belongs to another unit, or a directive that does not name the higher one under
`implements:`, is refused. `serves: KEY` (or `NUMBER#KEY`) on an obligation of that directive names the higher
obligation that it is part of: its due date may not lie after the issuer's own. Where the obligation asks for
adoption, the minutes are named too. One result may answer several assignments of a unit (`--also`): an act on
each, the result kept once, all or none.
"""


def page() -> str:
    """Write the whole page."""
    return f"{HEAD}\n{_states()}\n{_diagram()}\n{_acts()}\n{_pairs()}\n{TIME}"


def _states() -> str:
    rows = [
        f"| `{state.value}` | {state_words(state, 'vi')} | {state_words(state, 'en')} | {_clock(state)} |"
        for state in State
    ]
    table = ["| state | tiếng Việt | English | the clock |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(["## States", "", *table, ""])


def _clock(state: State) -> str:
    if state in OPEN:
        return "runs: overdue once the due time has passed"
    if state in CLOCK_STOPPED:
        return "stands: whether it was late is settled" + (", for good" if state in ENDED else "")
    return "none: it is owed no more"


def _diagram() -> str:
    """Draw what moves an assignment; acts that leave its state are in the table."""
    edges: dict[tuple[State, State], list[str]] = defaultdict(list)
    for line in TABLE:
        for state, after in product(line.states, _others(line.after)):
            edges[state, after].append(line.act.value)
    drawn = [f"    {state.value} --> {after.value}: {', '.join(acts)}" for (state, after), acts in edges.items()]
    ends = [f"    {state.value} --> [*]" for state in State if state in ENDED]
    lines = ["## In one picture", "", "```mermaid", "stateDiagram-v2", "    [*] --> assigned", *drawn, *ends, "```", ""]
    return "\n".join(lines)


def _others(after: State | After) -> list[State]:
    """Give the states that an end of the table stands for, but the same."""
    if isinstance(after, State):
        return [after]
    return {
        After.SAME: [],
        After.AS_BEFORE_SUSPENSION: [one for one in State if one in OPEN],
        After.AS_UNDER_THE_REPLACED: [State.ACKNOWLEDGED, State.SUBMITTED, State.RETURNED, State.COMPLETED],
    }[after]


def _acts() -> str:
    cells = (
        (f"`{line.act.value}`", VIETNAMESE[line.act], WHO[line.side], _in(line), _then(line), _needs(line))
        for line in TABLE
    )
    rows = [f"| {' | '.join(one)} |" for one in cells]
    table = ["| act | tiếng Việt | who may | in | then | needs |", "| --- | --- | --- | --- | --- | --- |", *rows]
    return "\n".join(["## Acts", "", *table, ""])


def _in(line: Line) -> str:
    return ", ".join(f"`{state.value}`" for state in line.states)


def _then(line: Line) -> str:
    if line.after is After.SAME:
        return "the same"
    return f"`{line.after.value}`" if isinstance(line.after, State) else line.after.value


def _needs(line: Line) -> str:
    return "<br>".join((need.__doc__ or "").strip() for need in NEEDS.get(line.act, ())) or "–"


def _pairs() -> str:
    """Say every pair of state and act."""
    head = ["| act | " + " | ".join(state.value for state in State) + " |", "| --- |" + " --- |" * len(State)]
    rows = [
        "| " + " | ".join([f"`{line.act.value}`", *(_pair(line, state) for state in State)]) + " |" for line in TABLE
    ]
    return "\n".join(["## Every pair", "", "A pair that is empty is refused.", "", *head, *rows, ""])


def _pair(line: Line, state: State) -> str:
    if state not in line.states:
        return ""
    return {Side.UNIT: "unit", Side.OFFICE: "office", None: "operation"}[line.side]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
