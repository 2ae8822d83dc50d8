"""What the bot hears, in which order, and how it says that it heard."""

from __future__ import annotations

import asyncio

from bot.shells.playground.telegram.people import Account, upgrade
from tests.shells.playground.telegram.conftest import Bot


async def test_updates_come_in_order_and_again_until_they_are_confirmed(bot: Bot, ann: Account, bob: Account) -> None:
    for who, text in ((ann, "one"), (bob, "two"), (ann, "three")):
        who.say(text)
    first = await bot.updates()
    assert [update["message"]["text"] for update in first] == ["one", "two", "three"]
    assert await bot.updates() == first
    assert await bot.updates(offset=first[1]["update_id"] + 1) == first[2:]
    assert await bot.updates() == first[2:]


async def test_no_more_updates_come_than_asked_for(bot: Bot, ann: Account) -> None:
    ann.say("one")
    ann.say("two")
    assert len(await bot.updates(limit=1)) == 1


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, ann: Account) -> None:
    ann.say("one")
    ann.say("two")
    assert [update["message"]["text"] for update in await bot.updates(offset=-1)] == ["two"]
    assert len(await bot.updates()) == 1


async def test_a_long_poll_ends_when_something_comes(bot: Bot, ann: Account) -> None:
    poll = asyncio.create_task(bot.updates(timeout=60))
    await polling(bot)
    ann.say("hello")
    assert [update["message"]["text"] for update in await poll] == ["hello"]


async def test_the_older_of_two_polls_ends_with_a_conflict(bot: Bot, ann: Account) -> None:
    older = asyncio.create_task(bot.call("getUpdates", timeout=60))
    await polling(bot)
    newer = asyncio.create_task(bot.updates(timeout=60))
    assert str(await older).startswith("409 Conflict: terminated by other getUpdates request")
    ann.say("hello")
    assert len(await newer) == 1


async def test_the_kinds_that_a_bot_asks_for_are_remembered(bot: Bot, ann: Account) -> None:
    await bot.updates(allowed_updates=["message"])
    await bot.updates()
    ann.edit(ann.say("helo"), "hello")
    assert [sorted(update) for update in await bot.updates()] == [["message", "update_id"]]


async def test_an_update_tells_what_was_there_when_it_happened(bot: Bot, ann: Account) -> None:
    ann.edit(ann.say("helo"), "hello")
    before, after = await bot.updates()
    assert before["message"]["text"] == "helo"
    assert after["edited_message"]["text"] == "hello"
    assert after["edited_message"]["edit_date"] == bot.telegram.unix_time


async def test_commands_mentions_and_links_are_marked(bot: Bot, ann: Account) -> None:
    ann.say("😀 /level@osteon_bot and @osteon_bot on https://example.org")
    (update,) = await bot.updates()
    assert [(e["type"], e["offset"], e["length"]) for e in update["message"]["entities"]] == [
        ("bot_command", 3, 17),
        ("mention", 25, 11),
        ("url", 40, 19),
    ]


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(bot: Bot, ann: Account, bob: Account) -> None:
    group = bot.telegram.group(-5, "Family", [ann.user, bob.user])
    answer = bot.telegram.post(group, bot.telegram.bot, {"text": "Hello"})
    ann.say("what about K2?", group)
    ann.say("/topics@another_bot", group)
    bob.say("/topics@osteon_bot", group)
    bob.say("@osteon_bot what about K2?", group)
    ann.say("and why?", group, reply_to=answer)
    heard = [update["message"] for update in await bot.updates()]
    assert [m["text"] for m in heard] == ["/topics@osteon_bot", "@osteon_bot what about K2?", "and why?"]
    assert heard[0]["chat"] == {"id": -5, "type": "group", "title": "Family"}
    assert heard[2]["reply_to_message"]["text"] == "Hello"
    group.bot_is_admin = True
    ann.say("what about K2?", group)
    assert len(await bot.updates(offset=-1)) == 1


async def test_who_blocks_the_bot_is_told_of_and_takes_nothing(bot: Bot, ann: Account) -> None:
    ann.block()
    ann.block()
    assert await bot.say("hello") == "403 Forbidden: bot was blocked by the user"
    (update,) = await bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    ann.say("here I am again")
    _, back, message = await bot.updates()
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert message["message"]["text"] == "here I am again"
    assert (await bot.say("hello"))["text"] == "hello"


async def test_a_group_that_becomes_a_supergroup_tells_its_new_number(bot: Bot, ann: Account) -> None:
    group = bot.telegram.group(-5, "Family", [ann.user])
    upgrade(bot.telegram, group, -1005)
    moved, arrived = await bot.updates()
    assert moved["message"]["migrate_to_chat_id"] == -1005
    assert arrived["message"]["chat"] == {"id": -1005, "type": "supergroup", "title": "Family"}
    refused = (await bot.client.post(f"/bot{bot.telegram.token}/sendMessage", json={"chat_id": -5, "text": "x"})).json()
    assert refused["parameters"] == {"migrate_to_chat_id": -1005}


async def test_a_location_is_told(bot: Bot, ann: Account) -> None:
    ann.send_location(52.5, 13.4)
    (update,) = await bot.updates()
    assert update["message"]["location"] == {"latitude": 52.5, "longitude": 13.4}


async def polling(bot: Bot) -> None:
    while not bot.telegram.updates.polled:  # noqa: ASYNC110 - a poll tells nobody that it began
        await asyncio.sleep(0)
