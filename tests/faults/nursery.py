"""Where the processes come from, as tests see it; see process.py."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import bot
from tests.faults.process import Order, as_line

PATIENCE = 60.0
"""Seconds."""
NO_CERTIFICATES = {"SSL_CERT_FILE": "", "SSL_CERT_DIR": "/"}
"""To read all that there are would be half of what a process does here."""


class Child:
    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._ended: Future[int] = Future()
        self._stopped: Future[None] = Future()

    async def ends(self) -> int:
        """Its exit status; -9 if it was killed."""
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._ended)), PATIENCE)

    async def stops(self) -> None:
        """Until it is stopped, as by SIGSTOP."""
        await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(self._stopped)), PATIENCE)

    def kill(self, number: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):  # it may have ended, and we have not heard of it yet
            if not self._ended.done():
                os.kill(self.pid, number)

    def hear(self, told: dict[str, int]) -> None:
        if "code" in told:
            self._ended.set_result(told["code"])
        elif not self._stopped.done():
            self._stopped.set_result(None)


class Nursery:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.process"],
            cwd=Path(bot.__file__).parents[1],
            env=os.environ | NO_CERTIFICATES,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._begun: SimpleQueue[Child] = SimpleQueue()
        self._children: dict[int, Child] = {}
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    async def start(self, order: Order) -> Child:
        assert self._process.stdin
        self._process.stdin.write(as_line(order))
        self._process.stdin.flush()
        return await asyncio.to_thread(self._begun.get, timeout=PATIENCE)

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._listener.join()
        self._process.stdout.close()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            told = json.loads(line)
            if "begun" in told:
                child = self._children[told["begun"]] = Child(told["begun"])
                self._begun.put(child)
            else:
                self._children[told.get("ended", told.get("stopped"))].hear(told)
