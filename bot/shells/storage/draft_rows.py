"""A draft of reminders as JSON, and back. None of it says more than a plan does: streams, days, a time, a zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.reminders.draft import Draft
from bot.shells.storage.rows import plain

_DRAFT: TypeAdapter[Draft] = TypeAdapter(Draft)


def draft_values(draft: Draft) -> dict[str, Any]:
    """As JSON can hold it."""
    return plain(asdict(draft))


def draft_of(values: Mapping[str, Any]) -> Draft | None:
    """None for what another version of the code wrote and this one cannot read."""
    try:
        return _DRAFT.validate_python(values)
    except ValidationError:
        return None
