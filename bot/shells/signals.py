"""What Ctrl-C and a service manager's SIGTERM mean: end what has begun, then stop."""

from __future__ import annotations

import asyncio
import signal


def stop_on_signals() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM. A second one ends the process at once, for who cannot wait."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        loop.call_soon_threadsafe(stop.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    return stop
