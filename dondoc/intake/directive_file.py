"""Read a directive file (YAML) into a draft."""

from pathlib import Path

from dondoc.errors import SecretDocument
from dondoc.intake.secrecy import secrecy_mark
from dondoc.intake.text_file import read_text
from dondoc.intake.yaml_file import check_value, parse_yaml
from models.schemas.directives import DirectiveDraft


def read_directive(path: Path) -> DirectiveDraft:
    """Give the draft in the file. Raise UnreadableInput or InvalidInput: file, field or line, and what to do.

    A mark of a state secret in it, also in a remark, raises SecretDocument; marks within a value are `issue`'s to find.
    """
    text = read_text(path)
    if level := secrecy_mark(text):
        raise SecretDocument(
            f"the file is marked {level}; state secrets are not taken in, and nothing of it was stored", where=str(path)
        )
    return check_value(DirectiveDraft, parse_yaml(text, str(path)), str(path))
