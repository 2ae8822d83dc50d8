"""What PostgreSQL, and the way to it, may do to a reminder."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.reminders.schedule import WEEK
from bot.shells.storage import engine
from bot.shells.storage.database import open_storage
from tests.faults.cable import Cable, through
from tests.faults.scene import ANN, MONDAY, SENT, Scene
from tests.shells.storage.conftest import engine_for

FAILING = """
CREATE SEQUENCE writes;
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nextval('writes') = {number} THEN
    RAISE EXCEPTION 'as the test wants it' USING ERRCODE = '{code}';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION fail();
"""
"""A sequence counts on although its transaction is rolled back, so only this write fails."""
MENDED = "DROP FUNCTION fail CASCADE; DROP SEQUENCE writes"
IO_ERROR, DISK_FULL, SERIALIZATION_FAILURE, DEADLOCK = "58030", "53100", "40001", "40P01"


@asynccontextmanager
async def failing(scene: Scene, table: str, number: int, code: str) -> AsyncIterator[None]:
    """The write of this number fails."""
    await run(scene, FAILING.format(table=table, number=number, code=code))
    try:
        yield
    finally:
        await run(scene, MENDED)


async def run(scene: Scene, script: str) -> None:
    async with engine_for(scene.settings) as into, into.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver
        await driver.execute(script)


async def is_sent_in_the_end(scene: Scene, chat_id: int = ANN) -> None:
    """Now, or when the lease has ended."""
    await scene.round()
    scene.move_on()
    await scene.round()
    assert scene.sounds(chat_id) in (["aloud"], ["silent"], ["aloud", "silent"])
    assert [state for state, _ in await scene.rows(chat_id)] == [SENT]
    assert await scene.next_at(chat_id) == MONDAY + WEEK


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("table", ["subscriptions", "deliveries"])
@pytest.mark.parametrize("code", [IO_ERROR, DISK_FULL])
async def test_fault_13_a_write_that_fails_costs_a_pause(
    postgres_scene: Scene, code: str, table: str, number: int
) -> None:
    await postgres_scene.subscribe()
    postgres_scene.set_clock(MONDAY)
    async with failing(postgres_scene, table, number, code):
        await postgres_scene.round()
        await is_sent_in_the_end(postgres_scene)


@pytest.mark.parametrize("code", [SERIALIZATION_FAILURE, DEADLOCK])
async def test_fault_19_what_two_transactions_do_to_each_other_is_tried_again(postgres_scene: Scene, code: str) -> None:
    await postgres_scene.subscribe()
    postgres_scene.set_clock(MONDAY)
    async with failing(postgres_scene, "deliveries", 2, code):
        await postgres_scene.round()
    assert postgres_scene.sounds() == ["aloud"]
    assert await postgres_scene.rows() == [(SENT, 1)], "its end was stored at the second try"


async def test_fault_19_a_deadlock_with_somebody_else_is_lost_and_tried_again(
    postgres_scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setitem(engine._POSTGRES, "deadlock_timeout", "300ms")  # noqa: SLF001 - a second, else
    scene = postgres_scene
    await scene.subscribe()
    scene.set_clock(MONDAY)
    async with (
        engine_for(scene.settings) as other,
        other.connect() as theirs,
        open_storage(scene.settings, scene.order.now, own_clock=True) as scene.storage,
    ):
        await theirs.execute(text("SET deadlock_timeout = '10s'"))
        await theirs.execute(text("LOCK TABLE deliveries IN SHARE MODE"))
        ours = asyncio.create_task(scene.round())
        async with asyncio.timeout(10):
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            while not (await theirs.execute(waiting)).scalar():  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.01)
        await theirs.execute(text("UPDATE subscriptions SET minute = minute"))
        await theirs.commit()
        await ours
        assert "deadlock detected" in caplog.text
        await is_sent_in_the_end(scene)
        assert scene.sounds() == ["aloud"]


async def test_fault_19_a_pool_without_a_connection_left_is_waited_for_with_an_end(
    postgres_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve people change their plan while somebody has locked all plans; ten connections are all there are."""
    monkeypatch.setitem(engine._POSTGRES, "lock_timeout", "200ms")  # noqa: SLF001
    scene, people = postgres_scene, range(1, 13)
    for chat_id in people:
        await scene.subscribe(chat_id)
    async with open_storage(scene.settings, scene.order.now, own_clock=True) as scene.storage:
        async with engine_for(scene.settings) as other, other.begin() as theirs, asyncio.timeout(10):
            await theirs.execute(text("SELECT 1 FROM subscriptions FOR UPDATE"))
            changes = (scene.subscribe(chat_id) for chat_id in people)
            outcomes = await asyncio.gather(*changes, return_exceptions=True)
        assert {type(outcome).__name__ for outcome in outcomes} == {"StorageError"}
        scene.set_clock(MONDAY)
        await scene.round()
    assert [scene.sounds(chat_id) for chat_id in people] == [["aloud"]] * len(people)


async def test_fault_18_who_is_idle_in_a_transaction_is_ended(
    postgres_scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it is one of ours: the server ends sessions that have asked for it. Claims of others are not held up."""
    assert engine._POSTGRES["idle_in_transaction_session_timeout"] == "30s"  # noqa: SLF001
    monkeypatch.setitem(engine._POSTGRES, "idle_in_transaction_session_timeout", "300ms")  # noqa: SLF001
    scene = postgres_scene
    for chat_id in (1, 2):
        await scene.subscribe(chat_id)
    scene.set_clock(MONDAY)
    async with engine_for(scene.settings) as other:
        theirs = await other.connect()
        await theirs.execute(text("SELECT 1 FROM subscriptions WHERE chat_id = 1 FOR UPDATE"))
        await scene.round()
        assert (scene.sounds(1), scene.sounds(2)) == ([], ["aloud"])
        await asyncio.sleep(0.5)
        await scene.round()
        assert scene.sounds(1) == ["aloud"]
        await theirs.invalidate()
        await theirs.close()


MOST_EXCHANGES = 60


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A socket's path has room for about 100 characters."""
    with tempfile.TemporaryDirectory(prefix="osteon-") as folder:
        yield Path(folder)


@pytest.mark.parametrize("is_heard", [False, True])
async def test_fault_17_a_connection_that_is_cut_at_any_exchange_costs_a_second_copy_at_most(
    postgres_scene: Scene, short_folder: Path, is_heard: bool
) -> None:
    """`is_heard`: the server does what it was asked, be it to COMMIT, and nobody learns of it."""
    scene, cable = postgres_scene, Cable(is_heard=is_heard)
    assert scene.order.url
    async with through(cable, scene.order.url, short_folder) as url:
        settings = replace(scene.order, url=url).settings
        async with open_storage(settings, scene.order.now, own_clock=True) as scene.storage:
            for chat_id in range(1, MOST_EXCHANGES):
                scene.set_clock(MONDAY - WEEK)
                await scene.subscribe(chat_id)
                scene.set_clock(MONDAY)
                cable.exchanges, cable.cut_at = 0, chat_id
                await scene.round()
                was_cut = cable.exchanges >= chat_id
                await is_sent_in_the_end(scene, chat_id)
                await scene.storage.chats.forget(chat_id)
                if not was_cut:
                    break
    assert 10 < chat_id < MOST_EXCHANGES - 1, "every exchange was cut once"
