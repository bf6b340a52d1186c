"""Read a directive file (YAML) into a draft."""

from pathlib import Path

from dondoc.intake.yaml_file import check_value, read_yaml
from models.schemas.directives import DirectiveDraft


def read_directive(path: Path) -> DirectiveDraft:
    """Give the draft in the file. Raise UnreadableInput or InvalidInput: file, field or line, and what to do."""
    return check_value(DirectiveDraft, read_yaml(path), str(path))
