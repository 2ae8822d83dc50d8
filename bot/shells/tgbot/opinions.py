"""Thumbs up and down under answers and refusals. What is kept of them holds no word of anybody."""

from __future__ import annotations

from contextlib import suppress

from telegram import CallbackQuery
from telegram.error import BadRequest

from bot.dialogue.knowledge import Knowledge
from bot.ports import VoteStore
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.features import Pressed, Toast, is_private, judged_in, names_reply
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.send import NO_DEFAULTS
from bot.shells.tgbot.under import with_vote


class Opinions:
    kinds = frozenset({Kind.LIKE, Kind.DISLIKE})

    def __init__(self, know: Knowledge, store: VoteStore) -> None:
        self._know = know
        self._store = store

    def serves(self, _query: CallbackQuery) -> bool:
        return True

    def fits(self, press: Press) -> bool:
        return names_reply(press, self._know) and press.seen in (0, 1)

    def toast(self, press: Press) -> Toast:
        if press.seen:
            return texts.VOTE_TAKEN_BACK, False
        return texts.LIKED if press.kind == Kind.LIKE else texts.DISLIKED, False

    async def on_press(self, pressed: Pressed) -> None:
        press, above = pressed.press, pressed.query.message
        if above is None:
            return
        liked = None if press.seen else press.kind == Kind.LIKE
        if liked is None:
            await self._store.take_back(pressed.chat_id, above.message_id)
        else:
            await self._store.vote(pressed.chat_id, above.message_id, judged_in(press), liked=liked)
        await _mark(pressed, liked)


async def _mark(pressed: Pressed, liked: bool | None) -> None:
    """Show the vote on its button. It counts, whether or not Telegram still changes the message."""
    message = pressed.message
    if message is None or message.reply_markup is None:
        return
    markup = with_vote(message.reply_markup, pressed.press, liked=liked, letter=is_private(pressed.query))
    with suppress(BadRequest):
        await message.edit_reply_markup(markup, api_kwargs=NO_DEFAULTS)
