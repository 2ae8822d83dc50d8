"""The buttons under a reminder, and under the question whether to go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.ports.reminders import Part
from bot.reminders.records import Delivery, Mark, Subscription
from bot.reminders.responses import MOST_PARTS, Later
from bot.shells.tgbot import reminder_texts as texts
from bot.shells.tgbot.keyboard import button
from bot.shells.tgbot.numbers import MOST_ID
from bot.shells.tgbot.presses import Kind, Press

_MARKS = {Mark.DONE: Kind.DONE, Mark.SKIPPED: Kind.SKIP}


def reminder_keyboard(_subscription: Subscription, delivery: Delivery) -> InlineKeyboardMarkup:
    """What one can say about it; once it is said, how to take that back."""
    if delivery.mark:
        mark = _button(texts.MARKED[delivery.mark], _MARKS[delivery.mark], delivery)
        return InlineKeyboardMarkup([[mark, _button(texts.UNDO, Kind.UNMARK, delivery)], _onward(delivery)])
    done = _button(texts.DONE, Kind.DONE, delivery, KeyboardButtonStyle.SUCCESS)
    later = [_button(texts.LATER, Kind.LATER, delivery)] if delivery.part < MOST_PARTS else []
    skip = _button(texts.NOT_THIS_WEEK, Kind.SKIP, delivery)
    return InlineKeyboardMarkup([[done, *later, skip], _onward(delivery)])


def later_keyboard(
    subscription: Subscription, delivery: Delivery, choices: Sequence[tuple[Later, datetime]], now: datetime
) -> InlineKeyboardMarkup:
    """For how long it can be put off, with the time at which that ends on the wall of the person's home."""
    zone = subscription.schedule.zone_info
    rows = [
        [
            button(
                texts.later(later, ends_at.astimezone(zone), now.astimezone(zone)),
                Press(Kind.LATER, f"{named(delivery)}/{later}"),
            )
        ]
        for later, ends_at in choices
    ]
    return InlineKeyboardMarkup([*rows, [_button(texts.BACK, Kind.NOT_LATER, delivery)]])


def question_keyboard(_subscription: Subscription, delivery: Delivery) -> InlineKeyboardMarkup:
    yes = _button(texts.GO_ON, Kind.GO_ON, delivery, KeyboardButtonStyle.SUCCESS)
    return InlineKeyboardMarkup([[yes, _button(texts.NO_MORE, Kind.NO_MORE, delivery)]])


def named(delivery: Delivery) -> str:
    """How a button names the part that it stands under."""
    return f"{delivery.subscription_id}/{int(delivery.occurs_at.timestamp())}/{delivery.part}"


def part_in(press: Press) -> tuple[int, Part] | None:
    """The subscription and the part that a button names, if it can be read; they need not exist."""
    numbers = press.target.split("/")[:3]
    if len(numbers) < 3 or not all(_is_number(number) for number in numbers):
        return None
    subscription_id, occurs_at, part = map(int, numbers)
    if max(subscription_id, part) > MOST_ID:
        return None
    return subscription_id, Part(datetime.fromtimestamp(occurs_at, UTC), part)


def later_in(press: Press) -> Later | None:
    """For how long to put it off; None: not chosen yet."""
    choice = press.target.split("/")[3:]
    return Later(choice[0]) if len(choice) == 1 and choice[0] in tuple(Later) else None


def _onward(delivery: Delivery) -> list[InlineKeyboardButton]:
    return [_button(texts.WHY, Kind.WHY, delivery), button(texts.SETTINGS, Press(Kind.REMINDERS_ANEW))]


def _button(
    label: str, kind: Kind, delivery: Delivery, style: KeyboardButtonStyle | None = None
) -> InlineKeyboardButton:
    return button(label, Press(kind, named(delivery)), style)


def _is_number(text: str) -> bool:
    """Of a size that the calendar holds."""
    return text.isascii() and text.isdigit() and len(text) <= 10
