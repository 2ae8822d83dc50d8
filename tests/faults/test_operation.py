"""What is wrong before the first reminder: rows that cannot be used, and a schema that is on its way."""

from __future__ import annotations

import signal

import pytest
from sqlalchemy import text

from bot.reminders.plans import under_new_rules
from bot.reminders.records import DeliveryState, Standing
from bot.shells.storage.database import migrate, open_storage
from tests.faults.nursery import Nursery
from tests.faults.process import Order
from tests.faults.scene import ANN, MONDAY, Scene
from tests.shells.storage.conftest import StorageSettings, engine_for

BOB = 2


async def spoil(scene: Scene, what: str) -> None:
    async with engine_for(scene.settings) as into, into.begin() as connection:
        await connection.execute(text(f"UPDATE subscriptions SET {what} WHERE chat_id = {ANN}"))  # noqa: S608


@pytest.mark.parametrize(
    "what", ["zone = 'Europe/Atlantis'", "weekdays = '[9]'", "minute = 1440", "stream = 'dance'", "standing = 'dizzy'"]
)
async def test_fault_37_a_row_that_cannot_be_used_is_parked_and_keeps_neither_the_bot_nor_others_waiting(
    scene: Scene, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    for chat_id in (ANN, BOB):
        await scene.subscribe(chat_id)
    await spoil(scene, what)
    await scene.storage.reminders.replan("new", under_new_rules)  # as every start does
    scene.set_clock(MONDAY)
    await scene.round()
    await scene.round()
    assert (scene.sounds(ANN), scene.sounds(BOB)) == ([], ["aloud"])
    assert "subscription 1 " in caplog.text
    rows = await scene.storage.chats.rows_of(ANN)
    assert rows["subscriptions"][0]["next_at"] is None


async def test_fault_37_a_zone_that_there_is_no_more_leaves_a_row_and_a_plan_that_rests(
    scene: Scene,
) -> None:
    await scene.subscribe()
    await spoil(scene, "zone = 'Europe/Atlantis'")
    scene.set_clock(MONDAY)
    await scene.round()
    assert await scene.rows() == [(DeliveryState.FAILED, 0)]
    (it,) = await scene.storage.reminders.of_chat(ANN)
    assert it.standing == Standing.PAUSED
    await scene.subscribe()
    scene.move_on()
    assert (await scene.storage.reminders.of_chat(ANN))[0].is_live


@pytest.mark.parametrize("moment", ["statement 4", "statement 9", "statement 14", "statement 19", "commit"])
async def test_fault_38_a_migration_that_is_killed_on_its_way_is_none_and_the_next_one_is_whole(
    nursery: Nursery, sql_settings: StorageSettings, moment: str
) -> None:
    url = sql_settings.osteon_database_url
    order = Order(
        str(sql_settings.osteon_data),
        url.get_secret_value() if url else None,
        "http://nowhere.invalid/bot",
        work="migrate",
        point=f"migrate:{moment}",
    )
    assert await (await nursery.start(order)).ends() == -signal.SIGKILL
    assert (await migrate(sql_settings)).startswith("Brought")
    assert (await migrate(sql_settings)).startswith("Found")
    async with open_storage(sql_settings, lambda: MONDAY) as storage:
        assert await storage.reminders.of_chat(ANN) == []
