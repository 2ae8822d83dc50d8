import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.gazetteer import Gazetteer
from bot.shells.encoder.cache import BlobCache
from bot.shells.gazetteer import load_gazetteer
from bot.shells.library import data_folder
from bot.shells.remind_jsonl import RemindLines
from bot.shells.reminder_words import load_reminder_words

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def ask(computed: Path) -> Ask:
    words = load_reminder_words(data_folder("intents"), [])
    assert words

    def load() -> Gazetteer:
        return load_gazetteer(data_folder("intents"), BlobCache(computed / "gazetteer.sqlite3"))

    lines = RemindLines(words, load)
    return lambda *given: [
        json.loads(answer)
        for answer in lines.answer(each if isinstance(each, str) else json.dumps(each) for each in given)
    ]


def test_a_text_gets_what_was_understood(ask: Ask) -> None:
    (answer,) = ask(
        {"id": 1, "text": "exercise on mondays at 7pm new york time, remind me", "now": "2026-11-26T09:00:00Z"}
    )
    assert answer == {
        "id": 1,
        "action": "subscribe",
        "streams": ["exercise"],
        "weekdays": [1],
        "time": "19:00",
        "zone": "America/New_York",
        "until": None,
    }


def test_an_end_is_worked_out_from_now(ask: Ask) -> None:
    (answer,) = ask({"id": 1, "text": "pause for two weeks", "now": "2027-02-01T09:00:00+01:00"})
    assert (answer["action"], answer["until"]) == ("pause", "2027-02-15")


def test_a_place_gets_zones(ask: Ask) -> None:
    assert ask({"id": "z", "place": "Munich"}) == [{"id": "z", "zones": ["Europe/Berlin"], "ask": False}]


def test_a_schedule_gets_three_instants(ask: Ask) -> None:
    (answer,) = ask({"id": 1, "zone": "Europe/London", "weekday": 7, "time": "01:30", "after": "2027-03-20T12:00:00Z"})
    assert answer == {"id": 1, "next": ["2027-03-21T01:30:00Z", "2027-03-28T01:30:00Z", "2027-04-04T00:30:00Z"]}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x",
        "[]",
        "null",
        "{}",
        '{"id": 1}',
        '{"text": "stop"}',
        '{"id": 1, "text": 5}',
        '{"id": true, "text": "stop"}',
        '{"id": NaN, "text": "stop"}',
        '{"id": 1, "text": "stop", "place": "Rome"}',
        '{"id": 1, "text": "stop", "now": "yesterday"}',
        '{"id": 1, "text": "stop", "now": "2026-01-01T00:00:00"}',
        '{"id": 1, "weekday": 1}',
        '{"id": 1, "zone": "Europe/Rome", "weekday": 8, "time": "09:00", "after": "2026-01-01T00:00:00Z"}',
        '{"id": 1, "zone": "Europe/Rome", "weekday": 1, "time": "9", "after": "2026-01-01T00:00:00Z"}',
        '{"id": 1, "zone": "Europe/Rome", "weekday": 1, "time": "24:00", "after": "2026-01-01T00:00:00Z"}',
        '{"id": 1, "zone": "../etc/passwd", "weekday": 1, "time": "09:00", "after": "2026-01-01T00:00:00Z"}',
        '{"id": 1, "zone": "", "weekday": 1, "time": "09:00", "after": "2026-01-01T00:00:00Z"}',
        '{"id": 1, "zone": "Europe/Rome", "weekday": 1, "time": "09:00", "after": "9999-12-30T00:00:00Z"}',
        '{"id": 1, "zone": "Europe/Rome", "weekday": 1, "time": "09:00", "after": "0001-01-01T00:00:00Z"}',
        "[" * 100_000,
    ],
)
def test_a_line_that_cannot_be_read_gets_an_error_and_the_rest_goes_on(ask: Ask, line: str) -> None:
    before, error, after = ask({"id": "a", "text": "stop"}, line, {"id": "b", "text": "stop"})
    assert (before["action"], after["action"]) == ("stop", "stop")
    assert list(error) == ["id", "error"]
    assert error["id"] in (None, 1)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_gets_one_line(ask: Ask, text: str) -> None:
    (answer,) = ask({"id": text, "text": text})
    assert answer["id"] == text
