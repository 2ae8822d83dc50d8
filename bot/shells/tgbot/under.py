"""All buttons under a reply: what leads on, then what one can say about it or do with it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.corpus.models import Tier
from bot.dialogue.reply import Control, Outcome, Reply
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.keyboard import Row, button, keyboard, reply_keyboard
from bot.shells.tgbot.presses import Kind, Press, decode

TICK = "✓ "
_SIGNS = {Kind.LIKE: "👍", Kind.DISLIKE: "👎"}


def keyboard_under(reply: Reply) -> InlineKeyboardMarkup | None:
    onward = reply_keyboard(reply)
    return keyboard([*(onward.inline_keyboard if onward else ()), *_about(reply)])


def with_vote(markup: InlineKeyboardMarkup, press: Press, *, liked: bool | None, letter: bool) -> InlineKeyboardMarkup:
    """The same keyboard with this vote marked; None is no vote. Below a disliked answer stands the way to the author,
    as it does below a refusal from the beginning, if `letter` allows it."""
    if press.level is None:
        raise TypeError("a vote names a level")
    intent, level = press.target, press.level
    rows = [[_marked(b, intent, level, liked) for b in row] for row in markup.inline_keyboard if not _is_letter(row)]
    if letter and (liked is False or not intent):
        rows.append([_letter(intent, level)])
    return InlineKeyboardMarkup(rows)


def _about(reply: Reply) -> list[Row]:
    """Nothing under urgent replies and small talk, nor under the sources of an answer."""
    intent, level = reply.intent or "", reply.level
    if reply.outcome == Outcome.ANSWER and Control.SOURCES in reply.controls:
        return [[*_votes(intent, level), _add(intent, level)]]
    if reply.outcome == Outcome.OUT_OF_SCOPE:
        return [[*_votes("", level), _add("", level)], [_letter("", level)]]
    is_question = reply.score is not None  # else we ask back because nothing can be asked yet
    return [[_add("", level)]] if reply.outcome == Outcome.CLARIFY and is_question else []


def _votes(intent: str, level: Tier, liked: bool | None = None) -> list[InlineKeyboardButton]:
    return [_vote(kind, intent, level, liked) for kind in _SIGNS]


def _vote(kind: Kind, intent: str, level: Tier, liked: bool | None) -> InlineKeyboardButton:
    """The button says what is to be afterwards, not "the other way round": so it may be pressed twice."""
    is_given = liked is (kind == Kind.LIKE)
    label = f"{TICK if is_given else ''}{_SIGNS[kind]}"
    return button(label, Press(kind, intent, level, seen=int(is_given)))


def _marked(shown: InlineKeyboardButton, intent: str, level: Tier, liked: bool | None) -> InlineKeyboardButton:
    press = decode(str(shown.callback_data))
    return _vote(press.kind, intent, level, liked) if press and press.kind in _SIGNS else shown


def _add(intent: str, level: Tier) -> InlineKeyboardButton:
    return button(texts.ADD, Press(Kind.ADD, intent, level))


def _letter(intent: str, level: Tier) -> InlineKeyboardButton:
    return button(texts.LETTER, Press(Kind.LETTER, intent, level))


def _is_letter(row: Sequence[InlineKeyboardButton]) -> bool:
    presses = [decode(str(shown.callback_data)) for shown in row]
    return any(press and press.kind == Kind.LETTER for press in presses)
