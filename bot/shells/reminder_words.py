"""Reads intents/reminders.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.errors import ContentError
from bot.matching.phrases import compile_phrase
from bot.reminders.words import Names, Patterns, ReminderWords
from bot.shells.yamlfile import FileModel, Problem, YamlFile

Day = Annotated[int, Field(ge=1, le=7)]
Texts = list[str]


class RemindersFile(FileModel):
    lists: dict[str, Texts]
    patterns: dict[str, Texts]
    alone: dict[str, Texts]
    fillers: Texts
    feasts: dict[str, Annotated[str, Field(pattern=r"^\d\d-\d\d$")]]
    weekdays: dict[Day, Texts]
    day_groups: dict[str, list[Day]]
    months: Annotated[list[Texts], Field(min_length=12, max_length=12)]
    parts: dict[str, Texts]
    numbers: dict[str, int]
    real_words: Texts
    shorthand: dict[str, str]


def load_reminder_words(folder: Path, problems: list[Problem]) -> ReminderWords | None:
    """None if the file cannot be used; its problems are then in the list."""
    file = YamlFile(folder / "reminders.yaml")
    parsed: RemindersFile | None = file.parse(RemindersFile, problems)
    if parsed is None:
        return None
    try:
        return _built(parsed)
    except ContentError:
        problems += _bad_patterns(file, parsed)
    except KeyError as error:
        problems.append(file.problem(f"the list or key {error} is missing", "lists"))
    return None


def _built(file: RemindersFile) -> ReminderWords:
    return ReminderWords(
        names=Names(
            weekdays={name: day for day, names in file.weekdays.items() for name in names},
            groups={name: frozenset(days) for name, days in file.day_groups.items()},
            months={name: number for number, names in enumerate(file.months, start=1) for name in names},
            parts={name: part for part, names in file.parts.items() for name in names},
            numbers=file.numbers,
            feasts={name: (int(at[:2]), int(at[3:])) for name, at in file.feasts.items()},
        ),
        lists=file.lists,
        patterns=Patterns(file.patterns, file.alone),
        fillers=frozenset(file.fillers),
        real=frozenset(file.real_words),
        shorthand=file.shorthand,
    )


def _bad_patterns(file: YamlFile, parsed: RemindersFile) -> Iterator[Problem]:
    for name, texts in parsed.patterns.items():
        for at, text in enumerate(texts):
            try:
                compile_phrase(text, parsed.lists)
            except ContentError as error:
                yield file.problem(str(error), "patterns", name, at)
