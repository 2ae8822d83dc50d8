"""What a disk, and other programs that use the same SQLite file, may do to a reminder."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.dialogue.state import ChatState
from bot.errors import StorageError
from bot.reminders.schedule import DAY, WEEK
from bot.shells.playground.telegram.world import Event
from bot.shells.storage import engine, sql
from bot.shells.storage.database import migrate, open_storage
from tests.faults.scene import FILE, MONDAY, SENT, Scene
from tests.shells.storage.conftest import StorageSettings, engine_for

PAGE = 4096
FULL = 2
MOST_ROOM = 16 * PAGE
"""All that is written of one reminder has room in it."""


def file_of(scene: Scene) -> Path:
    return Path(scene.order.data) / FILE


@pytest.mark.parametrize("room", range(0, MOST_ROOM, PAGE))
async def test_fault_13_a_disk_without_room_sends_nothing_without_a_marker_and_recovers_by_itself(
    sqlite_scene: Scene, room: int
) -> None:
    """Each size lets another write fail, by an error of the system."""
    scene = sqlite_scene
    await scene.subscribe()
    scene.set_clock(MONDAY)
    unmarked: list[Event] = []

    def look(event: Event) -> None:
        with closing(sqlite3.connect(file_of(scene))) as database:
            found = database.execute("SELECT state FROM deliveries").fetchall()
        if event.kind == "new" and found != [("sending",)]:
            unmarked.append(event)

    scene.telegram.world.listeners.append(look)
    assert await scene.send(room=room) == 0
    assert unmarked == []
    assert scene.sounds() in (["aloud"], ["aloud", "silent"])
    assert await scene.rows() == [(SENT, len(scene.sounds()))]
    assert await scene.next_at() == MONDAY + WEEK


async def test_sqlite_is_told_to_wait_for_the_disk(sqlite_settings: StorageSettings) -> None:
    """All that can be tested here of fault 14, a power cut."""
    async with engine_for(sqlite_settings) as into, into.connect() as connection:
        assert (await connection.execute(text("PRAGMA synchronous"))).scalar() == FULL
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar() == "wal"


LOCKER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[Callable[[], None]]:
    """Another process writes; what is yielded lets it end."""
    locker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOCKER, path, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert locker.stdin
    assert locker.stdout
    await locker.stdout.readline()
    try:
        yield locker.stdin.close
    finally:
        locker.stdin.close()
        await locker.wait()


class Heart:
    """Beats as long as the event loop lives."""

    def __init__(self) -> None:
        self.beats = 0
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(0.01)
            self.beats += 1

    def stop(self) -> None:
        self._beating.cancel()


@pytest.mark.parametrize("waits", [True, False])
async def test_fault_15_a_file_that_another_process_has_locked_is_waited_for_with_an_end_and_the_loop_lives(
    sqlite_scene: Scene, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 5.0 if waits else 0.3)
    scene = sqlite_scene
    await scene.subscribe()
    async with open_storage(scene.settings, scene.order.now, own_clock=True) as scene.storage:
        scene.set_clock(MONDAY)
        async with locked(file_of(scene)) as let_go:
            heart = Heart()
            if waits:
                asyncio.get_running_loop().call_later(0.5, let_go)
            assert (await scene.round() > 0) != waits
            heart.stop()
            assert heart.beats > 5
        await scene.round()
        assert scene.sounds() == ["aloud"]


async def test_fault_16_a_reader_that_never_ends_stops_no_claim(sqlite_scene: Scene) -> None:
    scene = sqlite_scene
    await scene.subscribe()
    with closing(sqlite3.connect(file_of(scene), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM subscriptions").fetchall()
        for week in range(5):
            scene.set_clock(MONDAY + week * WEEK)
            await scene.round()
    assert len(scene.sounds()) == 4, "and the question whether to go on"


async def test_fault_16_a_log_that_grows_beside_a_reader_is_told_to_the_operator(
    sqlite_scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scene = sqlite_scene
    monkeypatch.setattr(engine, "BUSY_TIMEOUT", 0.1)
    monkeypatch.setattr(sql, "LONG_LOG", 5)
    await scene.subscribe()
    async with open_storage(scene.settings, scene.order.now) as storage:
        with closing(sqlite3.connect(file_of(scene), isolation_level=None)) as reader:
            await storage.inbox.tidy(DAY)
            assert "log, which has grown" not in caplog.text
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM subscriptions").fetchall()
            for chat_id in range(2, 12):
                await storage.chats.save(chat_id, ChatState())
            await storage.inbox.tidy(DAY)
        assert "Please end that program" in caplog.text
        caplog.clear()
        await storage.inbox.tidy(DAY)
    assert not caplog.text


async def test_fault_10_only_one_process_serves_from_a_file_and_short_commands_work_beside_it(
    sqlite_scene: Scene,
) -> None:
    scene = sqlite_scene
    await scene.subscribe()
    serving = await scene.begin(work="serve")
    scene.set_clock(MONDAY)
    await scene.is_sent()
    with pytest.raises(StorageError, match=r"Another Osteon is running with the database .*Stop that one first"):
        async with open_storage(scene.settings, scene.order.now, serves=True):
            pass
    async with open_storage(scene.settings, scene.order.now) as beside:
        assert await beside.letters.letters() == []
    assert (await migrate(scene.settings)).startswith("Found")
    serving.kill()
    await serving.ends()
    async with open_storage(scene.settings, scene.order.now, serves=True):
        pass


async def test_fault_10_two_senders_share_no_reminder(scene: Scene) -> None:
    people = range(1, 13)
    for chat_id in people:
        await scene.subscribe(chat_id)
    scene.set_clock(MONDAY)
    for child in [await scene.begin() for _ in range(2)]:
        assert await child.ends() == 0
    assert [scene.sounds(chat_id) for chat_id in people] == [["aloud"]] * len(people)
