"""What is asked while reminders are set up: one page for each question, and the confirmation."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.reminders.command import Action
from bot.reminders.draft import Asking, Draft
from bot.reminders.records import Subscription
from bot.reminders.setup import live
from bot.reminders.streams import Stream
from bot.reminders.told import DAY_NAMES, joined, told_days, told_plan, told_streams, told_time, told_zone
from bot.shells.tgbot import reminder_setup_texts as texts
from bot.shells.tgbot.keyboard import button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.reminder_pages import pause_rows
from bot.shells.tgbot.reminder_presses import streams_code, weekdays_code, zone_code
from bot.shells.tgbot.reminder_texts import BACK, PAUSING, SET_UP
from bot.shells.tgbot.under import TICK
from bot.shells.tgbot.when import when

_TIMES = (7, 8, 9, 10, 12, 15, 17, 18, 19, 20)
"""Hours that many choose; others are written."""
_COMMON_TEXT = (
    "Pacific/Honolulu America/Los_Angeles America/Denver America/Chicago America/New_York America/Halifax "
    "America/Sao_Paulo Europe/London Europe/Berlin Europe/Athens Africa/Lagos Africa/Johannesburg Asia/Dubai "
    "Asia/Kolkata Asia/Singapore Asia/Tokyo Australia/Perth Australia/Sydney Pacific/Auckland"
)
COMMON_ZONES = tuple(_COMMON_TEXT.split())
"""From west to east."""


@dataclass(frozen=True)
class View:
    """What a page shows beside the draft."""

    known: Sequence[Subscription]
    """What the chat has or had."""
    coming: Sequence[tuple[Stream, Sequence[datetime]]]
    """When the reminders of a complete draft would come."""
    now: datetime


def setup_page(draft: Draft, view: View, lead: str = "") -> Page:
    """The page for what the draft asks; `lead` stands before its first line."""
    page = _page_for(draft, view)
    return Page(f"{lead}\n\n{page.html}", page.keyboard) if lead else page


def weekdays_page(draft: Draft, ticked: Sequence[int]) -> Page:
    """Each button says which days are chosen afterwards, so that it may be pressed twice."""
    days = [_day(day, ticked) for day in range(1, 8)]
    chosen = [_choice(texts.THESE_DAYS, f"days/{weekdays_code(ticked)}", KeyboardButtonStyle.SUCCESS)] if ticked else []
    told = texts.ASK_WEEKDAYS.format(streams=told_streams(_without_days(draft)))
    return Page(told, keyboard([days[:2], days[2:4], days[4:6], days[6:], chosen, [_cancel()]]))


def zones_page(now: datetime, zones: Sequence[str] = COMMON_ZONES, told: str = texts.ZONE_LIST) -> Page:
    """Zones, each with what its clock shows now."""
    rows = [[_choice(_clock(zone, now), f"zone/{zone_code(zone)}")] for zone in zones]
    return Page(told, keyboard([*rows, [_choice(texts.OTHER_PLACE, f"anew/{Asking.ZONE}")], [_cancel()]]))


def share_keyboard() -> ReplyKeyboardMarkup:
    ask = KeyboardButton(texts.SHARE, request_location=True)
    return ReplyKeyboardMarkup([[ask]], resize_keyboard=True, one_time_keyboard=True)


def _page_for(draft: Draft, view: View) -> Page:
    match draft.asks:
        case Asking.STREAMS:
            return _streams_page()
        case Asking.WEEKDAYS:
            return weekdays_page(draft, draft.plans[0].weekdays)
        case Asking.TIME:
            return _time_page(draft)
        case Asking.ZONE if draft.zones:
            return zones_page(view.now, draft.zones, texts.ASK_WHICH_ZONE)
        case Asking.ZONE:
            rows = [[_choice(texts.SHARE, "share"), _choice(texts.LIST, "list")], [_cancel()]]
            return Page(texts.ASK_ZONE, keyboard(rows))
        case Asking.UNTIL:
            return _until_page(draft)
        case Asking.DIFFERENT:
            return _different_page()
    return _confirm_page(draft, view)


def _streams_page() -> Page:
    each = [_choice(label, f"streams/{streams_code(streams)}") for streams, label in SET_UP.items()]
    return Page(texts.ASK_STREAMS, keyboard([each[:2], each[2:], [_cancel()]]))


def _time_page(draft: Draft) -> Page:
    minutes = draft.minutes or [60 * hour for hour in _TIMES]
    each = [_choice(told_time(minute), f"time/{minute}") for minute in minutes]
    rows = [each[start : start + 4] for start in range(0, len(each), 4)]
    return Page(texts.ASK_HALF if _is_open(draft) else texts.ASK_TIME, keyboard([*rows, [_cancel()]]))


def _until_page(draft: Draft) -> Page:
    told = PAUSING.format(streams=told_streams(draft.streams))
    return Page(told, keyboard([*pause_rows(draft.streams), [_cancel()]]))


def _different_page() -> Page:
    parts = (
        (texts.DIFFERENT_STREAMS, Asking.STREAMS),
        (texts.DIFFERENT_DAYS, Asking.WEEKDAYS),
        (texts.DIFFERENT_TIME, Asking.TIME),
        (texts.DIFFERENT_ZONE, Asking.ZONE),
    )
    each = [_choice(label, f"anew/{asking}") for label, asking in parts]
    back = _choice(BACK, f"anew/{Asking.CONFIRM}")
    return Page(texts.ASK_DIFFERENT, keyboard([each[:2], each[2:], [back, _cancel()]]))


def _confirm_page(draft: Draft, view: View) -> Page:
    yes = _choice(texts.YES[draft.action], f"yes/{draft.stamp}", KeyboardButtonStyle.SUCCESS)
    if draft.action is Action.PAUSE:
        return Page(texts.ask_to_pause(draft.streams, draft.until), keyboard([[yes, _cancel()]]))
    if draft.action is Action.RESUME:
        return Page(texts.CONFIRM_RESUME.format(streams=told_streams(draft.streams)), keyboard([[yes, _cancel()]]))
    zone = [_choice(texts.OTHER_ZONE, f"anew/{Asking.ZONE}")]
    other = [_choice(texts.CHANGE_SOMETHING, f"anew/{Asking.DIFFERENT}"), _cancel()]
    return Page("\n\n".join(_wanted(draft, view)), keyboard([[yes], zone, other]))


def _wanted(draft: Draft, view: View) -> Iterator[str]:
    """What would be done, until when it was otherwise, and the dates by which a wrong zone is seen."""
    yield texts.CONFIRM
    zone = ZoneInfo(draft.zone or "UTC")
    dates = dict(view.coming)
    for (weekdays, minute), group in groupby(draft.plans, key=lambda plan: (plan.weekdays, plan.minute)):
        streams = [plan.stream for plan in group]
        time = texts.UP_TO.format(time=told_time(minute or 0))
        told = f"{told_streams(streams).capitalize()}: {told_days(weekdays)}, {time}, {told_zone(draft.zone or '')}"
        shown = "\n".join(f"• {when(at, zone)}" for at in dates.get(streams[0], ()))
        yield f"<b>{html.escape(told, quote=False)}</b>\n{texts.COMING}\n{shown}"
    yield from _before(draft, view)
    times = joined(list(dict.fromkeys(told_time(plan.minute or 0) for plan in draft.plans)))
    yield texts.CHECK_ZONE.format(time=times)


def _before(draft: Draft, view: View) -> Iterator[str]:
    plans = [told_plan(it) for it in live(view.known) if it.stream in draft.streams]
    if plans:
        yield "\n".join(texts.UNTIL_NOW.format(plan=html.escape(plan, quote=False)) for plan in plans)


def _day(day: int, ticked: Sequence[int]) -> InlineKeyboardButton:
    is_ticked = day in ticked
    after = [other for other in range(1, 8) if (other in ticked) != (other == day)]
    return _choice(f"{TICK if is_ticked else ''}{DAY_NAMES[day - 1]}", f"ticked/{weekdays_code(after)}")


def _without_days(draft: Draft) -> tuple[Stream, ...]:
    """The streams that are asked about; all, if what was said is to be said anew."""
    return tuple(plan.stream for plan in draft.plans if not plan.weekdays) or draft.streams


def _is_open(draft: Draft) -> bool:
    """Whether an hour was said that may be in the morning or in the evening."""
    return len(draft.minutes) == 2 and draft.minutes[1] - draft.minutes[0] == 12 * 60


def _clock(zone: str, now: datetime) -> str:
    return f"{told_zone(zone).removesuffix(' time')} (now {now.astimezone(ZoneInfo(zone)):%H:%M})"


def _choice(label: str, target: str, style: KeyboardButtonStyle | None = None) -> InlineKeyboardButton:
    return button(label, Press(Kind.SET_UP, target), style)


def _cancel() -> InlineKeyboardButton:
    return _choice(texts.CANCEL, "cancel")
