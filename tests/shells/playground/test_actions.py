"""What the page may ask for, over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap import now
from bot.shells.playground.stage import MOST_EVENTS
from bot.shells.playground.telegram.records import Chat, Message
from tests.shells.playground.conftest import Playground

ANN, BOB, GROUP = 1001, 1002, -1003


def do(playground: Playground, name: str, **asked: Any) -> tuple[int, dict[str, Any]]:
    with playground.client as client:
        answer = client.post(f"/do/{name}", json=asked)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("dance", {}),
        ("say", {"person": 7, "chat": ANN, "text": "x"}),
        ("say", {"person": ANN, "chat": BOB, "text": "x"}),
        ("say", {"person": ANN, "chat": ANN, "text": " "}),
        ("say", {"person": ANN, "chat": ANN, "text": "x", "reply_to": 999}),
        ("edit", {"person": ANN, "chat": ANN, "message": 999, "text": "x"}),
        ("press", {"person": ANN, "chat": ANN, "message": 999, "data": "x"}),
        ("choose", {"person": ANN, "chat": ANN, "query": "none", "result": "x"}),
        ("location", {"person": ANN, "chat": ANN, "latitude": 91, "longitude": 0}),
        ("location", {"person": ANN, "chat": ANN}),
        ("clock", {"hours": -1}),
        ("clock", {"hours": "nan"}),
        ("clock", {"hours": 1e9}),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_word(playground: Playground, name: str, asked: dict[str, Any]) -> None:
    status, told = do(playground, name, **asked)
    assert (status, bool(told["error"])) == (400, True)


def test_what_is_no_object_or_too_long_is_refused(playground: Playground) -> None:
    with playground.client as client:
        for body in (b"[]", b"{", b"x" * 70_000):
            answer = client.post("/do/say", content=body, headers={"Content-Type": "application/json"})
            assert answer.status_code == 400


def test_the_clock_of_people_and_bot_goes_forward(playground: Playground) -> None:
    status, told = do(playground, "clock", hours=168)
    assert status == 200
    assert playground.stage.clock() - now() > timedelta(days=6, hours=23)
    assert told["now"] > now().isoformat()


def test_who_blocks_the_bot_takes_nothing_until_unblocked(playground: Playground) -> None:
    chat = playground.stage.accounts[BOB].private
    do(playground, "block", person=BOB, chat=BOB, blocked=True)
    assert chat.blocked
    do(playground, "block", person=BOB, chat=BOB, blocked=False)
    assert not chat.blocked


def test_a_location_and_a_reply_reach_the_chat(playground: Playground) -> None:
    _, first = do(playground, "location", person=ANN, chat=GROUP, latitude=52.5, longitude=13.4)
    _, second = do(playground, "say", person=BOB, chat=GROUP, text="where?", reply_to=first["message"])
    replied = playground.stage.group.messages[second["message"]].reply_to
    assert replied is not None
    assert replied.content == {"location": {"latitude": 52.5, "longitude": 13.4}}


def test_a_page_that_is_far_behind_is_told_how_everything_is(playground: Playground) -> None:
    async def fall_behind() -> list[str]:
        with playground.stage.watching() as queue:
            for _ in range(MOST_EVENTS):
                playground.stage.tell_time()
            return [queue.get_nowait()["kind"] for _ in range(queue.qsize())]

    assert asyncio.run(fall_behind()) == ["everything"]


def test_reminders_that_fall_due_while_the_clock_moves_on_arrive_on_their_days(playground: Playground) -> None:
    bob = playground.stage.accounts[BOB].private
    do(playground, "say", person=BOB, chat=BOB, text="remind me about nutrition on mondays and thursdays at 10:00")
    _wait_until(lambda: "Where do you live?" in _last(bob).text)
    do(playground, "say", person=BOB, chat=BOB, text="Paris")
    _wait_until(lambda: "Shall I remind you like this?" in _last(bob).text)
    confirm = next(b for row in _last(bob).rows for b in row if b["text"] == "Yes, remind me")
    press = {"person": BOB, "chat": BOB, "message": _last(bob).id, "data": confirm["callback_data"]}
    do(playground, "press", **press)
    _wait_until(lambda: "I will remind you" in _last(bob).text)
    before = len(bob.messages)
    assert do(playground, "clock", hours=24 * 8)[0] == 200
    reminders = [message for message in list(bob.messages.values())[before:] if "nutrition reminder" in message.text]
    assert 2 <= len(reminders) <= 3
    assert not any("later than you asked" in message.text for message in reminders)


def _last(chat: Chat) -> Message:
    return list(chat.messages.values())[-1]


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
