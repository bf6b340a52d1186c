"""The key of links is made whole or not at all, by whoever comes first, and by everybody read alike."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dondoc.errors import InvalidInput
from dondoc.operations.link_tokens import KEY_FILE, link_signer
from dondoc.settings import Settings, load_settings
from models.vocabulary import Act
from tests.factories import at


def settings(folder: Path) -> Settings:
    return load_settings({"DONDOC_HOME": str(folder / "home")}, folder)


def a_token(folder: Path) -> str:
    return link_signer(settings(folder)).token(1, 2, Act.SUBMIT, at("2025-02-14"))


def test_a_process_that_dies_while_it_makes_the_key_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dying(_: int) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("dondoc.operations.link_tokens.secrets.token_urlsafe", dying)
        with pytest.raises(KeyboardInterrupt):
            a_token(tmp_path)
    assert a_token(tmp_path) == a_token(tmp_path)
    assert [file.name for file in (tmp_path / "home").iterdir()] == [KEY_FILE]
    assert (tmp_path / "home" / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_all_who_need_the_key_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(a_token, [tmp_path] * 40))) == 1


def test_an_empty_key_file_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / KEY_FILE).touch()
    with pytest.raises(InvalidInput, match="holds no key"):
        a_token(tmp_path)
