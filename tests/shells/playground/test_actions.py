"""What the page may ask for, over HTTP."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap import now
from bot.shells.playground.stage import MOST_EVENTS
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
                playground.stage.move_clock()
            return [queue.get_nowait()["kind"] for _ in range(queue.qsize())]

    assert asyncio.run(fall_behind()) == ["everything"]
