"""Settings: which source wins, what is refused by name, and that no secret is ever shown."""

from pathlib import Path

import pytest

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.settings import Source, load_settings, without_password


def test_without_anything_set_all_is_the_embedded_default(tmp_path: Path) -> None:
    settings = load_settings({"DONDOC_HOME": str(tmp_path / "home")}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'home' / 'dondoc.db'}"
    assert (settings.smtp_url, settings.prefect_api_url) == (None, None)
    assert (settings.language, settings.mail_from) == ("vi", "dondoc@localhost")
    assert settings.base_url == "http://127.0.0.1:8765"
    assert settings.sources["DONDOC_LANG"] is Source.DEFAULT


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DONDOC_LANG=en\nDONDOC_MAIL_FROM=file@donvi.example\n", encoding="utf-8")
    settings = load_settings({"DONDOC_MAIL_FROM": "environment@donvi.example"}, tmp_path)
    assert (settings.mail_from, settings.sources["DONDOC_MAIL_FROM"]) == (
        "environment@donvi.example",
        Source.ENVIRONMENT,
    )
    assert (settings.language, settings.sources["DONDOC_LANG"]) == ("en", Source.ENV_FILE)
    assert settings.sources["DONDOC_BASE_URL"] is Source.DEFAULT


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    assert load_settings({"DONDOC_SMTP_URL": "  "}, tmp_path).smtp_url is None


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@host:5432/dondoc",  # as people write it
        "postgres://u:p@host:5432/dondoc",  # as hosting companies write it
        "postgresql+psycopg://u:p@host:5432/dondoc",  # as SQLAlchemy wants it
    ],
)
def test_postgresql_is_reached_by_the_one_driver(url: str, tmp_path: Path) -> None:
    settings = load_settings({"DONDOC_DATABASE_URL": url}, tmp_path)
    assert settings.database_url == "postgresql+psycopg://u:p@host:5432/dondoc"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DONDOC_DATABASE_URL", "mysql://host/db"),  # a database that the house does not know
        ("DONDOC_DATABASE_URL", "sqlite://file.db"),  # two slashes make the file a host
        ("DONDOC_DATABASE_URL", "postgresql://u:p@host"),  # no database named
        ("DONDOC_DATABASE_URL", "postgresql://u:p@host:port/db"),  # a port that is no number
        ("DONDOC_SMTP_URL", "http://host"),
        ("DONDOC_SMTP_URL", "smtp://:587"),  # no host
        ("DONDOC_SMTP_URL", "smtp://host:587\nRCPT TO"),  # a line break smuggled in
        ("DONDOC_MAIL_FROM", "nobody"),
        ("DONDOC_MAIL_FROM", "Văn phòng <a@b.example>"),  # a name goes elsewhere
        ("DONDOC_MAIL_FROM", "dondoc@mail_server"),  # no domain has an underscore
        ("DONDOC_MAIL_FROM", "vanphong@-x.example"),  # nor begins with a hyphen
        ("DONDOC_MAIL_FROM", "vănphòng@donvi.example"),  # not every server takes such a name
        ("DONDOC_BASE_URL", "ftp://host"),
        ("DONDOC_LANG", "fr"),
        ("PREFECT_API_URL", "127.0.0.1:4200/api"),  # no scheme
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=f"^{name}: .*environment"):
        load_settings({name: value}, tmp_path)


def test_a_senders_domain_is_kept_as_mail_servers_know_it(tmp_path: Path) -> None:
    settings = load_settings({"DONDOC_MAIL_FROM": "vanphong@liênđoàn.example"}, tmp_path)
    assert settings.mail_from == "vanphong@" + "liênđoàn".encode("idna").decode() + ".example"


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(InvalidInput, match=r"^DONDOC_HOME: "):
        load_settings({"DONDOC_HOME": str(tmp_path / "home")}, tmp_path)


def test_an_env_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("DONDOC_LANG=vi".encode("utf-16"))
    with pytest.raises(UnreadableInput, match=r"\.env: "):
        load_settings({}, tmp_path)


@pytest.mark.parametrize("name", ["DONDOC_DATABASE_URL", "DONDOC_SMTP_URL"])
def test_no_password_is_shown_nor_stands_in_an_error(name: str, tmp_path: Path) -> None:
    scheme = "postgresql" if "DATABASE" in name else "smtps"
    settings = load_settings({name: f"{scheme}://user:s3cret@host/db"}, tmp_path)
    shown = {one.name: one.value for one in settings.shown()}
    assert "user:***@host" in shown[name]
    assert "s3cret" not in repr(settings)
    with pytest.raises(InvalidInput) as refused:
        load_settings({name: f"gopher://user:s3cret@ho st/db{'x' * 10}"}, tmp_path)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///relative.db",
        "sqlite:////absolute/file.db",
        "http://127.0.0.1:8765",
        "postgresql+psycopg:///db?host=/run",
    ],
)
def test_an_address_without_a_secret_is_shown_as_it_is(url: str) -> None:
    assert without_password(url) == url


def test_a_password_in_the_query_is_hidden_too() -> None:
    assert without_password("postgresql://h/db?sslmode=require&sslpassword=x") == (
        "postgresql://h/db?sslmode=require&sslpassword=***"
    )
