"""What a unit hands in: a document number, minutes, the values of a form, files. A file is kept once, by its digest.

One result may answer several assignments ("trong báo cáo 6 tháng và năm"): the first act holds it, the others share it.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, insert, select

from dondoc.errors import InvalidInput
from dondoc.operations.ledger import Entry
from models.tables.assignments import stored_file, submission, submission_file, submission_share
from policies.reasons import Reason

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The largest file that is taken in."""

_INSERT_SUBMISSION = insert(submission).returning(submission.c.id)


@dataclass(frozen=True)
class FileDraft:
    """A file as handed in: its name without folders, and its bytes."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest that names the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def said(self) -> dict[str, Any]:
        """What the ledger says of it."""
        return {"name": self.name, "sha256": self.sha256, "size": len(self.content)}


def checked_files(files: Sequence[FileDraft]) -> tuple[FileDraft, ...]:
    """Give the files under plain names.

    Raise InvalidInput for one that is empty, too large or without a name, SecretDocument for one marked as a secret.
    """
    return tuple(_checked(file) for file in files)


def _checked(file: FileDraft) -> FileDraft:
    name = unicodedata.normalize("NFC", PurePosixPath(file.name.replace("\\", "/")).name).strip()
    if name in {"", ".", ".."} or not name.isprintable():
        raise InvalidInput(Reason("%(name)s is no name of a file; give it one", name=repr(file.name)))
    if not file.content:
        raise InvalidInput(Reason("the file is empty; check it and hand it in again"), where=name)
    if len(file.content) > MAX_FILE_BYTES:
        size, most = f"{len(file.content) / 1024 / 1024:.1f}", MAX_FILE_BYTES // 1024 // 1024
        raise InvalidInput(
            Reason("%(size)s MB is more than the %(most)s MB a file may have; split it", size=size, most=most),
            where=name,
        )
    from dondoc.intake.document import refuse_secret  # noqa: PLC0415 (most acts bring no file, and pay for no reader)

    refuse_secret(file.content, name)
    return FileDraft(name, file.content)


def checked_values(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Give the values of a form as JSON can keep them. Raise InvalidInput where it cannot."""
    if values is None:
        return None
    try:
        text = json.dumps(values, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"the values of the form cannot be kept as JSON: {error}") from None
    return dict(json.loads(text))


def store_submission(  # noqa: PLR0913 (what was handed in, and where it belongs)
    connection: Connection,
    opened: Entry,
    act_id: int,
    *,
    number: str | None,
    minutes: str | None,
    values: Mapping[str, Any] | None,
    files: Sequence[FileDraft],
) -> int:
    """Write what was handed in by an act, under its ledger entry; give its id.

    A content that is kept already is not kept again.
    """
    opened.commits(submission)
    handed_in = {"act_id": act_id, "number": number, "minutes": minutes, "form_values": values, "entry": opened.seq}
    submission_id = int(connection.execute(_INSERT_SUBMISSION, handed_in).scalar_one())
    if not files:
        return submission_id
    opened.commits(submission_file)
    _keep(connection, files)
    connection.execute(
        insert(submission_file), [{"submission_id": submission_id, "entry": opened.seq, **file.said} for file in files]
    )
    return submission_id


def store_share(connection: Connection, opened: Entry, act_id: int, submission_id: int) -> None:
    """Write that an act hands in what another act of the same moment did."""
    opened.commits(submission_share)
    values = {"submission_id": submission_id, "act_id": act_id, "entry": opened.seq}
    connection.execute(insert(submission_share), values)


def _keep(connection: Connection, files: Sequence[FileDraft]) -> None:
    contents = {file.sha256: file.content for file in files}
    kept = connection.execute(select(stored_file.c.sha256).where(stored_file.c.sha256.in_(contents))).scalars().all()
    new = [
        {"sha256": sha256, "size": len(content), "content": content}
        for sha256, content in contents.items()
        if sha256 not in kept
    ]
    if new:
        connection.execute(insert(stored_file), new)
