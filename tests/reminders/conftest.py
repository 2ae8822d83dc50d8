from pathlib import Path

import pytest

from bot.reminders.gazetteer import Gazetteer
from bot.reminders.words import ReminderWords
from bot.shells.encoder.cache import BlobCache
from bot.shells.gazetteer import load_gazetteer
from bot.shells.library import data_folder
from bot.shells.reminder_words import load_reminder_words
from bot.shells.yamlfile import Problem


@pytest.fixture(scope="session")
def words() -> ReminderWords:
    problems: list[Problem] = []
    loaded = load_reminder_words(data_folder("intents"), problems)
    assert loaded, problems
    return loaded


@pytest.fixture(scope="session")
def gazetteer(computed: Path) -> Gazetteer:
    return load_gazetteer(data_folder("intents"), BlobCache(computed / "gazetteer.sqlite3"))
