"""Reads the messages that lie in a mailbox: a maildir, or one file of them (mbox). Nothing there is changed."""

import mailbox
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from dondoc.errors import UnreadableInput


def messages_in(place: Path) -> Iterator[bytes]:
    """Give each message as bytes, oldest names first. Raises UnreadableInput where there is no mailbox."""
    try:
        if place.is_dir():
            folders = [place / name for name in ("cur", "new")]
            if not any(folder.is_dir() for folder in folders):
                raise UnreadableInput("is not a maildir: it has neither new nor cur in it", where=str(place))
            for file in sorted((file for folder in folders if folder.is_dir() for file in folder.iterdir()), key=_name):
                # A message that a mail reader moves or removes meanwhile is met again, or is none any more.
                with suppress(FileNotFoundError):
                    yield file.read_bytes()
        elif place.is_file():
            with place.open("rb") as opened:
                if opened.read(5) not in {b"From ", b""}:
                    raise UnreadableInput("is not a mailbox: an mbox begins with a line From …", where=str(place))
            with closing(mailbox.mbox(place, create=False)) as box:
                for key in sorted(box.keys()):
                    yield box.get_bytes(key)
        else:
            raise UnreadableInput("there is no such folder or file; name a maildir or a mailbox", where=str(place))
    except OSError as error:
        raise UnreadableInput(f"cannot be read: {error.strerror or error}", where=str(place)) from None


def _name(file: Path) -> str:
    return file.name
