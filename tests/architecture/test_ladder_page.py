"""The page of the ladder says what the shipped ladder and calendar do, and names every field of the file."""

from dondoc.operations.ladder_file import default_ladder
from tests.architecture.ladder_page import FIELDS, PAGE, page


def test_the_page_is_what_the_ladder_says_now() -> None:
    again = "python -m tests.architecture.ladder_page"
    assert PAGE.read_text(encoding="utf-8") == page(), f"the ladder or the calendar has changed; write it anew: {again}"


def test_the_page_names_every_field_of_the_shipped_file() -> None:
    assert [name for name, _says in FIELDS] == list(default_ladder().content)
