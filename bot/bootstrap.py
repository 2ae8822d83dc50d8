"""Builds everything and hands it to each other. The only place that knows all the parts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import numpy as np

from bot.dialogue.knowledge import Knowledge
from bot.errors import ContentError
from bot.matching import urgent_meaning
from bot.matching.intents import Catalogue
from bot.matching.matcher import Matcher
from bot.matching.normalise import words_of
from bot.matching.reader import Reader
from bot.matching.remembered import Arrays
from bot.matching.spelling import Speller
from bot.matching.watch import Watch, check_watch
from bot.ports import Storage
from bot.reminders.gazetteer import Gazetteer
from bot.reminders.knowledge import ReminderKnowledge
from bot.reminders.words import ReminderWords
from bot.settings import Settings
from bot.shells.encoder.cache import BlobCache, CachedEncoder, Progress, cached_arrays, key_of
from bot.shells.encoder.minilm import MODEL_SHA256, EncoderMissingError, MiniLM, common_words, give_back_memory
from bot.shells.library import Library, data_folder, load_library
from bot.shells.remind_jsonl import RemindLines
from bot.shells.reminder_words import load_reminder_words
from bot.shells.rules import Rules
from bot.shells.yamlfile import Problem

Result = TypeVar("Result")


@dataclass(frozen=True)
class Core:
    """What every channel talks to."""

    knowledge: Knowledge
    reminders: ReminderKnowledge
    library: Library
    warning: str | None
    """Why matching goes by words alone, if it does; to be shown wherever an operator or author looks."""


def build_core(settings: Settings, *, progress: Progress = iter, by_meaning: bool = True) -> Core:
    """Load, check and fit everything. Raises ContentError with all problems if the data cannot be trusted.

    `by_meaning` False leaves the encoder out, as if its package were missing; for measuring what is then left.
    """
    library = load_library(settings.osteon_content, settings.osteon_intents)
    words = library.reminder_words
    if library.problems or library.rules is None or words is None:
        raise ContentError("\n".join(str(problem) for problem in library.problems))
    cache = BlobCache(settings.osteon_data / "cache" / "fitted.sqlite3")
    encoder, warning = _encoder(cache, progress) if by_meaning else (None, "Matching goes by words alone, as asked.")
    knowledge = _knowledge(library, library.rules, encoder, cache)
    give_back_memory()
    reminders = ReminderKnowledge(words, library.themes, lambda: build_gazetteer(settings))
    return Core(knowledge, reminders, library, warning)


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def build_storage(settings: Settings, *, serves: bool = False) -> AbstractAsyncContextManager[Storage]:
    """The database. It is opened, and may raise StorageError, when the context is entered.

    `serves`: whether people are served from it, which on SQLite one process at a time may do.
    """
    from bot.shells.storage.database import open_storage  # here, since importing SQLAlchemy takes 0.25 s

    return open_storage(settings, now, serves=serves)


def read_storage(settings: Settings, read: Callable[[Storage], Coroutine[Any, Any, Result]]) -> Result:
    """What `read` finds in the database. Raises StorageError."""

    async def opened() -> Result:
        async with build_storage(settings) as storage:
            return await read(storage)

    return asyncio.run(opened())


def migrate_storage(settings: Settings) -> str:
    """Bring the schema up to date, and say what was done. Raises StorageError."""
    from bot.shells.storage.database import migrate

    return asyncio.run(migrate(settings))


def build_reminder_words(settings: Settings) -> ReminderWords:
    """Raises ContentError with all problems of intents/reminders.yaml."""
    problems: list[Problem] = []
    words = load_reminder_words(settings.osteon_intents or data_folder("intents"), problems)
    if words is None or problems:
        raise ContentError("\n".join(str(problem) for problem in problems))
    return words


def build_gazetteer(settings: Settings) -> Gazetteer:
    """For when a place is first asked about; the first time of all takes some seconds. Raises ContentError."""
    from bot.shells.gazetteer import load_gazetteer  # here, since few commands need it

    cache = BlobCache(settings.osteon_data / "cache" / "fitted.sqlite3")
    gazetteer = load_gazetteer(settings.osteon_intents or data_folder("intents"), cache)
    give_back_memory()  # the lists it is built from are large
    return gazetteer


def build_remind_lines(settings: Settings) -> RemindLines:
    return RemindLines(build_reminder_words(settings), lambda: build_gazetteer(settings))


def _encoder(cache: BlobCache, progress: Progress) -> tuple[CachedEncoder | None, str | None]:
    try:
        return CachedEncoder(MiniLM(), cache, MODEL_SHA256, progress), None
    except EncoderMissingError as error:
        return None, f"Matching goes by words alone and will understand less: {error}"


def _knowledge(library: Library, rules: Rules, encoder: CachedEncoder | None, cache: BlobCache) -> Knowledge:
    known = _known_words(library)
    speller = Speller(known | rules.words, common_words())
    reader = Reader(library.catalogue.synonyms, speller)

    def remember(key: Sequence[str], compute: Callable[[], Arrays]) -> Arrays:
        return cached_arrays(cache, key_of("fitted", *key), compute)

    calibration = rules.calibration if encoder else rules.lexical_calibration
    matcher = Matcher(library.catalogue, library.article, reader, rules.guards, calibration, encoder, remember)
    plain = list(_examples(library.catalogue))
    watch = Watch(rules.urgent, reader, encoder, plain, remember)
    _prove_watch(watch, rules, encoder is not None, cache, plain)
    return Knowledge(
        article=library.article,
        catalogue=library.catalogue,
        matcher=matcher,
        reader=reader,
        watch=watch,
        level_words=rules.levels,
        follow_up_words=rules.follow_ups,
        english=frozenset(known),
        pictures=library.pictures,
    )


def _prove_watch(watch: Watch, rules: Rules, by_meaning: bool, cache: BlobCache, plain: Sequence[str]) -> None:
    """Hold the rules for emergencies to their own messages; a proof is remembered for the same data and thresholds."""

    def prove() -> Arrays:
        problems = list(check_watch(watch, rules.urgent, by_meaning=by_meaning))
        if problems:
            raise ContentError("\n".join(f"intents/urgent.yaml: {problem}" for problem in problems))
        return {"proved": np.ones(1, np.float32)}

    cached_arrays(
        cache,
        key_of("proved", urgent_meaning.VERSION, MODEL_SHA256, str(by_meaning), repr(rules.urgent), *plain),
        prove,
    )


def _examples(catalogue: Catalogue) -> Iterator[str]:
    for intent in catalogue.intents.values():
        yield from intent.examples
    for subject in catalogue.subjects.values():
        yield from subject.examples
    for kind in catalogue.small_talk.values():
        yield from kind.examples


def _known_words(library: Library) -> set[str]:
    """The English that the catalogue and the article are written in; greetings in other languages are left out."""
    texts = [passage.text for passage in library.article.passages.values()]
    texts += [text for intent in library.catalogue.intents.values() for text in intent.examples]
    texts += [text for subject in library.catalogue.subjects.values() for text in subject.examples]
    return {word for text in texts for word in words_of(text)}
