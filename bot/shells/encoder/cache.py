"""Keeps what was computed from the catalogue, on disk, by the hash of what it was computed from.

One SQLite file, so that two processes may share it and an author who changes one example pays for one. A damaged or
unwritable file costs time at the start and nothing else. Nothing in it comes from users.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.matching.encoder import Encoder, Matrix, Vector
from bot.matching.remembered import Arrays

Progress = Callable[[Sequence[str]], Iterator[str]]
"""Passes texts through and may show how far it is."""


def key_of(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(parts).encode()).digest()


class BlobCache:
    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values that are there."""
        found: dict[bytes, bytes] = {}
        with self._opened() as database:
            for key in keys:
                row = database.execute("SELECT value FROM cache WHERE key = ?", (key,)).fetchone()
                if row:
                    found[key] = row[0]
        return found

    def write(self, values: Mapping[bytes, bytes]) -> None:
        with self._opened() as database:
            database.executemany("INSERT OR REPLACE INTO cache VALUES (?, ?)", values.items())

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        database = self._open_or_renew()
        try:
            with database:
                yield database
        except sqlite3.OperationalError:
            return  # read-only, full or locked for long: go on without
        except sqlite3.DatabaseError:  # damaged further in than its head
            with contextlib.suppress(OSError):
                self._path.unlink()
        finally:
            database.close()

    def _open_or_renew(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._connect(str(self._path))
        except sqlite3.OperationalError:
            pass  # the place cannot be used
        except sqlite3.DatabaseError:  # the file is damaged
            with contextlib.suppress(OSError, sqlite3.Error):
                self._path.unlink()
                return self._connect(str(self._path))
        except OSError:
            pass
        return self._connect(":memory:")

    def _connect(self, name: str) -> sqlite3.Connection:
        database = sqlite3.connect(name, timeout=30)
        try:
            database.execute(
                "CREATE TABLE IF NOT EXISTS cache (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
            )
        except sqlite3.Error:
            database.close()
            raise
        return database


MEMO = 4
"""Utterances whose vectors are at hand for a moment: one message is read more than once, for emergencies and for what
it asks. They stay in memory and are soon pushed out by the next."""


class CachedEncoder:
    """An encoder that remembers the vectors of the catalogue's texts. Single utterances are never kept on disk."""

    def __init__(self, encoder: Encoder, cache: BlobCache, version: str, progress: Progress = iter) -> None:
        self._encoder = encoder
        self._cache = cache
        self._version = version
        self._progress = progress
        self._recent: dict[str, Vector] = {}

    def encode(self, text: str) -> Vector:
        if text not in self._recent:
            if len(self._recent) >= MEMO:
                del self._recent[next(iter(self._recent))]
            self._recent[text] = self._encoder.encode(text)
        return self._recent[text]

    def encode_all(self, texts: Sequence[str]) -> Matrix:
        keys = {text: key_of("vector", self._version, text) for text in texts}
        known = self._cache.read(list(keys.values()))
        missing = [text for text, key in keys.items() if key not in known]
        if missing:
            new = {
                keys[text]: self._encoder.encode(text).astype(np.float32).tobytes() for text in self._progress(missing)
            }
            self._cache.write(new)
            known |= new
        return np.stack([np.frombuffer(known[keys[text]], np.float32) for text in texts])


def cached_arrays(cache: BlobCache, key: bytes, compute: Callable[[], Arrays]) -> Arrays:
    """Named arrays from the cache, or computed and kept."""
    stored = cache.read([key]).get(key)
    if stored is not None:
        damaged = (ValueError, EOFError, zipfile.BadZipFile)
        with contextlib.suppress(*damaged), np.load(io.BytesIO(stored), allow_pickle=False) as loaded:
            return dict(loaded)
    arrays = compute()
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    cache.write({key: buffer.getvalue()})
    return arrays
