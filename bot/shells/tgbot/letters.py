"""Questions that people send to the author: shown first, sent on a second press, taken back on a third.

The text is nowhere but in Telegram until it is sent: the reply under whose button was pressed, and the message that
shows what would be sent, both reply to the person's own message.
"""

from __future__ import annotations

import html

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, MessageEntity

from bot.dialogue.knowledge import Knowledge
from bot.ports import LetterStore
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.features import Pressed, Toast, is_private, judged_in, names_reply
from bot.shells.tgbot.keyboard import button, keyboard
from bot.shells.tgbot.numbers import number_in
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.send import beside, edit_to_page

MOST_LETTERS = 20
"""Of one chat within a day."""
LONGEST = 1000
"""Characters of one letter."""


class Letters:
    kinds = frozenset({Kind.LETTER, Kind.SEND, Kind.TAKE_BACK})

    def __init__(self, know: Knowledge, store: LetterStore) -> None:
        self._know = know
        self._store = store

    def serves(self, query: CallbackQuery) -> bool:
        return is_private(query)

    def fits(self, press: Press) -> bool:
        if press.kind == Kind.TAKE_BACK:
            return not press.target or number_in(press) is not None
        return names_reply(press, self._know)

    def toast(self, _press: Press) -> Toast:
        return None, False

    async def on_press(self, pressed: Pressed) -> None:
        if pressed.press.kind == Kind.LETTER:
            await self._show(pressed)
        elif pressed.press.kind == Kind.SEND:
            await edit_to_page(pressed.query, pressed.chat_id, await self._sent(pressed))
        else:
            await edit_to_page(pressed.query, pressed.chat_id, await self._taken_back(pressed))

    async def _show(self, pressed: Pressed) -> None:
        page = _preview(pressed, texts.LETTER_PREVIEW)
        where = beside(pressed.asked, quoting=True)
        await pressed.query.get_bot().send_message(pressed.chat_id, page.html, reply_markup=page.keyboard, **where)

    async def _sent(self, pressed: Pressed) -> Page:
        """Send what is shown, if it still is what the person wrote; else show what that is now."""
        text, asked, message = pressed.words, pressed.asked, pressed.message
        if text is None or asked is None or message is None or len(text) > LONGEST:
            return _preview(pressed, texts.LETTER_PREVIEW)
        if text != _quoted(message):
            return _preview(pressed, texts.LETTER_CHANGED)
        judged = judged_in(pressed.press)
        letter_id = await self._store.send(pressed.chat_id, asked.message_id, text, judged, most=MOST_LETTERS)
        if letter_id is None:
            return Page(texts.LETTERS_ENOUGH)
        back = button(texts.LETTER_BACK, Press(Kind.TAKE_BACK, str(letter_id)))
        return Page(texts.LETTER_SENT.format(text=html.escape(text, quote=False)), keyboard([[back]]))

    async def _taken_back(self, pressed: Pressed) -> Page:
        """Taken back twice is taken back."""
        letter_id = number_in(pressed.press)
        if letter_id is None:
            return Page(texts.LETTER_NOT_SENT)
        await self._store.take_back(pressed.chat_id, letter_id)
        return Page(texts.LETTER_TAKEN_BACK)


def _preview(pressed: Pressed, told: str) -> Page:
    text = pressed.words
    if text is None:
        return Page(texts.LETTER_NO_WORDS)
    if len(text) > LONGEST:
        return Page(texts.LETTER_TOO_LONG.format(most=LONGEST, characters=len(text)))
    return Page(told.format(text=html.escape(text, quote=False)), _choice(pressed.press))


def _choice(press: Press) -> InlineKeyboardMarkup | None:
    send = button(texts.LETTER_SEND, Press(Kind.SEND, press.target, press.level))
    return keyboard([[send, button(texts.LETTER_DO_NOT, Press(Kind.TAKE_BACK))]])


def _quoted(message: Message) -> str | None:
    """The text that a preview shows, as Telegram has it."""
    return next(iter(message.parse_entities([MessageEntity.BLOCKQUOTE]).values()), None)
