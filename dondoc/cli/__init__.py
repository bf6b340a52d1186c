"""The command line. `main` is the door: it turns every expected failure into one line and an exit status."""

import os
import sys
import traceback
from collections.abc import Sequence

INTERRUPTED = 130
"""What a shell expects of a program that ctrl-C ended: 128 and the signal's number."""


def main() -> None:
    """Run the command that the arguments name, and leave with its exit status.

    0 done, 1 the thing asked for failed or does not hold, 2 wrong usage or unreadable input, 130 interrupted.
    """
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; print its failure in one line, after a trace if --debug asks; give the exit status."""
    debug = "--debug" in arguments
    # What a terminal's alphabet lacks is printed as a question mark instead of ending the command half-way.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        status = _command([argument for argument in arguments if argument != "--debug"])
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("dondoc: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        # Who read the output has seen enough: `dondoc letters | head` is no failure.
        _stop_writing()
        return 0
    except Exception as error:  # noqa: BLE001 (the one place where everything ends)
        from dondoc.cli.failures import explain  # noqa: PLC0415 (only what failed needs it)

        line, status = explain(error)
        if debug:
            traceback.print_exc()
        sys.stderr.write(f"dondoc: {line}\n")
        _flush_or_stop()
    return status


def _command(arguments: list[str]) -> int:
    """Run the command without typer's own handling of interruption, broken pipes and errors: `run` does that."""
    import typer  # noqa: PLC0415 (so that importing the package costs nothing)

    from dondoc.cli.app import app  # noqa: PLC0415

    command = typer.main.get_command(app)
    try:
        with command.make_context("dondoc", arguments or ["--help"]) as context:
            command.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    return 0


def _flush_or_stop() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        _stop_writing()


def _stop_writing() -> None:
    """Send what is left of the output nowhere, so that the interpreter's end does not fail on it a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
