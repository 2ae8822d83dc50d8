"""What a person may want at any moment, also while her reminder is on its way, and what buttons may say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.ports.reminders import Part, silent
from bot.reminders.plans import stopped
from bot.reminders.records import Buttons, Delivery, DeliveryState, Mark
from bot.reminders.responses import Later, Response, marked, snoozed
from bot.reminders.schedule import DAY, WEEK, Schedule
from bot.reminders.streams import Stream
from bot.shells.playground.telegram.faults import Delay, Fault
from tests.faults.deeds import DoomedStore, step_of
from tests.faults.process import dispatcher_for
from tests.faults.scene import ANN, MONDAY, SENT, UNCERTAIN, Scene, wish_for

BOB = 2
HOUR = timedelta(hours=1)
TUESDAYS = Schedule((2,), 9 * 60, "Europe/Berlin")
SUPERSEDED = DeliveryState.SUPERSEDED
Wishing = Callable[[Scene], Awaitable[object]]


async def stop(scene: Scene) -> None:
    await scene.storage.reminders.plan(ANN, Stream.EXERCISE, silent(stopped))


async def change(scene: Scene) -> None:
    await scene.storage.reminders.plan(ANN, Stream.EXERCISE, wish_for(ANN, TUESDAYS))


async def forget(scene: Scene) -> None:
    await scene.storage.chats.forget(ANN)


class Interrupted(DoomedStore):
    """Something is done before or after a step."""

    def __init__(self, scene: Scene, point: str, doing: Wishing) -> None:
        self._scene, self._point, self._doing = scene, point, doing

    def now(self) -> datetime:
        return self._scene.storage.reminders.now()

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def interrupted(*given: Any, **named: Any) -> Any:
            step = step_of(name, named)
            await self._at(f"{step}:before")
            result = await getattr(self._scene.storage.reminders, name)(*given, **named)
            await self._at(f"{step}:after")
            return result

        return interrupted

    async def _at(self, point: str) -> None:
        if point == self._point:
            self._point = ""
            await self._doing(self._scene)


BEFORE_THE_MARKER = ("claim:before", "claim:after", "reserve:after", "begin:before")
AFTER_THE_MARKER = ("begin:after", "under way", "end:before", "end:after")


@pytest.mark.parametrize("point", BEFORE_THE_MARKER + AFTER_THE_MARKER)
@pytest.mark.parametrize("wish", [stop, change, forget])
async def test_fault_30_a_wish_at_each_step_of_a_send_counts_and_the_old_plan_never_comes_again(
    scene: Scene, wish: Wishing, point: str
) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    if point == "under way":
        scene.telegram.faults.append(Fault("sendMessage", Delay(partial(wish, scene))))
    async with dispatcher_for(scene.order, Interrupted(scene, point, wish)) as dispatcher:  # type: ignore[arg-type]
        await dispatcher.round()
    was_begun = point in AFTER_THE_MARKER
    assert scene.sounds() == ["aloud"] * was_begun
    for later in (timedelta(seconds=121), HOUR):
        scene.set_clock(MONDAY + later)
        await scene.round()
    assert len(scene.sounds()) == was_begun
    if wish is forget:
        assert await scene.storage.chats.rows_of(ANN) == {}
    else:
        assert [state for state, _ in await scene.rows()] == [SENT if was_begun else SUPERSEDED]
    for week in (1, 2):
        scene.set_clock(MONDAY + week * WEEK)
        await scene.round()
    assert len(scene.sounds()) == was_begun
    scene.set_clock(MONDAY + 2 * WEEK + DAY)
    await scene.round()
    assert len(scene.sounds()) == was_begun + (wish is change)


@pytest.mark.parametrize("wish", [stop, change])
async def test_fault_30_a_wish_after_a_death_with_the_marker_leaves_what_may_have_come_as_uncertain(
    scene: Scene, wish: Wishing
) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    await scene.send(point="send:after")
    await wish(scene)
    scene.move_on()
    await scene.send()
    assert scene.sounds() == ["aloud"]
    assert await scene.rows() == [(UNCERTAIN, 1)]


async def sent(scene: Scene) -> Delivery:
    """The reminder that has come."""
    await scene.subscribe()
    scene.set_clock(MONDAY)
    await scene.round()
    ((_, row),) = await scene.storage.reminders.deliveries(ANN, MONDAY.date())
    return row


async def press(scene: Scene, row: Delivery, transition: Any, chat_id: int = ANN) -> Response:
    part = Part(row.occurs_at, row.part)
    response: Response = await scene.storage.reminders.respond(chat_id, row.subscription_id, part, transition)
    return response


async def test_fault_29_a_press_that_comes_twice_acts_once(scene: Scene) -> None:
    row = await sent(scene)
    assert [await press(scene, row, partial(snoozed, Later.HOUR)) for _ in range(2)] == [Response.TAKEN] * 2
    assert await scene.next_at() == MONDAY + HOUR
    assert [await press(scene, row, partial(marked, Mark.DONE)) for _ in range(2)] == [Response.TAKEN] * 2
    assert await press(scene, row, partial(marked, Mark.SKIPPED)) == Response.OLD
    assert await scene.next_at() == MONDAY + WEEK
    assert await scene.rows() == [(SENT, 1), (SUPERSEDED, 0)]


async def test_fault_29_a_button_of_last_week_after_a_stop_or_of_another_chat_puts_nothing_off(scene: Scene) -> None:
    row = await sent(scene)
    assert await press(scene, row, partial(snoozed, Later.HOUR), BOB) == Response.OLD
    scene.set_clock(MONDAY + WEEK)
    await scene.round()
    assert await press(scene, row, partial(snoozed, Later.HOUR)) == Response.OLD
    await stop(scene)
    assert await press(scene, row, partial(snoozed, Later.HOUR)) == Response.OLD
    assert await scene.next_at() is None


async def test_fault_29_a_press_proves_that_what_was_uncertain_has_come(scene: Scene) -> None:
    await scene.subscribe()
    scene.set_clock(MONDAY)
    for _ in range(2):
        await scene.send(point="send:after")
        scene.move_on()
    await scene.send()
    assert await scene.rows() == [(UNCERTAIN, 2)]
    ((_, row),) = await scene.storage.reminders.deliveries(ANN, MONDAY.date())
    assert await press(scene, row, partial(marked, Mark.DONE)) == Response.TAKEN
    assert await scene.rows() == [(SENT, 2)]


async def test_fault_31_it_is_put_off_twice_and_not_a_third_time(scene: Scene) -> None:
    row = await sent(scene)
    for part in (1, 2):
        assert await press(scene, row, partial(snoozed, Later.HOUR)) == Response.TAKEN
        scene.move_on(HOUR)
        await scene.round()
        row = replace(row, part=part)
    assert await press(scene, row, partial(snoozed, Later.HOUR)) == Response.TWICE
    assert scene.sounds() == ["aloud"] * 3
    assert await scene.next_at() == MONDAY + WEEK


async def test_fault_31_it_is_not_put_off_to_the_next_one(scene: Scene) -> None:
    row = await sent(scene)
    scene.set_clock(MONDAY + WEEK - DAY)
    assert await press(scene, row, partial(snoozed, Later.HOUR)) == Response.TOO_LATE
    assert await scene.next_at() == MONDAY + WEEK


async def test_fault_31_an_hour_over_a_change_of_clocks_is_an_hour(scene: Scene) -> None:
    """On 28 March 2027 the clocks in Berlin go from 02:00 to 03:00; tomorrow is by the wall, an hour is not."""
    saturday = datetime.fromisoformat("2027-03-27T20:30+00:00")
    scene.set_clock(saturday - DAY)
    await scene.subscribe(schedule=Schedule((6,), 21 * 60 + 30, "Europe/Berlin"))
    scene.set_clock(saturday)
    await scene.round()
    ((_, row),) = await scene.storage.reminders.deliveries(ANN, saturday.date())
    assert await press(scene, row, partial(snoozed, Later.TOMORROW)) == Response.TAKEN
    assert await scene.next_at() == saturday + DAY - HOUR


async def test_fault_32_who_moves_over_the_date_line_gets_one_a_week(scene: Scene) -> None:
    """In Kiritimati it is Monday a day before it is in Pago Pago."""
    scene.set_clock(MONDAY - 3 * DAY)
    await scene.subscribe(schedule=Schedule((1,), 9 * 60, "Pacific/Kiritimati"))
    scene.set_clock(MONDAY - timedelta(hours=13))
    await scene.round()
    assert scene.sounds() == ["aloud"]
    await scene.storage.reminders.plan(ANN, Stream.EXERCISE, wish_for(ANN, Schedule((1,), 9 * 60, "Pacific/Pago_Pago")))
    for hours in range(1, 48):
        scene.set_clock(MONDAY - timedelta(hours=13) + hours * HOUR)
        await scene.round()
    assert scene.sounds() == ["aloud"]


async def test_fault_39_buttons_of_an_old_message_go_although_it_was_deleted(scene: Scene) -> None:
    row = await sent(scene)
    assert row.message_id
    del scene.telegram.person(ANN).messages[row.message_id]
    scene.set_clock(MONDAY + WEEK)
    await scene.round()
    await scene.round()
    found = await scene.storage.reminders.deliveries(ANN, MONDAY.date())
    assert [row.buttons for _, row in found] == [Buttons.CLOSED, Buttons.OPEN]
