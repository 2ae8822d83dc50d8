"""Which messages answered which: one suite for all stores."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import ChatStore
from bot.shells.storage.memory import KEPT_FOR, MOST_ANSWERS, MemoryChatStore
from bot.shells.storage.place import place_of
from bot.shells.storage.stores import SqlChatStore
from tests.shells.storage.conftest import engine_for, opened

ANN, BOB = 77, -1_001_234_567_890


class Hands:
    """A clock that tests move on."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, clock: Hands) -> AsyncIterator[ChatStore]:
    if request.param == "memory":
        yield MemoryChatStore(clock)
        return
    settings = request.getfixturevalue(f"{request.param}_settings")
    async with opened(settings), engine_for(settings) as engine:
        yield SqlChatStore(engine, place_of(settings), clock)


async def test_what_answered_a_message_is_known_in_order(store: ChatStore) -> None:
    await store.answers.save(ANN, 5, [9, 7])
    await store.answers.save(BOB, 5, [2**40])
    assert await store.answers.load(ANN, 5) == (9, 7)
    assert await store.answers.load(BOB, 5) == (2**40,)
    assert await store.answers.load(ANN, 6) == ()


async def test_the_last_answer_counts(store: ChatStore) -> None:
    await store.answers.save(ANN, 5, [6, 7])
    await store.answers.save(ANN, 5, [6])
    assert await store.answers.load(ANN, 5) == (6,)


async def test_after_two_days_it_is_forgotten_in_every_chat(store: ChatStore, clock: Hands) -> None:
    await store.answers.save(ANN, 5, [6])
    clock.at += KEPT_FOR - timedelta(seconds=1)
    assert await store.answers.load(ANN, 5) == (6,)
    clock.at += timedelta(seconds=1)
    assert await store.answers.load(ANN, 5) == ()
    await store.answers.save(ANN, 7, [8])
    assert [row["message_id"] for row in (await store.rows_of(ANN))["answers"]] == [7]


async def test_of_a_lively_chat_the_last_ones_are_known(store: ChatStore) -> None:
    await store.answers.save(BOB, 1, [2])
    for number in range(MOST_ANSWERS + 3):
        await store.answers.save(ANN, number, [1000 + number])
    assert [await store.answers.load(ANN, number) for number in (0, 2, 3)] == [(), (), (1003,)]
    assert len((await store.rows_of(ANN))["answers"]) == MOST_ANSWERS
    assert await store.answers.load(BOB, 1) == (2,)


async def test_they_are_shown_and_forgotten_with_the_chat(store: ChatStore, clock: Hands) -> None:
    await store.answers.save(ANN, 5, [6])
    row = {"chat_id": ANN, "message_id": 5, "answer_ids": [6], "answered_at": clock.at.isoformat()}
    assert await store.rows_of(ANN) == {"answers": [row]}
    await store.forget(ANN)
    assert (await store.rows_of(ANN), await store.answers.load(ANN, 5)) == ({}, ())


async def test_a_chat_that_moves_forgets_them_since_its_messages_get_new_numbers(store: ChatStore) -> None:
    await store.answers.save(ANN, 5, [6])
    await store.migrate(ANN, BOB)
    assert (await store.rows_of(ANN), await store.answers.load(BOB, 5)) == ({}, ())
