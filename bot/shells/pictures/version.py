"""Tells whether a picture would still be drawn as it was. Imports nothing that draws, for most pictures need not be."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from bot.corpus.pictures import Picture


def version_of(picture: Picture) -> str:
    """16 letters, others if the picture's words, the code that draws it or a font is another."""
    return hashlib.sha256(f"{picture!r} {_code()}".encode()).hexdigest()[:16]


@cache
def _code() -> str:
    folder = Path(__file__).parent
    files = sorted([*folder.glob("*.py"), *folder.glob("fonts/*.otf")])
    read = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return f"{read.hexdigest()} {version('pillow')}"
