"""Group commit: what comes while a transaction is under way waits for its end, and goes into the next one together.

A transaction of eight steps costs little more than one of a single step. What comes alone goes at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
Outcome = Callable[[], Any]
"""Gives what came of an item, or raises its error, which is none of the others' business."""


@dataclass(eq=False)
class _Waiting(Generic[Item]):
    key: Hashable
    item: Item
    outcome: Outcome | None = None


class GroupCommit(Generic[Item]):
    def __init__(self, commit: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]]) -> None:
        """`commit` does all of its items in one transaction, or none; the outcomes are in their order.

        It may be called twice for an item: where it is not known whether the first transaction was committed.
        """
        self._commit = commit
        self._waiting: list[_Waiting[Item]] = []
        self._one_at_a_time = asyncio.Lock()

    async def result(self, key: Hashable, item: Item) -> Any:
        """What comes of the item; of two with the same key, the later one goes into a later transaction.

        Raises what its outcome raises, or its transaction if that fails even with nothing else in it.
        """
        mine = _Waiting(key, item)
        self._waiting.append(mine)
        try:
            async with self._one_at_a_time:
                while mine.outcome is None:  # else another one has taken it along
                    await self._commit_all(self._next())
        finally:
            self._waiting.remove(mine)
        return mine.outcome()

    def _next(self) -> Sequence[_Waiting[Item]]:
        first: dict[Hashable, _Waiting[Item]] = {}
        for one in self._waiting:
            if one.outcome is None:
                first.setdefault(one.key, one)
        return list(first.values())

    async def _commit_all(self, group: Sequence[_Waiting[Item]]) -> None:
        try:
            outcomes = await self._commit([one.item for one in group])
        except Exception as error:
            if len(group) > 1:  # one may be to blame, and the others must not pay for it
                await asyncio.gather(*(self._commit_all([one]) for one in group))
                return
            outcomes = [raising(error)]
        for one, outcome in zip(group, outcomes, strict=True):
            one.outcome = outcome


def raising(error: Exception) -> Outcome:
    def outcome() -> None:
        raise error

    return outcome
