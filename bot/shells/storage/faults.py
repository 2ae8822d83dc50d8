"""What the database's errors mean to the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import StorageError
from bot.shells.storage.place import Place, SqlitePlace

_DAMAGED = ("file is not a database", "malformed")


@contextmanager
def storage_errors(place: Place) -> Iterator[None]:
    """Raises StorageError, one sentence or two for the operator, where the database fails."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StorageError(told(place, reason_of(error))) from error


def told(place: Place, reason: str) -> str:
    subject = place.told[:1].upper() + place.told[1:]
    if isinstance(place, SqlitePlace) and any(words in reason for words in _DAMAGED):
        return (
            f"{subject} is damaged ({reason}). Put a backup in its place, or move it away to begin anew; "
            "then the levels and last topics of all chats are forgotten, and nothing else."
        )
    return f"{subject} cannot be used ({reason}). {place.remedy}"


def reason_of(error: Exception) -> str:
    """In the words of the database itself; SQLAlchemy puts its own, and the statement, around them."""
    cause: BaseException = error
    if isinstance(error, DBAPIError) and error.orig is not None:
        cause = error.orig.__cause__ or error.orig
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return (str(cause).splitlines() or [type(cause).__name__])[0]
