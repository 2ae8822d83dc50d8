"""Inline mode: what is offered while somebody types, and what it becomes in the chat."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from telegram.constants import InlineQueryLimit, MessageLimit

from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.compose import BEGINNINGS, answer
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.state import ChatState
from bot.shells.tgbot import inline, texts
from bot.shells.tgbot.render import render_card
from bot.usecases import Conversations
from tests.shells.tgbot.emulator import Emulator, Fault, Person, bad
from tests.shells.tgbot.markup import read_html

START_PARAMETER_MOST = 64


def ids(offer: dict[str, Any]) -> list[str]:
    return [result["id"] for result in offer["results"]]


async def test_half_a_word_offers_passages_with_excerpt_citation_and_a_way_to_the_bot(
    ann: Person, know: Knowledge
) -> None:
    offer = await ann.inline("vit k")
    first = next(result for result in offer["results"] if result["id"] == "vitamin-k2/foods")
    assert first["title"] == know.intents["vitamin-k2/foods"].title
    assert first["description"].startswith("Vitamin K2 | Directs calcium into bone")
    text, parts = read_html(first["input_message_content"]["message_text"])
    assert first["input_message_content"]["parse_mode"] == "HTML"
    assert first["input_message_content"]["link_preview_options"]["is_disabled"]
    assert text.startswith("Foods with vitamin K2\n\n")
    assert "natto" in next(part.text for part in parts if part.tag == "blockquote")
    assert text.endswith("table, Vitamin K2")
    assert first["reply_markup"]["inline_keyboard"] == [
        [{"text": texts.ASK_OSTEON, "url": "https://t.me/osteon_bot?start=vitamin-k2__foods"}]
    ]


async def test_what_is_offered_is_for_this_person_and_for_a_moment_only(ann: Person) -> None:
    offer = await ann.inline("k2")
    assert offer["is_personal"] is True
    assert offer["cache_time"] <= 30


async def test_the_passage_is_of_the_level_that_the_person_reads_at(ann: Person, conversations: Conversations) -> None:
    simple = await ann.inline("what calcium does for bone")
    await conversations.set_level(ann.chat_id, Tier.ACADEMIC)
    deeper = await ann.inline("what calcium does for bone")
    assert ids(simple) == ids(deeper)
    cards = [offer["results"][0]["input_message_content"]["message_text"] for offer in (simple, deeper)]
    assert ["Fundamentals ›" in cards[0], "Academic ›" in cards[1]] == [True, True]


async def test_nothing_typed_offers_where_to_begin(ann: Person, know: Knowledge) -> None:
    offer = await ann.inline("")
    themes = {topic.theme for topic in know.catalogue.topics.values()}
    assert tuple(ids(offer)[:3]) == BEGINNINGS
    assert {know.topic_of(id_).theme for id_ in ids(offer)} == themes


async def test_long_lists_come_in_pages_and_end_at_fifty(ann: Person) -> None:
    seen: list[str] = []
    offset = ""
    while True:
        offer = await ann.inline("w", offset)
        assert len(offer["results"]) <= inline.PAGE <= InlineQueryLimit.RESULTS
        seen += ids(offer)
        if "next_offset" not in offer:
            break
        offset = str(offer["next_offset"])
    assert len(seen) == len(set(seen)) == 50


@pytest.mark.parametrize("offset", ["200", "nonsense", "-3"])
async def test_an_offset_of_somebody_elses_making_does_no_harm(ann: Person, offset: str) -> None:
    assert "next_offset" not in await ann.inline("k2", offset)


@pytest.mark.parametrize("typed", ["what dose of vitamin k2", "zinc", "xyzzy", "how much calcium should i take"])
async def test_what_the_article_does_not_answer_offers_nothing_but_a_chat(ann: Person, typed: str) -> None:
    offer = await ann.inline(typed)
    assert offer["results"] == []
    assert offer["button"] == {"text": texts.ASK_IN_CHAT, "start_parameter": "ask"}
    assert "I am not a doctor" in (await ann.ask("/start ask")).text


async def test_an_emergency_gets_help_and_nothing_else(ann: Person) -> None:
    for typed, text in (("crushing chest pain", words.URGENT), ("i want to kill myself", words.SELF_HARM)):
        (result,) = (await ann.inline(typed))["results"]
        assert result["title"] == texts.GET_HELP
        assert "112" in result["description"]
        shown, parts = read_html(result["input_message_content"]["message_text"])
        assert shown.replace("\n\n", "\n") == text
        assert parts[0].tag == "b"
        assert "reply_markup" not in result


async def test_a_query_that_is_too_old_is_no_fault(
    ann: Person, telegram: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.faults.append(Fault("answerInlineQuery", bad("query is too old and response timeout expired")))
    with caplog.at_level(logging.INFO):
        ann.send_inline("vit")
        assert "vitamin-k2/role" in ids(await ann.inline("vit k"))
    assert "was not answered (BadRequest)" in caplog.text
    assert not [record for record in caplog.records if record.levelno > logging.INFO]
    assert "vit k" not in caplog.text


async def test_nothing_of_what_is_typed_is_remembered(ann: Person, conversations: Conversations) -> None:
    await ann.inline("vitamin k2")
    assert await conversations.rows_of(ann.chat_id) == {}


def test_every_card_is_one_message_and_its_link_is_one_that_telegram_takes(know: Knowledge) -> None:
    for level in Tier:
        for id_ in know.intents:
            section = answer(ChatState(level), [id_], know)[1].sections[0]
            text, parts = read_html(render_card(section))
            assert len(text) <= MessageLimit.MAX_TEXT_LENGTH
            assert all(excerpt.sentences[-1] in text for excerpt in section.excerpts)
            assert parts[-1].tag == "i"
            assert len(id_) + 1 <= START_PARAMETER_MOST
