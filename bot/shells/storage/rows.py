"""A chat's state as a row, and back. What another version of the code wrote is read as far as it is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from bot.corpus.models import Tier
from bot.dialogue.state import ChatState

Row = dict[str, Any]
FIELDS = tuple(field.name for field in fields(ChatState))


def row_of(state: ChatState) -> Row:
    """Column by column, as JSON has it: ids in lists, the level by its name."""
    values = {name: getattr(state, name) for name in FIELDS}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()} | {
        "level": state.level.value
    }


def state_of(row: Mapping[str, Any]) -> ChatState:
    """What cannot be read becomes what a new chat has. Ids that are no longer known are the dialogue's business."""
    level, misses = row.get("level"), row.get("misses")
    return ChatState(
        level=Tier(level) if level in tuple(Tier) else ChatState.level,
        intents=_ids(row.get("intents")),
        shown=_ids(row.get("shown")),
        offered=_ids(row.get("offered")),
        misses=misses if isinstance(misses, int) else 0,
    )


def plain(values: Mapping[str, Any]) -> Row:
    """As JSON can hold them. Instants without a zone, as SQLite gives some, are UTC."""
    return {name: _plain(value) for name, value in values.items()}


def numbers_of(value: object) -> tuple[int, ...]:
    """The numbers in a stored list."""
    return tuple(number for number in value if isinstance(number, int)) if isinstance(value, list) else ()


def _ids(value: object) -> tuple[str, ...]:
    return tuple(id_ for id_ in value if isinstance(id_, str)) if isinstance(value, list) else ()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
