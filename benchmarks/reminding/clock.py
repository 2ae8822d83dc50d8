"""Time that passes as it does while something is done, and in no time at all while everybody sleeps."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

Result = TypeVar("Result")


class SkippingLoop(asyncio.SelectorEventLoop):
    """Its clock runs ahead of the real one by all the sleep that was left out. So `asyncio.sleep` needs no stand-in."""

    def __init__(self) -> None:
        self.skipped = 0.0
        self.working = 0
        """Calls to a database that are under way."""
        self.longest_block = 0.0
        """Seconds for which the loop did not look whether anything else is to be done."""
        super().__init__(_Selector(self))

    def time(self) -> float:
        return time.monotonic() + self.skipped

    def now(self) -> datetime:
        """The instant that its clock shows, in UTC; the first is a Monday."""
        return _START + timedelta(seconds=self.time())

    @contextmanager
    def real_time(self) -> Iterator[None]:
        """While something happens outside the loop, sleep is no shorter than it is."""
        self.working += 1
        try:
            yield
        finally:
            self.working -= 1


_START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC) - timedelta(seconds=time.monotonic())


class _Selector(selectors.DefaultSelector):  # which class it is depends on the platform
    def __init__(self, loop: SkippingLoop) -> None:
        super().__init__()
        self._loop = loop
        self._left_at: float | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        loop, now = self._loop, time.perf_counter()
        if self._left_at is not None:
            loop.longest_block = max(loop.longest_block, now - self._left_at)
        ready = super().select(timeout if loop.working or timeout is None else 0)
        if not ready and timeout and not loop.working:
            loop.skipped += timeout
        self._left_at = time.perf_counter()
        return ready


def run(main: Callable[[SkippingLoop], Coroutine[Any, Any, Result]]) -> Result:
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        return runner.run(main(runner.get_loop()))  # type: ignore[arg-type]  # it is the one that we make
