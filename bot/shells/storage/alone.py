"""Sees to it that one process at a time serves people from a SQLite file.

Two would hand the same updates and reminders to each other without knowing of each other's pace. The lock is the
system's, so it goes with the process, however that ends. Short commands that only look do not need it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StorageError
from bot.shells.storage.place import Place, SqlitePlace

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Raises StorageError if another process serves from this file; PostgreSQL is made for several."""
    if not isinstance(place, SqlitePlace):
        yield
        return
    file = os.open(_beside(place.path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):
            raise StorageError(_taken(place)) from None
        yield
    finally:
        os.close(file)


def _beside(path: Path) -> Path:
    """It stays when the lock is given up: who deletes it might delete another process's."""
    return path.with_name(f"{path.name}.lock")


def _taken(place: SqlitePlace) -> str:
    return (
        f"Another Osteon is running with {place.told}. Stop that one first; or, for a second bot, name another folder "
        "in OSTEON_DATA, or a PostgreSQL database, which several may share, in OSTEON_DATABASE_URL."
    )
