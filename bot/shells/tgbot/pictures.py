"""Pictures: drawn and sent when first asked for, then sent by the name that Telegram gave them."""

from __future__ import annotations

import asyncio

from telegram import Bot, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.corpus.pictures import Picture
from bot.shells.tgbot import texts
from bot.shells.tgbot.html import Block, Group, Span, bold, lay_out
from bot.shells.tgbot.keyboard import button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.send import send_page, typing_if_slow
from bot.usecases import Conversations

_WRONG_FILE = "file"
"""Stands in what Telegram says of a name it does not know: "wrong file identifier/HTTP URL specified", "wrong remote
file identifier specified". A name belongs to one bot, so all are wrong once the token is another bot's."""


class Pictures:
    def __init__(self, conversations: Conversations) -> None:
        self._pictures = conversations.know.pictures
        self._cache = conversations.pictures

    async def list(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """One button for each."""
        if update.effective_chat is None:
            raise TypeError("a command stands in a chat")
        rows = [[button(picture.name, Press(Kind.PICTURE, picture.id))] for picture in self._pictures.values()]
        await send_page(context.bot, update.effective_chat.id, Page(texts.PICTURES, keyboard(rows)))

    async def send(self, bot: Bot, chat_id: int, picture_id: str) -> None:
        from bot.shells.pictures.version import version_of  # here and below, since most chats see no picture

        picture = self._pictures[picture_id]
        key = await asyncio.to_thread(version_of, picture)
        file_id = await self._cache.file_id(key)
        if file_id and await self._sent_again(bot, chat_id, picture, file_id):
            return
        if file_id:
            await self._cache.forget(key)
        async with typing_if_slow(bot, chat_id):
            png = await asyncio.to_thread(_drawn, picture)
            message = await _send(bot, chat_id, picture, png)
        if message.photo:
            await self._cache.save(key, message.photo[-1].file_id)

    async def _sent_again(self, bot: Bot, chat_id: int, picture: Picture, file_id: str) -> bool:
        """False if Telegram no longer knows it by this name."""
        try:
            await _send(bot, chat_id, picture, file_id)
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


async def _send(bot: Bot, chat_id: int, picture: Picture, photo: bytes | str) -> Message:
    return await bot.send_photo(chat_id, photo, caption=render_caption(picture), filename=f"{picture.id}.png")
