"""Numbers of rows in the data of buttons, which anybody may make up."""

from __future__ import annotations

from bot.shells.tgbot.presses import Press

_LARGEST = 2**31 - 1
"""Of an integer in PostgreSQL; a larger one would be an error there."""


def number_in(press: Press) -> int | None:
    """None if the target is no number that a row can have."""
    if not press.target.isdecimal() or len(press.target) > len(str(_LARGEST)):
        return None
    number = int(press.target)
    return number if number <= _LARGEST else None
