"""Every command and option that others script against exists, and says in a sentence what it is for."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from dondoc.cli.app import app
from tests.cli.office import dondoc

TREE: Any = typer.main.get_command(app)

COMMANDS = {
    "init": "",
    "demo": "--no-serve --units --seed",
    "up": "--port",
    "doctor": "--json --now",
    "units import": "file --dry-run --now",
    "units tree": "--now",
    "units list": "--json --now",
    "units away": "email --from --until --substitute --basis --now",
    "units back": "email --now",
    "ladder show": "name --issuer --due --levels --json --now",
    "reproject": "--directive --apply --why --by --json --now",
    "units succeed": "predecessor successor --basis --now --json",
    "due": "phrase --issued --json",
    "issue": "file --dry-run --now --accept-past",
    "revoke": "number --by --why --dry-run --now --json",
    "replace": "number file --by --why --accept-past --dry-run --now --json",
    "status": "number --unit --as-of --json --now",
    "tasks": "--directive --unit --below --status --json --now",
    "task acknowledge": "assignment_id --by --now",
    "task submit": "assignment_id --by --now --number --minutes --file --values --also",
    "task confirm": "assignment_id --by --now",
    "task return": "assignment_id --by --now --why",
    "task extend": "assignment_id --by --now --to --why --grant --refuse --counter --accept --decline",
    "task counter": "assignment_id --by --now --to --why",
    "task accept": "assignment_id --by --now --why",
    "task decline": "assignment_id --by --now --why",
    "task commit": "assignment_id --by --now --to --why",
    "task suspend": "assignment_id --by --now --basis",
    "task resume": "assignment_id --by --now --basis",
    "task obstacle": "assignment_id --by --now --why",
    "task answer": "assignment_id --by --now --why",
    "task waive": "assignment_id --by --now --why --basis",
    "task cancel": "assignment_id --by --now --why --basis",
    "sweep": "--now --json",
    "weekly": "--now --json",
    "deliver": "--dry-run --now --json",
    "letters": "--state --to --requeue --json",
    "mail show": "--now --json",
    "mail off": "--by --why --now",
    "mail on": "--by --why --now",
    "mail bounces": "place --now --json",
    "mail restore": "address --by --why --now",
    "urge": "unit --output --directive --from --round --signer --now",
    "timeline": "what --json",
    "verify": "--head --json",
    "bench cascade": "--units --obligations --database --json",
    "bench sweep": "--units --obligations --database --json",
}
"""The promised names. More may be added; none may go."""


def leaves(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from leaves(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


FOUND = dict(leaves(TREE))


@pytest.mark.parametrize(("path", "names"), COMMANDS.items(), ids=list(COMMANDS))
def test_a_promised_command_takes_its_promised_options(path: str, names: str) -> None:
    parameters = FOUND[path].params
    taken = {option for one in parameters for option in (one.opts if one.param_type_name == "option" else [one.name])}
    assert set(names.split()) <= taken


@pytest.mark.parametrize("path", FOUND)
def test_every_command_and_each_of_its_options_says_what_it_is_for(path: str) -> None:
    command = FOUND[path]
    assert command.help.endswith(".")
    for one in command.params:
        # click's own --help has its own sentence.
        assert one.name == "help" or (one.help or "").endswith("."), f"{path} {one.opts}"


@pytest.mark.parametrize("path", [*FOUND, "", "units", "task", "bench"])
@pytest.mark.usefixtures("desk")
def test_help_needs_no_settings_and_no_database(path: str) -> None:
    ran = dondoc(*path.split(), "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: dondoc {path}")
    assert "[no help]" not in ran.out


@pytest.mark.usefixtures("desk")
def test_the_bare_name_shows_the_help() -> None:
    assert dondoc().out == dondoc("--help").out


USAGE = [
    (("nonsense",), "No such command"),
    (("task",), "Missing command"),
    (("status", "--nonsense"), "--nonsense"),
    (("task", "submit"), "ID"),
    (("task", "submit", "1"), "--by"),
    (("task", "submit", "one", "--by", "a@b.example"), "ID"),
    (("task", "submit", "0", "--by", "a@b.example"), "ID"),
    (("up", "--port", "99999"), "--port"),
    (("demo", "--units", "3"), "--units"),
    (("bench", "cascade", "--database", "mysql://user:geheim@host/db"), "--database"),
    (("status", "--as-of", "10:00"), "--as-of"),
    (("status", "--as-of", "2025-02-30"), "--as-of"),
    (("sweep", "--now", "9999-12-31"), "--now"),
    (("due", "x", "--issued", "hôm qua"), "--issued"),
]


@pytest.mark.parametrize(("arguments", "names"), USAGE, ids=[" ".join(arguments) for arguments, _names in USAGE])
@pytest.mark.usefixtures("desk")
def test_wrong_usage_is_one_line_that_names_the_place(arguments: tuple[str, ...], names: str) -> None:
    ran = dondoc(*arguments)
    ran.failed_plainly(2, names)
    assert "geheim" not in ran.err
