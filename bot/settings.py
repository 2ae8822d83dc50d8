"""Settings, from the environment or a file .env in the working folder. .env.example explains each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
POSTGRES_SCHEMES = ("postgresql", "postgres", "postgresql+asyncpg")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    telegram_bot_token: SecretStr | None = None
    telegram_bot_token_file: Path | None = None
    telegram_api_base_url: Annotated[str, Field(pattern=r"^https?://.+/bot$")] = "https://api.telegram.org/bot"
    osteon_data: Path = Field(default_factory=lambda: user_data_path("osteon"))
    osteon_database_url: SecretStr | None = None
    osteon_webhook_url: Annotated[str, Field(pattern=r"^https?://[^/?#]+(/[^?#]*)?$")] | None = None
    osteon_listen: Annotated[str, Field(pattern=r"^[^:\s]+:\d{1,5}$")] | None = None
    osteon_content: Path | None = None
    osteon_intents: Path | None = None
    osteon_log_level: LogLevel = "INFO"
    osteon_concurrency: Annotated[int, Field(ge=1, le=64)] = 16

    @field_validator("osteon_log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) and value.upper() in get_args(LogLevel) else value

    @field_validator("osteon_database_url")
    @classmethod
    def _postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value and urlsplit(value.get_secret_value()).scheme not in POSTGRES_SCHEMES:
            raise ValueError("no address of a PostgreSQL database")
        return value

    @property
    def token(self) -> str | None:
        """The bot's token, if it was given. Raises SettingsError if its file cannot be read."""
        if self.telegram_bot_token is not None:
            return self.telegram_bot_token.get_secret_value().strip()
        if self.telegram_bot_token_file is None:
            return None
        try:
            return self.telegram_bot_token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            name = self.telegram_bot_token_file
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            raise SettingsError(
                f"TELEGRAM_BOT_TOKEN_FILE is {str(name)!r}, which cannot be read ({reason}); "
                "it must name a file that holds the token and nothing else. See .env.example."
            ) from error


_ALLOWED = {
    "telegram_api_base_url": "a web address that ends in /bot, such as http://127.0.0.1:8081/bot",
    "osteon_database_url": "the address of a PostgreSQL database, such as postgresql://osteon:secret@127.0.0.1/osteon",
    "osteon_webhook_url": "the web address at which Telegram reaches this bot, such as https://bot.example.org",
    "osteon_listen": "an address and a port to listen on, such as 127.0.0.1:8080",
    "osteon_log_level": "one of DEBUG, INFO, WARNING and ERROR",
    "osteon_concurrency": "a whole number from 1 to 64, such as 16",
}
_SECRET = {"osteon_database_url"}
"""Their values may hold a password."""


def load_settings() -> Settings:
    """Raises SettingsError, one sentence for each setting that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_told(str(d["loc"][0]), d["input"]) for d in error.errors())) from error


def _told(name: str, value: object) -> str:
    allowed = _ALLOWED.get(name, "a path")
    shown = "kept out of sight" if name in _SECRET else repr(str(value))
    return f"{name.upper()} is {shown}; it must be {allowed}. See .env.example."
