"""Who was forgotten, so that a restored backup does not bring them back.

It stands beside the database and not in it: a file with a line for each erasure, its time and a keyed hash of the
chat's number. The key is made at random and stands in the first line. A backup of the database must not hold the file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

NAME = "erased"


class Erasures:
    """Every call raises OSError if the file cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def note(self, chat_id: int, at: datetime) -> None:
        """Remember, durably, that the chat was forgotten."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(
            os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+", encoding="ascii"
        ) as file:
            key = file.readline().strip()
            if not key:
                key = secrets.token_hex(32)
                file.write(f"{key}\n")
            file.write(f"{at.isoformat()} {_hashed(key, chat_id)}\n")
            file.flush()
            os.fsync(file.fileno())

    def among(self, chat_ids: Iterable[int], since: datetime) -> list[int]:
        """Those of them that were forgotten at this instant or later."""
        if not self._path.exists():
            return []
        key, *lines = self._path.read_text(encoding="ascii").splitlines() or [""]
        erased = {hashed for at, hashed in _read(lines) if at >= since}
        return [chat_id for chat_id in chat_ids if _hashed(key, chat_id) in erased]


def _read(lines: Iterable[str]) -> Iterator[tuple[datetime, str]]:
    """A line that a crash has cut off is passed over."""
    for line in lines:
        at, _, hashed = line.partition(" ")
        if len(hashed) == 64:
            yield datetime.fromisoformat(at), hashed


def _hashed(key: str, chat_id: int) -> str:
    return hashlib.blake2b(str(chat_id).encode(), key=bytes.fromhex(key), digest_size=32).hexdigest()
