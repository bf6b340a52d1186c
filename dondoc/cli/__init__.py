"""The command line. `main` is the door: it turns every expected failure into one line and an exit status."""

import os
import sys
import traceback


def main() -> None:
    """Run the command that the arguments name, and leave with its exit status.

    0 done, 1 the thing asked for failed or does not hold, 2 wrong usage or unreadable input, 130 interrupted.
    """
    from dondoc.cli.app import app  # noqa: PLC0415 (so that importing the package costs nothing)
    from dondoc.cli.failures import explain  # noqa: PLC0415

    debug = "--debug" in sys.argv[1:]
    try:
        status = app(args=[argument for argument in sys.argv[1:] if argument != "--debug"], standalone_mode=False)
    except KeyboardInterrupt:
        sys.stderr.write("dondoc: interrupted\n")
        status = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except Exception as error:  # noqa: BLE001 (the one place where everything ends)
        line, status = explain(error)
        if debug:
            traceback.print_exc()
        sys.stderr.write(f"dondoc: {line}\n")
    sys.exit(status if isinstance(status, int) else 0)
