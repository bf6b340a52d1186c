"""The catalogue: every text of code and templates stands in both languages, and nothing else does."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

import dondoc
import policies
from dondoc.errors import InvalidInput
from dondoc.locale.catalogue import LANGUAGES, catalogue, catalogue_path

SOURCES = (Path(dondoc.__file__).parent, Path(policies.__file__).parent)
METHODS = [("**/templates/**", "jinja2.ext:babel_extract"), ("**.py", "python")]
KEYWORDS = DEFAULT_KEYWORDS | {"Reason": None}


def texts_in_use() -> set[str | tuple[str, ...]]:
    return {found[2] for place in SOURCES for found in extract_from_dir(place, METHODS, keywords=KEYWORDS)}


def entries(language: str) -> list[Message]:
    with catalogue_path(language).open("rb") as source:
        return [entry for entry in read_po(source, locale=language, abort_invalid=True) if entry.id]


def every_form(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [])


def holes(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_exactly_the_texts_in_use(language: str) -> None:
    used = {tuple(every_form(text)) for text in texts_in_use()}
    held = {tuple(every_form(entry.id)) for entry in entries(language)}
    assert len(used) > 50
    assert held == used


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_sure(language: str) -> None:
    unfinished = [entry.id for entry in entries(language) if entry.fuzzy or not all(every_form(entry.string))]
    assert unfinished == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_holes_of_its_text_and_no_others(language: str) -> None:
    for entry in entries(language):
        fullest = set().union(*map(holes, every_form(entry.id)))
        for said in every_form(entry.string):
            assert holes(said) <= fullest, entry.id
        assert set().union(*map(holes, every_form(entry.string))) == fullest, entry.id


def test_english_counts_one_and_many_and_vietnamese_needs_one_form() -> None:
    text = ("%(n)d day left", "%(n)d days left")
    assert [catalogue("en").ngettext(*text, n) for n in (1, 2)] == list(text)
    assert {catalogue("vi").ngettext(*text, n) for n in (1, 2)} == {"Còn %(n)d ngày"}


def test_a_catalogue_is_read_once() -> None:
    assert catalogue("vi") is catalogue("vi")


@pytest.mark.parametrize("language", ["fr", "", "../../etc"])
def test_a_language_without_a_catalogue_is_refused(language: str) -> None:
    with pytest.raises(InvalidInput, match="DONDOC_LANG"):
        catalogue(language)
