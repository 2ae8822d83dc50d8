"""The list of questions that a person wants to ask their doctor."""

from __future__ import annotations

import html
from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardMarkup, InputFile, Update
from telegram.constants import ChatType, KeyboardButtonStyle
from telegram.ext import ContextTypes

from bot.dialogue.knowledge import Knowledge
from bot.ports import Added, Question, VisitStore
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.features import Pressed, Toast, is_private, names_reply
from bot.shells.tgbot.html import utf16_length
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.keyboard import button, keyboard
from bot.shells.tgbot.numbers import number_in
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.send import beside, edit_to_page, send_page
from bot.shells.tgbot.visit_sheet import about, render_sheet

_DELETE, _YES = "delete", "yes"
_FIXED = {Kind.LIST: ("", _DELETE), Kind.PRINT: ("",), Kind.CLEAR: ("", _YES)}
_LIST_ROOM = 3000
"""UTF-16 units for the questions of a list that stands in one message, which Telegram limits to 4096."""
_LONGEST = 300
"""UTF-16 units of one question there; the sheet has it in full."""
_A_ROW = 3
"""Buttons that fit side by side on a small phone."""


class Visit:
    kinds = frozenset({Kind.ADD, Kind.LIST, Kind.DELETE, Kind.PRINT, Kind.CLEAR})

    def __init__(self, know: Knowledge, store: VisitStore) -> None:
        self._know = know
        self._store = store

    def serves(self, query: CallbackQuery) -> bool:
        return is_private(query)

    def fits(self, press: Press) -> bool:
        if press.kind == Kind.ADD:
            return names_reply(press, self._know)
        if press.kind == Kind.DELETE:
            return number_in(press) is not None
        return press.target in _FIXED[press.kind]

    def toast(self, _press: Press) -> Toast:
        return None, False

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message = incoming(update)
        private = message.chat.type == ChatType.PRIVATE
        page = await self._list(message.chat_id) if private else Page(texts.PRIVATE_ONLY)
        await send_page(context.bot, message.chat_id, page, message)

    async def on_press(self, pressed: Pressed) -> None:
        chat_id, kind = pressed.chat_id, pressed.press.kind
        if kind == Kind.ADD:
            await send_page(pressed.query.get_bot(), chat_id, await self._added(pressed), pressed.query.message)
        elif kind == Kind.PRINT:
            await self._print(pressed)
        else:
            await edit_to_page(pressed.query, chat_id, await self._changed(chat_id, pressed.press))

    async def _added(self, pressed: Pressed) -> Page:
        """The person's own words; the answer to a pressed button has none and goes by its title."""
        press = pressed.press
        intent = press.target or None
        text = pressed.words or (self._know.intents[intent].title if intent else None)
        if text is None or press.level is None:
            return Page(texts.VISIT_NO_WORDS)
        added = await self._store.add(pressed.chat_id, text, intent, press.level, most=texts.MOST_QUESTIONS)
        told = {Added.ADDED: texts.VISIT_ADDED, Added.THERE: texts.VISIT_THERE, Added.FULL: texts.VISIT_FULL}[added]
        shown = html.escape(_shortened(text, _LONGEST), quote=False)
        return Page(told.format(text=shown), keyboard([[button(texts.VISIT_SHOW, Press(Kind.LIST))]]))

    async def _changed(self, chat_id: int, press: Press) -> Page:
        """The list after a press, or what comes in its place."""
        if press.kind == Kind.DELETE:
            await self._store.delete(chat_id, number_in(press) or 0)
            return await self._list(chat_id, deleting=True)
        if press.kind == Kind.LIST:
            return await self._list(chat_id, deleting=press.target == _DELETE)
        if press.target == _YES:
            await self._store.clear(chat_id)
            return Page(texts.VISIT_CLEARED)
        return await self._ask_to_clear(chat_id)

    async def _ask_to_clear(self, chat_id: int) -> Page:
        questions = await self._store.questions(chat_id)
        if not questions:
            return Page(texts.VISIT_EMPTY)
        yes = button(texts.VISIT_DELETE_YES, Press(Kind.CLEAR, _YES), KeyboardButtonStyle.DANGER)
        no = button(texts.VISIT_KEEP, Press(Kind.LIST))
        return Page(texts.VISIT_CLEAR.format(count=texts.how_many(len(questions))), keyboard([[yes, no]]))

    async def _list(self, chat_id: int, *, deleting: bool = False) -> Page:
        questions = await self._store.questions(chat_id)
        if not questions:
            return Page(texts.VISIT_EMPTY)
        told = texts.VISIT_DELETING if deleting else texts.VISIT
        return Page(told.format(questions=self._lines(questions)), _deleting(questions) if deleting else _menu())

    def _lines(self, questions: Sequence[Question]) -> str:
        room = min(_LONGEST, _LIST_ROOM // len(questions))
        lines = [_shortened(f"{question.text}{about(question, self._know)}", room) for question in questions]
        return "\n".join(f"{number}. {html.escape(line, quote=False)}" for number, line in enumerate(lines, start=1))

    async def _print(self, pressed: Pressed) -> None:
        bot, questions = pressed.query.get_bot(), await self._store.questions(pressed.chat_id)
        if not questions:
            await edit_to_page(pressed.query, pressed.chat_id, Page(texts.VISIT_EMPTY))
            return
        sheet = InputFile(render_sheet(questions, self._know).encode(), texts.VISIT_FILE)
        where = beside(pressed.query.message)
        await bot.send_document(pressed.chat_id, sheet, caption=texts.VISIT_FILE_SAYS, **where)


def _menu() -> InlineKeyboardMarkup | None:
    sheet = button(texts.VISIT_PRINT, Press(Kind.PRINT))
    one = button(texts.VISIT_DELETE_ONE, Press(Kind.LIST, _DELETE))
    return keyboard([[sheet], [one, button(texts.VISIT_DELETE_ALL, Press(Kind.CLEAR))]])


def _deleting(questions: Sequence[Question]) -> InlineKeyboardMarkup | None:
    buttons = [
        button(texts.delete_number(number), Press(Kind.DELETE, str(question.id)))
        for number, question in enumerate(questions, start=1)
    ]
    rows = [buttons[start : start + _A_ROW] for start in range(0, len(buttons), _A_ROW)]
    return keyboard([*rows, [button(texts.VISIT_BACK, Press(Kind.LIST))]])


def _shortened(text: str, room: int) -> str:
    """On one line, and cut if it takes more UTF-16 units than there is room for."""
    line = " ".join(text.split())
    if utf16_length(line) <= room:
        return line
    return line.encode("utf-16-le")[: 2 * (room - 2)].decode("utf-16-le", "ignore").rstrip() + " …"
