"""The command, as a person starts and ends it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import httpx
import pytest

import bot
from bot.bootstrap import Core, now
from bot.errors import SettingsError
from bot.shells.playground.run import playing
from bot.shells.serving import listen
from tests.shells.playground.conftest import settings_for


@pytest.mark.usefixtures("core")  # so that what it computes is there to be shared
async def test_without_a_token_the_playground_opens_says_why_and_ends_cleanly(tmp_path: Path, computed: Path) -> None:
    cache = tmp_path / "cache"
    cache.symlink_to(computed / "cache")
    settings = {
        "OSTEON_DATA": str(tmp_path),
        "PYTHONPATH": str(Path(bot.__file__).parents[1]),
        "TELEGRAM_BOT_TOKEN": "",
    }
    environment = {key: value for key, value in (os.environ | settings).items() if "DISPLAY" not in key}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr
    reason = (await asyncio.wait_for(process.stderr.readline(), 60)).decode()
    assert "TELEGRAM_BOT_TOKEN is not set, so here is the playground" in reason
    address = re.search(r"http://127\.0\.0\.1:\d+/", (await asyncio.wait_for(process.stderr.readline(), 60)).decode())
    assert address
    async with httpx.AsyncClient(trust_env=False) as client, client.stream("GET", f"{address[0]}events") as events:
        assert (await anext(events.aiter_lines())).startswith('data: {"kind": "everything"')
        process.send_signal(signal.SIGINT)
        _, rest = await asyncio.wait_for(process.communicate(), 5)
    assert (process.returncode, rest) == (0, b"")
    assert not (tmp_path / "osteon.sqlite3").exists()


async def test_a_port_that_is_taken_is_explained(core: Core) -> None:
    taken = listen()
    taken.listen()
    port = taken.getsockname()[1]
    with taken, pytest.raises(SettingsError, match=f"--port is {port}, which cannot be used"):
        async with playing(core, settings_for, now, port):
            pass
