"""What a person sees of their reminders, and the pages behind it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton
from telegram.constants import KeyboardButtonStyle

from bot.corpus.models import Article
from bot.reminders.draft import Asking
from bot.reminders.records import Standing, Subscription
from bot.reminders.setup import is_put_off, is_quiet, live
from bot.reminders.streams import Stream
from bot.reminders.themes import Theme
from bot.reminders.told import told_days, told_plan, told_streams
from bot.shells.tgbot import reminder_texts as texts
from bot.shells.tgbot.html import lay_out
from bot.shells.tgbot.keyboard import Row, button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.reminder_presses import pause_code, plans_code, streams_code
from bot.shells.tgbot.render import render_excerpts
from bot.shells.tgbot.when import when

CHANGE, PAUSE, HOW, CAUTION = "change", "pause", "how", "caution"
"""Pages behind the first one, by the target of a press."""


def reminders_page(known: Sequence[Subscription], now: datetime, lead: str = "") -> Page:
    """What the chat has, and what can be done with it."""
    mine = live(known)
    told = [texts.TITLE, *(_told(it, now) for it in mine)] if mine else [texts.NONE_YET]
    return Page("\n\n".join([lead, *told] if lead else told), keyboard([*_actions(mine, now), [_page(texts.HOW, HOW)]]))


def change_page(known: Sequence[Subscription]) -> Page:
    mine = live(known)
    rows = [
        [
            _anew(texts.CHANGE_DAYS.format(stream=it.stream.label), Asking.WEEKDAYS, [it.stream]),
            _anew(texts.CHANGE_TIME.format(stream=it.stream.label), Asking.TIME, [it.stream]),
        ]
        for it in mine
    ]
    zone = [_anew(texts.CHANGE_ZONE, Asking.ZONE, [it.stream for it in mine])] if mine else []
    plans = html.escape("\n".join(map(told_plan, mine)), quote=False)
    return Page(texts.CHANGING.format(plans=plans), keyboard([*rows, zone, [_page(texts.BACK, "")]]))


def pause_page(known: Sequence[Subscription], only: Sequence[Stream] = ()) -> Page:
    streams = [it.stream for it in live(known) if not only or it.stream in only]
    if not streams:
        return Page(texts.NOTHING_TO_STOP, keyboard([[_page(texts.BACK, "")]]))
    fewer = [_page(texts.PAUSE_ONLY.format(stream=it), f"{PAUSE}/{it}") for it in streams] if len(streams) > 1 else []
    told = texts.PAUSING.format(streams=told_streams(streams))
    return Page(told, keyboard([*pause_rows(streams), fewer, [_page(texts.BACK, "")]]))


def pause_rows(streams: Sequence[Stream]) -> list[Row]:
    """For how long these can pause."""
    lengths = [*texts.PAUSE_FOR, (None, texts.PAUSE_OPEN)]
    each = [button(label, Press(Kind.PAUSE, pause_code(streams, days))) for days, label in lengths]
    return [each[:3], each[3:]]


def how_page() -> Page:
    return Page(texts.HOW_IT_WORKS, keyboard([[_page(texts.BACK, "")]]))


def caution_page(theme: Theme, article: Article) -> Page:
    """What is to be read before passages on high-impact exercise are sent."""
    quotes = lay_out(list(render_excerpts([article.excerpt(pointer) for pointer in theme.caution])))
    yes = button(texts.CAUTION_YES, Press(Kind.HIGH_IMPACT, "yes"))
    no = button(texts.CAUTION_NO, Press(Kind.HIGH_IMPACT, "no"))
    return Page(
        "\n\n".join([texts.CAUTION, *quotes, texts.CAUTION_ASK]), keyboard([[yes], [no], [_page(texts.BACK, "")]])
    )


def stopped_page(stopped: Sequence[tuple[Subscription, tuple[int, ...]]]) -> Page:
    """That it was done, and how to undo it."""
    ended = [it.stream for it, left in stopped if not left]
    lines = [texts.STOPPED.format(streams=told_streams(ended))] if ended else []
    for it, left in stopped:
        if left:
            gone = told_days([day for day in it.schedule.weekdays if day not in left])
            lines.append(texts.LESS.format(stream=it.stream, days=gone, left=told_days(left)))
    again = plans_code([(it.stream, it.schedule.weekdays) for it, _ in stopped])
    return Page("\n".join(lines), keyboard([[button(texts.START_AGAIN, Press(Kind.START_AGAIN, again))]]))


def welcome_back_page(streams: Sequence[Stream]) -> Page:
    code = streams_code(streams)
    yes = button(texts.GO_ON, Press(Kind.RESUME, code), KeyboardButtonStyle.SUCCESS)
    no = button(texts.NO_MORE, Press(Kind.STOP, code))
    return Page(texts.AFTER_BLOCK.format(streams=told_streams(streams)), keyboard([[yes, no]]))


def _told(it: Subscription, now: datetime) -> str:
    plan = f"<b>{it.stream.label}</b>{html.escape(told_plan(it).removeprefix(it.stream.label), quote=False)}"
    if it.standing != Standing.ACTIVE:
        return f"{plan}\n{texts.STANDING[it.standing]}"
    at = when(it.due_at if it.part else it.occurs_at, it.schedule.zone_info)
    return f"{plan}\n{(texts.PUT_OFF_UNTIL if is_put_off(it, now) else texts.NEXT).format(when=at)}"


def _actions(mine: Sequence[Subscription], now: datetime) -> list[Row]:
    missing = [stream for stream in Stream if stream not in [it.stream for it in mine]]
    if not mine:
        each = [_set_up(label, streams) for streams, label in texts.SET_UP.items()]
        return [each[:2], each[2:]]
    quiet = [it.stream for it in mine if is_quiet(it, now)]
    loud = [it.stream for it in mine if it.stream not in quiet]
    resume = [button(texts.RESUME, Press(Kind.RESUME, streams_code(quiet)))] if quiet else []
    pause = [_page(texts.PAUSE, PAUSE)] if loud else []
    return [
        [_set_up(texts.ADD.format(stream=stream), [stream]) for stream in missing],
        [_page(texts.CHANGE, CHANGE)],
        [*pause, *resume],
        [_stop([it.stream]) for it in mine],
        [_stop([it.stream for it in mine])] if len(mine) > 1 else [],
        [_page(texts.HIGH_IMPACT[it.high_impact], CAUTION) for it in mine if it.stream == Stream.EXERCISE],
    ]


def _set_up(label: str, streams: Sequence[Stream]) -> InlineKeyboardButton:
    return button(label, Press(Kind.SET_UP, f"streams/{streams_code(streams)}"))


def _stop(streams: Sequence[Stream]) -> InlineKeyboardButton:
    told = "both" if len(streams) > 1 else streams[0].value
    return button(texts.STOP.format(streams=told), Press(Kind.STOP, streams_code(streams)))


def _anew(label: str, what: Asking, streams: Sequence[Stream]) -> InlineKeyboardButton:
    return button(label, Press(Kind.SET_UP, f"change/{what}/{streams_code(streams)}"))


def _page(label: str, target: str) -> InlineKeyboardButton:
    return button(label, Press(Kind.REMINDERS, target))
