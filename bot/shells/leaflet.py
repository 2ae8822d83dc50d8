"""An address and its QR code, for a terminal or for paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import segno
from rapidfuzz import process

from bot.errors import SettingsError
from bot.matching.intents import Catalogue

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
SCALE = 8
"""Pixels for each module of a picture: about four centimetres in print."""


def check_target(target: str, catalogue: Catalogue) -> str:
    """The id of an intent or a topic, or nothing for the bot itself. Raises SettingsError with the nearest ids."""
    known = [*catalogue.intents, *catalogue.topics]
    if not target or target in known:
        return target
    near = [id_ for id_, _, _ in process.extract(target, known, limit=3, score_cutoff=60)]
    meant = f"Did you mean {' or '.join(near)}?" if near else "The folder intents/topics has all of them."
    raise SettingsError(f'there is no intent and no topic "{target}". {meant}')


def checked_username(name: str) -> str:
    """As it stands in an address: without the @. Raises SettingsError."""
    bare = name.removeprefix("@")
    if not _USERNAME.fullmatch(bare):
        raise SettingsError(
            f"--username is {name!r}; it must be the bot's name on Telegram, such as osteon_bot: 4 to 32 letters, "
            "digits and _, the first one a letter."
        )
    return bare


def print_link(url: str, *, svg: Path | None, png: Path | None) -> Iterator[str]:
    """Write the pictures that are wanted, and yield the lines for the terminal. Raises SettingsError."""
    code = segno.make(url, error="m", micro=False)
    for path, kind in ((svg, "svg"), (png, "png")):
        if path is not None:
            _save(code, path, kind)
    yield url
    drawn = StringIO()
    code.terminal(drawn, compact=True)
    yield from drawn.getvalue().splitlines()
    yield from (f"Wrote {path}." for path in (svg, png) if path)


def _save(code: segno.QRCode, path: Path, kind: str) -> None:
    try:
        with path.open("wb") as file:
            code.save(file, kind=kind, scale=SCALE)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); name another file.") from error
