"""Pictures: drawn and sent when first asked for, then sent by the name that Telegram gave them."""

from __future__ import annotations

import asyncio

from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.corpus.pictures import Picture
from bot.dialogue.knowledge import Knowledge
from bot.ports import PictureCache
from bot.shells.tgbot import texts
from bot.shells.tgbot.features import Pressed, Toast
from bot.shells.tgbot.html import Block, Group, Span, bold, lay_out
from bot.shells.tgbot.incoming import incoming
from bot.shells.tgbot.keyboard import button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.send import beside, send_page, typing_if_slow

_WRONG_FILE = "file"
"""Stands in what Telegram says of a name it does not know: "wrong file identifier/HTTP URL specified", "wrong remote
file identifier specified". A name belongs to one bot, so all are wrong once the token is another bot's."""


class Pictures:
    kinds = frozenset({Kind.PICTURE})

    def __init__(self, know: Knowledge, cache: PictureCache) -> None:
        self._pictures = know.pictures
        self._cache = cache

    def serves(self, query: CallbackQuery) -> bool:
        return query.message is not None

    def fits(self, press: Press) -> bool:
        return press.target in self._pictures

    def toast(self, press: Press) -> Toast:
        return f"{self._pictures[press.target].name}: one moment", False

    async def on_press(self, pressed: Pressed) -> None:
        await self.send(pressed.query.get_bot(), pressed.chat_id, pressed.press.target, pressed.message)

    async def list(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One button for each."""
        message = incoming(update)
        rows = [[button(picture.name, Press(Kind.PICTURE, picture.id))] for picture in self._pictures.values()]
        await send_page(context.bot, message.chat_id, Page(texts.PICTURES, keyboard(rows)), message)

    async def send(self, bot: Bot, chat_id: int, picture_id: str, below: Message | None) -> None:
        from bot.shells.pictures.version import version_of  # here and below, since most chats see no picture

        picture = self._pictures[picture_id]
        key = await asyncio.to_thread(version_of, picture)
        file_id = await self._cache.file_id(key)
        if file_id and await self._sent_again(bot, chat_id, picture, file_id, below):
            return
        if file_id:
            await self._cache.forget(key)
        async with typing_if_slow(bot, chat_id):
            png = await asyncio.to_thread(_drawn, picture)
            message = await _send(bot, chat_id, picture, png, below)
        if message.photo:
            await self._cache.save(key, message.photo[-1].file_id)

    async def _sent_again(self, bot: Bot, chat_id: int, picture: Picture, file_id: str, below: Message | None) -> bool:
        """False if Telegram no longer knows it by this name."""
        try:
            await _send(bot, chat_id, picture, file_id, below)
        except BadRequest as error:
            if _WRONG_FILE in error.message.lower():
                return False
            raise
        return True


def render_caption(picture: Picture) -> str:
    """What the picture tells, in the article's words and with their place, as HTML."""
    (page,) = lay_out([(bold(picture.name),), *_quoted(picture)])
    return page


def _quoted(picture: Picture) -> list[Group]:
    return [
        (Block((Span(quote.text),), quote=True), Block((Span(quote.citation, "i"),), close=True))
        for quote in picture.quotes
    ]


def _drawn(picture: Picture) -> bytes:
    from bot.shells.pictures.draw import draw_picture

    return draw_picture(picture)


async def _send(bot: Bot, chat_id: int, picture: Picture, photo: bytes | str, below: Message | None) -> Message:
    name = f"{picture.id}.png"
    return await bot.send_photo(chat_id, photo, caption=render_caption(picture), filename=name, **beside(below))
