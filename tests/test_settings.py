from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings

TOKEN = "123:abc"  # noqa: S105 - nobody's


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty working folder and no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def refused(monkeypatch: pytest.MonkeyPatch, **told: str) -> list[str]:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    return str(error.value).split("\n")


def test_without_any_setting_there_is_a_default_for_each() -> None:
    settings = load_settings()
    assert (settings.token, settings.osteon_content, settings.osteon_intents) == (None, None, None)
    assert settings.telegram_api_base_url == "https://api.telegram.org/bot"
    assert (settings.osteon_log_level, settings.osteon_data.name) == ("INFO", "osteon")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("OSTEON_LOG_LEVEL", "loud", "one of DEBUG, INFO, WARNING and ERROR"),
        ("TELEGRAM_API_BASE_URL", "localhost", "a web address that ends in /bot, such as http://127.0.0.1:8081/bot"),
        ("OSTEON_CONCURRENCY", "many", "a whole number from 1 to 64, such as 16"),
        ("OSTEON_CONCURRENCY", "0", "a whole number from 1 to 64, such as 16"),
    ],
)
def test_an_unusable_value_gets_one_sentence_with_the_setting_the_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    assert refused(monkeypatch, **{name: value}) == [f"{name} is '{value}'; it must be {allowed}. See .env.example."]


def test_every_unusable_value_gets_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = refused(monkeypatch, OSTEON_LOG_LEVEL="loud", OSTEON_CONCURRENCY="65")
    assert sorted(sentence.split(" is ")[0] for sentence in sentences) == ["OSTEON_CONCURRENCY", "OSTEON_LOG_LEVEL"]


@pytest.mark.parametrize("level", ["debug", "Debug", "DEBUG"])
def test_the_case_of_a_log_level_does_not_matter(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    monkeypatch.setenv("OSTEON_LOG_LEVEL", level)
    assert load_settings().osteon_log_level == "DEBUG"


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OSTEON_CONCURRENCY", "")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert (load_settings().osteon_concurrency, load_settings().token) == (16, None)


def test_settings_are_read_from_a_file_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, alone: Path
) -> None:
    (alone / ".env").write_text("OSTEON_LOG_LEVEL=ERROR\nOSTEON_CONCURRENCY=4\nSOMEBODY_ELSE=1\n")
    monkeypatch.setenv("OSTEON_CONCURRENCY", "8")
    assert (load_settings().osteon_log_level, load_settings().osteon_concurrency) == ("ERROR", 8)


def test_the_token_may_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", f" {TOKEN} \n")
    assert load_settings().token == TOKEN


def test_the_token_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, alone: Path) -> None:
    (alone / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(alone / "token"))
    assert load_settings().token == TOKEN


def test_a_token_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "no/such/file")
    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN_FILE is 'no/such/file', which cannot be read"):
        _ = load_settings().token


def test_a_token_file_that_is_no_text_is_named(monkeypatch: pytest.MonkeyPatch, alone: Path) -> None:
    (alone / "token").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "token")
    with pytest.raises(
        SettingsError, match=r"^TELEGRAM_BOT_TOKEN_FILE is 'token', which cannot be read \(it is no text"
    ):
        _ = load_settings().token


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_database_may_be_named_and_its_password_is_not_shown(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("OSTEON_DATABASE_URL", f"{scheme}://ann:s3cret@db.example/osteon")
    settings = load_settings()
    assert settings.osteon_database_url
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    "value", ["ann:s3cret@db/osteon", "mysql://ann:s3cret@db/osteon", "postgresql://s3cret@[::1/x"]
)
def test_an_address_of_no_postgres_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    (sentence,) = refused(monkeypatch, OSTEON_DATABASE_URL=value)
    assert sentence == (
        "OSTEON_DATABASE_URL is kept out of sight; it must be the address of a PostgreSQL database, such as "
        "postgresql://osteon:secret@127.0.0.1/osteon. See .env.example."
    )


def test_the_token_is_not_shown_when_settings_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    assert "secret" not in repr(load_settings())
