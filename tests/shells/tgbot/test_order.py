from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.shells.tgbot.order import ChatOrder


async def nothing(_: Update) -> None:
    return None


def update(chat_id: int, number: int) -> Update:
    chat = Chat(chat_id, Chat.PRIVATE)
    return Update(number, message=Message(number, datetime.fromtimestamp(0, UTC), chat))


async def test_updates_of_a_chat_keep_their_order_and_other_chats_pass_them() -> None:
    order, done = ChatOrder(nothing), list[int]()
    gate = asyncio.Event()

    async def work(number: int, *, wait: bool = False) -> None:
        if wait:
            await gate.wait()
        done.append(number)

    tasks = [
        asyncio.create_task(order.process_update(update(1, 1), work(1, wait=True))),
        asyncio.create_task(order.process_update(update(1, 2), work(2))),
        asyncio.create_task(order.process_update(update(2, 3), work(3))),
    ]
    await tasks[2]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [3, 1, 2]


async def test_many_waiting_updates_of_one_chat_do_not_hold_up_another() -> None:
    order, gate = ChatOrder(nothing), asyncio.Event()

    async def wait() -> None:
        await gate.wait()

    waiting = [asyncio.create_task(order.process_update(update(1, n), wait())) for n in range(500)]
    await asyncio.wait_for(order.process_update(update(2, 501), asyncio.sleep(0)), 1)
    gate.set()
    await asyncio.gather(*waiting)


async def test_what_needs_no_turn_happens_at_once() -> None:
    gate, early = asyncio.Event(), list[int]()

    async def note(seen: Update) -> None:
        early.append(seen.update_id)

    order = ChatOrder(note)
    held = [asyncio.create_task(order.process_update(update(1, n), gate.wait())) for n in (1, 2)]
    await asyncio.sleep(0.01)
    assert early == [1, 2]
    gate.set()
    await asyncio.gather(*held)


async def test_what_is_no_update_of_a_chat_is_simply_done() -> None:
    done = list[str]()

    async def work() -> None:
        done.append("done")

    await ChatOrder(nothing).process_update("an error of PTB's", work())
    assert done == ["done"]
