"""Groups: whom we answer, where the answer stands, and what a group's own events mean."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.state import ChatState
from bot.shells.tgbot import texts
from bot.shells.tgbot.app import Bot
from bot.shells.tgbot.groups import Groups
from bot.usecases import Conversations
from tests.shells.tgbot.emulator import Emulator, Fault, Person, RefusedError, bad

GROUP, MOVED = -5, -1_005
K2 = "What does vitamin K2 do?"
EMERGENCY = "I have crushing chest pain and cannot breathe"
OSTEON = {"id": 123456, "is_bot": True, "first_name": "Osteon", "username": "osteon_bot"}
ANN = {"id": 5, "is_bot": False, "first_name": "Ann"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}


@pytest.fixture
async def family(telegram: Emulator, bot: Bot) -> Person:  # noqa: ARG001 - somebody has to answer
    return telegram.person(GROUP)


def said_by_us(text: str = "…", **content: Any) -> dict[str, Any]:
    """A message of ours, as Telegram shows it to who replies to it."""
    chat = {"id": GROUP, "type": "group", "title": "Family"}
    return {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": OSTEON, "text": text} | content


async def test_what_is_not_meant_for_us_gets_no_answer(family: Person) -> None:
    for text in (K2, EMERGENCY, "osteon_bot, what does vitamin K2 do?", "/start@other_bot", "/help@other_bot K2?"):
        family.send(text)
    family.send(photo=[], caption=K2)
    family.send(new_chat_title="Family")
    family.send(K2, reply_to_message=said_by_us() | {"from": ANN})
    assert "/topics" in (await family.ask("/help@osteon_bot")).text
    assert family.sees_nothing_more()


@pytest.mark.parametrize(
    "text",
    [
        f"@osteon_bot {K2}",
        "What does @osteon_bot vitamin K2 do?",
        f"/ask {K2}",
        f"/ask@osteon_bot {K2}",
        "/k2@osteon_bot",
        "/vitamin_k2@osteon_bot foods",
        f"/help@osteon_bot {K2}",
    ],
)
async def test_who_names_us_or_gives_a_command_gets_an_answer_to_the_question(family: Person, text: str) -> None:
    question = family.send(text)
    answer = await family.sees()
    assert "K2" in answer.texts("blockquote")[0]
    assert answer.reply_to == question


async def test_who_names_us_in_other_capitals_or_without_a_user_name_is_answered(family: Person) -> None:
    named = {"type": "mention", "offset": 3, "length": 11}  # offsets count UTF-16 units
    assert "K2" in (await family.ask(f"🙂 @Osteon_Bot {K2}", entities=[named])).text
    named = {"type": "text_mention", "offset": 0, "length": 6, "user": OSTEON}
    assert "K2" in (await family.ask(f"Osteon {K2}", entities=[named])).text


async def test_who_names_somebody_else_is_not_answered(family: Person) -> None:
    family.send(f"@other_bot {K2}", entities=[{"type": "mention", "offset": 0, "length": 10}])
    await family.ask("/topics")
    assert family.sees_nothing_more()


async def test_a_caption_that_names_us_is_read(family: Person) -> None:
    named = [{"type": "mention", "offset": 0, "length": 11}]
    assert "K2" in (await family.ask(photo=[], caption=f"@osteon_bot {K2}", caption_entities=named)).text


async def test_a_reply_to_us_is_answered_in_the_light_of_what_was_said(family: Person) -> None:
    await family.ask(f"/ask {K2}")
    more = await family.ask("and magnesium?", reply_to_message=said_by_us())
    assert "agnesium" in more.texts("blockquote")[0]


async def test_an_emergency_told_to_us_is_heard(family: Person) -> None:
    assert words.URGENT.split("\n")[0] in (await family.ask(f"@osteon_bot {EMERGENCY}")).text
    assert words.URGENT.split("\n")[0] in (await family.ask(f"/k2@osteon_bot {EMERGENCY}")).text
    assert words.URGENT.split("\n")[0] in (await family.ask(EMERGENCY, reply_to_message=said_by_us())).text


@pytest.mark.parametrize("text", ["@osteon_bot", "/ask", "/ask@osteon_bot"])
async def test_who_only_calls_us_is_asked_for_the_question(family: Person, text: str) -> None:
    assert (await family.ask(text)).text == texts.ASK


async def test_who_calls_us_in_reply_to_somebodys_question_gets_that_answered(family: Person) -> None:
    theirs = said_by_us(K2) | {"from": ANN}
    for call in ("@osteon_bot", "/ask"):
        assert "K2" in (await family.ask(call, reply_to_message=theirs)).texts("blockquote")[0]
    assert (await family.ask("/ask", reply_to_message=said_by_us(K2))).text == texts.ASK


async def test_in_a_private_chat_ask_works_too(ann: Person) -> None:
    assert (await ann.ask("/ask")).text == texts.ASK
    answer = await ann.ask(f"/ask {K2}")
    assert "K2" in answer.texts("blockquote")[0]
    assert "agnesium" in (await ann.ask("/magnesium")).texts("blockquote")[0]


async def test_in_a_forum_the_answer_stands_in_the_questions_topic(family: Person, telegram: Emulator) -> None:
    topic: dict[str, Any] = {"is_topic_message": True, "message_thread_id": 40}
    opened = said_by_us(forum_topic_created={"name": "Bones", "icon_color": 7322096})
    family.send(K2, **topic, reply_to_message=opened)
    for text in (f"/ask {K2}", "/topics", "/glossary", "/level academic", "/help", "/privacy"):
        await family.ask(text, **topic, reply_to_message=opened)
    sent = telegram.called("sendMessage")
    assert len(sent) == 6
    assert {parameters["message_thread_id"] for parameters in sent} == {40}
    assert all(parameters["reply_parameters"]["allow_sending_without_reply"] for parameters in sent)


async def test_a_group_has_its_own_level_and_topic(family: Person, telegram: Emulator) -> None:
    ann = telegram.person(5)
    await family.ask("/level academic")
    await family.ask(f"/ask {K2}")
    assert "✓ Fundamentals" in (await ann.ask("/level")).labels
    assert "✓ Academic" in (await family.ask("/level")).labels


async def test_an_edited_question_edits_its_answer_in_a_group_too(family: Person) -> None:
    question = family.send(f"@osteon_bot {K2}")
    answer = await family.sees()
    after = await family.edit(question, "@osteon_bot What does magnesium do?")
    assert after.id == answer.id
    assert "agnesium" in after.texts("blockquote")[0]


async def test_anonymous_administrators_and_channels_are_answered_and_other_bots_are_not(family: Person) -> None:
    itself = {"id": GROUP, "type": "group", "title": "Family"}
    channel = {"id": -1_009, "type": "channel", "title": "News"}
    family.send(f"@osteon_bot {K2}", "message", **{"from": ANONYMOUS})
    assert "K2" in (await family.ask(f"@osteon_bot {K2}", **{"from": ANONYMOUS}, sender_chat=itself)).text
    assert "K2" in (await family.ask(f"@osteon_bot {K2}", **{"from": ANONYMOUS}, sender_chat=channel)).text
    assert family.sees_nothing_more()


async def test_what_was_chosen_from_our_own_offer_is_no_question(family: Person, telegram: Emulator) -> None:
    ann = telegram.person(5)
    ann.send("Vitamin K2 is …", via_bot=OSTEON)
    family.send("@osteon_bot is …", via_bot=OSTEON)
    await ann.ask("/help")
    assert ann.sees_nothing_more()
    assert family.sees_nothing_more()


def membership(telegram: Emulator, before: str, after: str, kind: str = "group") -> None:
    def member(status: str) -> dict[str, Any]:
        return {"status": status, "user": OSTEON} | ({"until_date": 0} if status == "kicked" else {})

    chat = {"id": GROUP, "type": kind, "title": "Family"}
    change = {"old_chat_member": member(before), "new_chat_member": member(after)}
    telegram.push("my_chat_member", {"chat": chat, "from": ANN, "date": 1_700_000_000} | change)


async def test_who_adds_us_to_a_group_is_told_once_how_to_ask(family: Person, telegram: Emulator) -> None:
    membership(telegram, "left", "member")
    hello = await family.sees()
    assert "@osteon_bot" in hello.text
    assert "/ask" in hello.text
    for before, after, kind in (
        ("member", "left", "group"),
        ("left", "member", "channel"),
        ("kicked", "kicked", "group"),
    ):
        membership(telegram, before, after, kind)
    await family.ask("/help")
    assert family.sees_nothing_more()


async def test_only_administrators_delete_what_a_group_has_stored(
    family: Person, telegram: Emulator, conversations: Conversations
) -> None:
    await family.ask(f"/ask {K2}")
    assert (await family.ask("/forgetme")).text == texts.ADMINISTRATORS_ONLY
    telegram.administrators.add(5)
    question = await family.ask("/forgetme")
    telegram.administrators.clear()
    assert (await family.press(texts.FORGET_YES, question)).text == texts.ADMINISTRATORS_ONLY
    assert await conversations.rows_of(GROUP) != {}
    telegram.administrators.add(5)
    assert (await family.press(texts.FORGET_YES, question)).text == texts.FORGOTTEN
    assert await conversations.rows_of(GROUP) == {}


async def test_an_anonymous_administrator_may_delete_and_a_channel_may_not(family: Person) -> None:
    itself = {"id": GROUP, "type": "group", "title": "Family"}
    channel = {"id": -1_009, "type": "channel", "title": "News"}
    assert (await family.ask("/forgetme", **{"from": ANONYMOUS}, sender_chat=itself)).text == texts.FORGET
    assert (await family.ask("/forgetme", **{"from": ANONYMOUS}, sender_chat=channel)).text == texts.ADMINISTRATORS_ONLY


async def test_where_administrators_cannot_be_learnt_nothing_is_deleted(family: Person, telegram: Emulator) -> None:
    telegram.administrators.add(5)
    telegram.faults.append(Fault("getChatMember", bad("CHAT_ADMIN_REQUIRED")))
    assert (await family.ask("/forgetme")).text == texts.ADMINISTRATORS_ONLY


UPGRADED = RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=MOVED)


async def test_an_answer_finds_a_group_that_has_a_new_number_and_so_does_its_state(
    family: Person, telegram: Emulator, conversations: Conversations
) -> None:
    telegram.faults.append(Fault("sendMessage", UPGRADED, chat_id=GROUP))
    await family_level(conversations)
    family.send(f"/ask {K2}")
    moved = telegram.person(MOVED)
    assert "K2" in (await moved.sees()).text
    assert family.sees_nothing_more()
    assert await conversations.rows_of(GROUP) == {}
    assert (await conversations.state(MOVED)).level == Tier.ACADEMIC
    assert len(telegram.called("sendMessage")) == 2


async def test_a_group_that_tells_its_new_number_keeps_its_state(
    family: Person, telegram: Emulator, conversations: Conversations
) -> None:
    await family_level(conversations)
    moved = telegram.person(MOVED)
    family.send(migrate_to_chat_id=MOVED)
    moved.send(migrate_from_chat_id=GROUP)
    assert "✓ Academic" in (await moved.ask("/level")).labels
    await family.ask("/help")
    assert await conversations.rows_of(GROUP) == {}
    assert family.sees_nothing_more()


async def test_a_group_that_moves_twice_at_once_is_no_error(conversations: Conversations) -> None:
    groups = Groups(conversations)
    await family_level(conversations)
    await groups.moved(GROUP, MOVED)
    await groups.moved(GROUP, MOVED)
    assert (await conversations.state(MOVED), await conversations.state(GROUP)) == (
        ChatState(Tier.ACADEMIC),
        ChatState(),
    )


async def family_level(conversations: Conversations) -> None:
    await conversations.set_level(GROUP, Tier.ACADEMIC)


@pytest.mark.parametrize("reason", ["not enough rights to send text messages to the chat", "TOPIC_CLOSED"])
async def test_where_we_may_not_write_we_do_not_try_to_apologise(
    family: Person, telegram: Emulator, caplog: pytest.LogCaptureFixture, reason: str
) -> None:
    telegram.faults.append(Fault("sendMessage", bad(reason)))
    with caplog.at_level(logging.INFO):
        family.send("/help")
        await family.ask("/topics")
    assert f"chat {GROUP} takes no messages from us" in caplog.text
    assert len(telegram.called("sendMessage")) == 2
