"""Subscriptions and deliveries as rows, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import timedelta
from typing import Any

from bot.reminders.records import Buttons, Delivery, DeliveryState, Mark, Standing, Subscription
from bot.reminders.schedule import Schedule
from bot.reminders.streams import Stream

Values = dict[str, Any]

_SCHEDULE = ("weekdays", "minute", "zone")
_AS_THEY_ARE = tuple(
    field.name for field in fields(Subscription) if field.name not in ("id", "stream", "schedule", "standing", "offset")
)
_DELIVERY = tuple(field.name for field in fields(Delivery))


def subscription_of(row: Mapping[str, Any]) -> Subscription:
    """Raises ValueError for what this version of the code cannot read."""
    schedule = Schedule(_days(row["weekdays"]), row["minute"], row["zone"])
    return Subscription(
        id=row["id"],
        stream=Stream(row["stream"]),
        schedule=schedule,
        standing=Standing(row["standing"]),
        offset=timedelta(seconds=row["offset_seconds"]),
        **{name: row[name] for name in _AS_THEY_ARE},
    )


def subscription_values(it: Subscription) -> Values:
    """All columns but the id."""
    return {name: getattr(it, name) for name in _AS_THEY_ARE} | {
        "stream": it.stream.value,
        "weekdays": list(it.schedule.weekdays),
        "minute": it.schedule.minute,
        "zone": it.schedule.zone,
        "standing": it.standing.value,
        "offset_seconds": int(it.offset.total_seconds()),
    }


def delivery_of(row: Mapping[str, Any]) -> Delivery:
    """Raises ValueError for what this version of the code cannot read."""
    values = {name: row[name] for name in _DELIVERY}
    values["state"] = DeliveryState(row["state"])
    values["mark"] = Mark(row["mark"]) if row["mark"] else None
    values["buttons"] = Buttons(row["buttons"]) if row["buttons"] else None
    return Delivery(**values)


def delivery_values(it: Delivery) -> Values:
    """All columns."""
    return {name: getattr(it, name) for name in _DELIVERY} | {
        "state": it.state.value,
        "mark": it.mark.value if it.mark else None,
        "buttons": it.buttons.value if it.buttons else None,
    }


def _days(stored: object) -> tuple[int, ...]:
    if not isinstance(stored, Sequence) or not all(isinstance(day, int) for day in stored):
        raise ValueError(f"weekdays are a list of numbers, not {stored!r}")
    return tuple(stored)
