"""Numbers of rows in the data of buttons, which anybody may make up."""

from __future__ import annotations

from bot.shells.tgbot.presses import Press

MOST_ID = 2**31 - 1
"""Of an integer in PostgreSQL; a larger one would be an error there."""


def number_in(press: Press) -> int | None:
    """None if the target is no number that a row can have."""
    if not press.target.isdecimal() or len(press.target) > len(str(MOST_ID)):
        return None
    number = int(press.target)
    return number if number <= MOST_ID else None
