"""Letters and votes for whoever runs or writes the bot: as text, and as JSON lines. No chat is named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bot.ports import Letter, Tally

NO_LETTERS = "Nobody has sent a letter."
NO_VOTES = "Nobody has voted."


def letter_texts(letters: Sequence[Letter]) -> Iterator[str]:
    if not letters:
        yield NO_LETTERS
    for letter in letters:
        yield f"{letter.id}  {letter.sent_at:%Y-%m-%d %H:%M} UTC  {_kind(letter.outcome, letter.intent)}"
        yield from (f"    {_printable(line)}" for line in letter.text.splitlines())


def letter_fields(letters: Sequence[Letter]) -> Iterator[str]:
    for letter in letters:
        yield json.dumps(asdict(letter) | {"sent_at": letter.sent_at.isoformat()}, ensure_ascii=False)


def tally_texts(tallies: Sequence[Tally]) -> Iterator[str]:
    yield f"{'up':>5} {'down':>5}" if tallies else NO_VOTES
    for tally in tallies:
        yield f"{tally.up:>5} {tally.down:>5}  {_kind(tally.outcome, tally.intent)}"


def tally_fields(tallies: Sequence[Tally]) -> Iterator[str]:
    for tally in tallies:
        yield json.dumps(asdict(tally))


def _kind(outcome: str, intent: str | None) -> str:
    return f"{outcome} {intent}" if intent else outcome


def _printable(line: str) -> str:
    """What a stranger wrote, without signs that could steer the terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in line)
