"""How often the rules are right on labelled lines. These files measure; no rule repeats one of their sentences."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.reminders.gazetteer import Gazetteer
from bot.reminders.schedule import Schedule, next_occurrence
from bot.reminders.wording import Command, understand
from bot.reminders.words import ReminderWords
from bot.reminders.zones import Zones, find_zones
from bot.shells.library import data_folder

FOLDER = Path(__file__).parent.parent / "questions" / "reminders"
TODAY = date(2026, 11, 26)
PHRASES = ["reminders_phrases.jsonl", "own_phrases.jsonl", "own_second.jsonl", "own_third.jsonl", "own_fourth.jsonl"]


def _lines(name: str) -> list[dict[str, Any]]:
    return _read(FOLDER / name)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _fields(command: Command) -> dict[str, Any]:
    minute = command.minute
    return {
        "action": command.action.value,
        "streams": [stream.value for stream in command.streams],
        "weekdays": list(command.weekdays) if command.weekdays else None,
        "time": None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}",
    }


def _misses(name: str, words: ReminderWords, kinds: set[str]) -> tuple[list[str], int]:
    lines = [line for line in _lines(name) if line["expect"]["action"] in kinds]
    missed = [
        f"{line['text']} -> {got}"
        for line in lines
        if (got := _fields(understand(line["text"], words, TODAY))) not in [line["expect"], *line.get("accept", [])]
    ]
    return missed, len(lines)


@pytest.mark.parametrize("name", PHRASES)
def test_commands_are_understood(words: ReminderWords, name: str) -> None:
    missed, count = _misses(name, words, {"subscribe", "change", "pause", "resume", "show"})
    assert len(missed) <= 0.05 * count, missed


@pytest.mark.parametrize("name", PHRASES)
def test_a_wish_to_stop_is_always_understood(words: ReminderWords, name: str) -> None:
    missed, count = _misses(name, words, {"stop"})
    assert count > 5
    assert not missed


@pytest.mark.parametrize("name", PHRASES)
def test_what_is_no_command_is_left_alone(words: ReminderWords, name: str) -> None:
    missed, count = _misses(name, words, {"none"})
    assert len(missed) <= 0.03 * count, missed


def test_what_is_asked_of_the_article_is_left_alone(words: ReminderWords) -> None:
    """All examples and outside subjects, and all questions that measure the dialogue."""
    asked = [text for folder in ("topics", "outside") for text in _strings(data_folder("intents") / folder)]
    questions = [line for path in FOLDER.parent.glob("*.jsonl") for line in _read(path)]
    asked += [turn["text"] for line in questions for turn in line.get("turns", [line])]
    taken = [text for text in asked if not understand(text, words, TODAY).is_none]
    assert len(taken) <= 0.001 * len(asked), taken


def _strings(folder: Path) -> Iterator[str]:
    """Every text between quotes; what else stands there is names."""
    for path in sorted(folder.glob("*.yaml")):
        yield from re.findall(r'^ +- "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)


def _is_right(line: dict[str, Any], found: Zones) -> bool:
    expected, note = line["expect_any"], line.get("note", "")
    if not expected:
        return not found.zones
    if not found.zones or found.zones[0] not in expected:
        return False
    return not note.startswith("should ask") or (found.ask and sum(zone in expected for zone in found.zones) > 1)


def test_places_find_their_zones(gazetteer: Gazetteer) -> None:
    lines = _lines("zones.jsonl")
    missed = [line["text"] for line in lines if not _is_right(line, find_zones(line["text"], gazetteer))]
    assert len(missed) <= 0.03 * len(lines), missed


def _due(line: dict[str, Any]) -> Iterator[str]:
    hour, minute = line["time"].split(":")
    at = datetime.fromisoformat(line["after"])
    for _ in range(3):
        at = next_occurrence(Schedule((line["weekday"],), int(hour) * 60 + int(minute), line["zone"]), after=at)
        yield f"{at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("line", _lines("dst_cases.jsonl"), ids=lambda line: str(line["id"]))
def test_each_recurrence_is_right_to_the_second(line: dict[str, Any]) -> None:
    assert list(_due(line)) == line["expect"]
