"""Which database is meant, and how we speak of it to an operator."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr


class Settings(Protocol):
    """The settings that are storage's business; `bot.settings.Settings` has them all."""

    @property
    def osteon_data(self) -> Path: ...
    @property
    def osteon_database_url(self) -> SecretStr | None: ...


@dataclass(frozen=True)
class SqlitePlace:
    path: Path

    @property
    def told(self) -> str:
        return f"the database {self.path}"

    @property
    def remedy(self) -> str:
        return "OSTEON_DATA names the folder it is in; see .env.example."


@dataclass(frozen=True)
class PostgresPlace:
    dsn: str = field(repr=False)
    """As libpq and asyncpg read it. Holds the password."""

    @property
    def told(self) -> str:
        parts = urlsplit(self.dsn)
        return f"the PostgreSQL database {parts.hostname or ''}{parts.path}".strip()

    @property
    def remedy(self) -> str:
        return "OSTEON_DATABASE_URL says where it is; see .env.example."


Place = SqlitePlace | PostgresPlace


def place_of(settings: Settings) -> Place:
    if settings.osteon_database_url is None:
        return SqlitePlace(settings.osteon_data.absolute() / "osteon.sqlite3")
    _, _, rest = settings.osteon_database_url.get_secret_value().partition("://")
    return PostgresPlace(f"postgresql://{rest}")
