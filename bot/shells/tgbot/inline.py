"""Inline mode: passages to choose from while somebody types our name and a word in any chat."""

from __future__ import annotations

import logging

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.dialogue.offer import Offer
from bot.dialogue.reply import Reply, Section
from bot.shells.tgbot import texts
from bot.shells.tgbot.links import ASK, link_to
from bot.shells.tgbot.render import render_card, render_reply
from bot.usecases import Conversations

_log = logging.getLogger(__name__)

PAGE = 20
"""Results that are sent at once; Telegram asks for the next ones when the person scrolls."""
CACHE_TIME = 10
"""Seconds that Telegram may answer the same person's same words by itself. Short: the level may change."""
MOST_DESCRIBED = 120
"""Characters of an excerpt under a result's title; phones show about so many."""


class Inline:
    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    async def on_query(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is None:
            raise TypeError("the handler lets nothing through but inline queries")
        # A private chat has the number of its person, so the level is the one that the person reads at there.
        offer = await self._conversations.offer(query.from_user.id, query.query)
        results, following = _page(offer, query.offset, context.bot.username)
        try:
            await query.answer(
                results,
                cache_time=CACHE_TIME,
                is_personal=True,
                next_offset=following,
                button=None
                if results or query.offset
                else InlineQueryResultsButton(texts.ASK_IN_CHAT, start_parameter=ASK),
            )
        except BadRequest as error:  # most often: the query is too old. Its person has typed on
            _log.info("update %s: the inline query was not answered (%s)", update.update_id, type(error).__name__)


def _page(offer: Offer, offset: str, username: str) -> tuple[list[InlineQueryResultArticle], str | None]:
    """The results from this offset on, and the offset of the next ones, if there are any."""
    start = int(offset) if offset.isdecimal() else 0
    end = start + PAGE
    results = [_card(section, username) for section in offer.sections[start:end]]
    if offer.help and not start:
        results.insert(0, _help(offer.help))
    return results, str(end) if end < len(offer.sections) else None


def _card(section: Section, username: str) -> InlineQueryResultArticle:
    ask = InlineKeyboardButton(texts.ASK_OSTEON, url=link_to(username, section.intent))
    return InlineQueryResultArticle(
        section.intent,
        section.title,
        InputTextMessageContent(render_card(section)),
        InlineKeyboardMarkup([[ask]]),
        description=_described(section.excerpts[0].text),
    )


def _help(reply: Reply) -> InlineQueryResultArticle:
    """The number to call stands in the list itself: nobody need choose anything to read it."""
    content = InputTextMessageContent(render_reply(reply)[0])
    whom_to_call = reply.lead.splitlines()[:2][-1]
    return InlineQueryResultArticle("help", texts.GET_HELP, content, description=whom_to_call)


def _described(text: str) -> str:
    if len(text) <= MOST_DESCRIBED:
        return text
    return f"{text[:MOST_DESCRIBED].rsplit(' ', 1)[0]} …"
