"""Loads content/ and intents/ whole: from the folders that the settings name, from the project, or from the wheel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import bot
from bot.corpus.models import Article
from bot.corpus.pictures import Picture
from bot.matching.intents import Catalogue
from bot.reminders.themes import Theme
from bot.reminders.words import ReminderWords
from bot.shells.catalogue import load_catalogue
from bot.shells.content import load_article
from bot.shells.gazetteer import load_places
from bot.shells.picture_words import load_pictures
from bot.shells.reminder_words import load_reminder_words
from bot.shells.rules import Rules, load_rules
from bot.shells.themes import load_themes
from bot.shells.yamlfile import Problem

_PACKAGE = Path(bot.__file__).parent


@dataclass(frozen=True)
class Library:
    """All data that the bot speaks from, as far as it could be read."""

    article: Article
    catalogue: Catalogue
    rules: Rules | None
    themes: tuple[Theme, ...]
    """Of the weekly reminders."""
    reminder_words: ReminderWords | None
    pictures: Mapping[str, Picture]
    problems: tuple[Problem, ...]


def load_library(content: Path | None, intents: Path | None) -> Library:
    """Raises ContentError if a folder is none of ours at all; every other fault is in `problems`."""
    loaded = load_article(content or data_folder("content"))
    folder = intents or data_folder("intents")
    catalogue = load_catalogue(folder, loaded.article)
    problems = [*loaded.problems, *catalogue.problems]
    rules = load_rules(folder, problems)
    words = load_reminder_words(folder, problems)
    load_places(folder, problems)  # they are used elsewhere; here only their faults are told
    themes = load_themes(content or data_folder("content"), loaded.article, catalogue.catalogue, problems)
    intent_ids = catalogue.catalogue.intents.keys()
    pictures = load_pictures(content or data_folder("content"), loaded.article, intent_ids, problems)
    return Library(loaded.article, catalogue.catalogue, rules, themes, words, pictures, tuple(problems))


def data_folder(name: str) -> Path:
    """Beside the package in a checkout, inside it in an installed wheel."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
