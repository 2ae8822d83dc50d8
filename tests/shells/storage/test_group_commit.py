from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from bot.shells.storage.group_commit import GroupCommit, Outcome, raising


class Database:
    """Keeps what each transaction held, and can be held up."""

    def __init__(self) -> None:
        self.transactions: list[list[str]] = []
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.refuses: Callable[[Sequence[str]], bool] = lambda _: False

    async def commit(self, items: Sequence[str]) -> list[Outcome]:
        await asyncio.sleep(0)
        await self.is_open.wait()
        if self.refuses(items):
            raise OSError("the disk is full")
        self.transactions.append(list(items))
        return [raising(ValueError(item)) if item == "bad" else partial(str.upper, item) for item in items]


@pytest.fixture
def database() -> Database:
    return Database()


@pytest.fixture
def group(database: Database) -> GroupCommit[str]:
    return GroupCommit(database.commit)


async def all_of(group: GroupCommit[str], *items: str) -> list[Any]:
    return await asyncio.gather(*(group.result(item, item) for item in items), return_exceptions=True)


async def test_what_comes_alone_goes_at_once(group: GroupCommit[str], database: Database) -> None:
    assert await group.result(1, "a") == "A"
    assert await group.result(1, "b") == "B"
    assert database.transactions == [["a"], ["b"]]


async def test_what_comes_meanwhile_goes_together(group: GroupCommit[str], database: Database) -> None:
    database.is_open.clear()
    first = asyncio.create_task(group.result("a", "a"))
    await asyncio.sleep(0)
    others = asyncio.create_task(all_of(group, "b", "c", "d"))
    await asyncio.sleep(0)
    database.is_open.set()
    assert [await first, *await others] == ["A", "B", "C", "D"]
    assert database.transactions == [["a"], ["b", "c", "d"]]


async def test_two_with_one_key_are_not_in_one_transaction(group: GroupCommit[str], database: Database) -> None:
    assert await asyncio.gather(*(group.result(7, item) for item in "abc")) == ["A", "B", "C"]
    assert database.transactions == [["a"], ["b"], ["c"]]


async def test_an_error_of_one_is_no_other_ones(group: GroupCommit[str], database: Database) -> None:
    _, b, bad, c = await all_of(group, "first", "b", "bad", "c")
    assert database.transactions == [["first"], ["b", "bad", "c"]]
    assert (b, c) == ("B", "C")
    assert isinstance(bad, ValueError)


async def test_if_a_transaction_fails_each_gets_one_of_its_own(group: GroupCommit[str], database: Database) -> None:
    database.refuses = lambda items: "poison" in items
    _, b, poison, c = await all_of(group, "first", "b", "poison", "c")
    assert database.transactions == [["first"], ["b"], ["c"]]
    assert (b, c) == ("B", "C")
    assert isinstance(poison, OSError)
    assert await group.result("later", "d") == "D"


async def test_who_is_cancelled_takes_nobody_along(group: GroupCommit[str], database: Database) -> None:
    database.is_open.clear()
    first = asyncio.create_task(group.result("a", "a"))
    await asyncio.sleep(0)
    others = asyncio.create_task(all_of(group, "b", "c"))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    database.is_open.set()
    assert await others == ["B", "C"]
    assert first.cancelled()
    assert database.transactions == [["b", "c"]]
