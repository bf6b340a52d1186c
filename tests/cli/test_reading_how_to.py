"""What the README shows of a draft is what a draft says."""

import re
from pathlib import Path

import pytest

from tests.cli.office import PROJECT, dondoc


@pytest.mark.usefixtures("desk")
def test_the_draft_in_the_readme_is_the_real_one() -> None:
    samples = PROJECT / "deploy" / "samples"
    assert dondoc("init").status == 0
    assert dondoc("units", "import", str(samples / "units.yaml"), "--now", "2025-02-13").status == 0
    written = iter(dondoc("read", str(samples / "12-HD-LDLD.txt"), "--yaml").out.splitlines())
    section = Path(PROJECT / "README.md").read_text(encoding="utf-8").partition("## From a document to tasks")[2]
    shown = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert shown is not None
    # Looking for each in what is left of the iterator keeps their order.
    assert [line for line in shown[1].splitlines() if line not in written] == []


@pytest.mark.usefixtures("desk")
def test_a_file_with_an_answer_missing_is_refused_by_its_field(desk: Path) -> None:
    samples = PROJECT / "deploy" / "samples"
    assert dondoc("init").status == 0
    assert dondoc("units", "import", str(samples / "units.yaml"), "--now", "2025-02-13").status == 0
    draft = desk / "draft.yaml"
    text = dondoc("read", str(samples / "12-HD-LDLD.txt"), "--yaml").out
    draft.write_text(text, encoding="utf-8")
    dondoc("issue", str(draft), "--dry-run").failed_plainly(2, "obligations[3].addressees")
    draft.write_text(text.replace("    addressees:\n", "    addressees: {units: [LDLD-TP]}\n"), encoding="utf-8")
    assert "Nothing was written" in dondoc("issue", str(draft), "--dry-run").out
