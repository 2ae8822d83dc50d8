"""Instants in a message. Telegram shows them by the reader's own clock; what it cannot show so is told in words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reminders.told import told_instant

_FORMAT = "wDt"
"""Of a date_time entity: the weekday, the long date, the short time."""


def when(at: datetime, zone: ZoneInfo) -> str:
    """HTML; in words it is the time in this zone."""
    return f'<tg-time unix="{int(at.timestamp())}" format="{_FORMAT}">{told_instant(at.astimezone(zone))}</tg-time>'
