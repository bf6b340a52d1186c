"""Reads the checked-in catalogues at run time, once a language: no compiled file can be out of date."""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dondoc.errors import InvalidInput

DEFAULT_LANGUAGE = "vi"
LANGUAGES = ("vi", "en")
FOLDER = Path(__file__).parent


def catalogue_path(language: str) -> Path:
    """Give the place of a language's catalogue file."""
    return FOLDER / language / "LC_MESSAGES" / "dondoc.po"


@cache
def catalogue(language: str = DEFAULT_LANGUAGE) -> gettext.GNUTranslations:
    """Give the translations of a language. Raises InvalidInput for one that dondoc does not speak."""
    if language not in LANGUAGES:
        raise InvalidInput(f"no catalogue for {language!r}; choose one of: {', '.join(LANGUAGES)}", where="DONDOC_LANG")
    with catalogue_path(language).open("rb") as source:
        entries = read_po(source, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
