"""Browsing what the article speaks about: version, theme, topic, then the questions of the topic."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.matching.intents import Intent, Topic
from bot.shells.tgbot import texts
from bot.shells.tgbot.keyboard import Row, button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press

TICK = "✓ "


def themes_page(know: Knowledge, level: Tier) -> Page:
    rows = [tier_row(Kind.THEMES_AT_LEVEL, level), *theme_rows(know, Kind.THEME)]
    return Page(texts.TOPICS.format(level=level.label), keyboard(rows))


def theme_rows(know: Knowledge, kind: Kind) -> list[Row]:
    themes = dict.fromkeys(topic.theme for topic in know.catalogue.topics.values())
    return [[button(theme, Press(kind, slug(theme)))] for theme in themes]


def tier_row(kind: Kind, level: Tier) -> Row:
    return [button(f"{TICK if tier == level else ''}{tier.label}", Press(kind, level=tier)) for tier in Tier]


def theme_page(know: Knowledge, level: Tier, theme: str) -> Page | None:
    """The topics of a theme, by its slug, those of this level first; None if there is no such theme."""
    topics = [topic for topic in know.catalogue.topics.values() if slug(topic.theme) == theme]
    if not topics:
        return None
    topics.sort(key=lambda topic: _tier(topic.intents, level) != level)
    rows = [[_topic_button(topic, level)] for topic in topics]
    text = texts.THEME.format(theme=html.escape(topics[0].theme))
    elsewhere = any(_tier(topic.intents, level) != level for topic in topics)
    return _page(text, elsewhere, [*rows, back("All topics", Press(Kind.THEMES))])


def topic_page(know: Knowledge, level: Tier, topic_id: str) -> Page | None:
    """The intents of a topic; None if there is no such topic."""
    topic = know.catalogue.topics.get(topic_id)
    if topic is None:
        return None
    rows = [[_intent_button(intent, level)] for intent in topic.intents]
    text = texts.TOPIC.format(topic=html.escape(_capital(topic.name)))
    elsewhere = any(_tier([intent], level) != level for intent in topic.intents)
    return _page(text, elsewhere, [*rows, back(topic.theme, Press(Kind.THEME, slug(topic.theme)))])


def back(label: str, press: Press) -> Row:
    return [button(f"↩ {label}", press)]


def slug(theme: str) -> str:
    """A theme as buttons name it: "How bone lives" as how-bone-lives."""
    return re.sub(r"[^a-z0-9]+", "-", theme.lower()).strip("-")


def _page(text: str, elsewhere: bool, rows: Sequence[Row]) -> Page:
    return Page(f"{text}\n\n{texts.ELSEWHERE}" if elsewhere else text, keyboard(rows))


def _topic_button(topic: Topic, level: Tier) -> InlineKeyboardButton:
    """Opens the topic or, if it has one question only, answers it."""
    if len(topic.intents) == 1:
        return _intent_button(topic.intents[0], level)
    label = _marked(f"{_capital(topic.name)} …", _tier(topic.intents, level), level)
    return button(label, Press(Kind.TOPIC, topic.id))


def _intent_button(intent: Intent, level: Tier) -> InlineKeyboardButton:
    return button(_marked(intent.title, _tier([intent], level), level), Press(Kind.ANSWER, intent.id))


def _tier(intents: Sequence[Intent], level: Tier) -> Tier:
    """The tier that answers at this level, for the intent among these that comes nearest to it."""
    return min((intent.nearest_tier(level) for intent in intents), key=lambda tier: abs(tier.step - level.step))


def _marked(label: str, tier: Tier, level: Tier) -> str:
    return label if tier == level else f"{label} ({tier.label})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
