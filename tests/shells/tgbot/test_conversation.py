"""Whole conversations: PTB's application and the real core, over loopback HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from bot.corpus.models import Part, Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.shells.storage.memory import MemoryChatStore
from bot.shells.tgbot import texts
from bot.shells.tgbot.links import payload_of
from bot.shells.tgbot.presses import Kind, Press
from bot.usecases import Conversations
from tests.shells.tgbot.conftest import running
from tests.shells.tgbot.emulator import Emulator, Person, Shown

K2 = "vitamin-k2/role"
OSTEOCLASTS = "osteoclasts/role"


async def opened(ann: Person, intent_id: str) -> Shown:
    """The answer that a deep link opens, which does not hang on how well a question is matched."""
    return await ann.ask(f"/start {payload_of(intent_id)}")


def first_excerpt(know: Knowledge, intent_id: str, level: Tier) -> str:
    intent = know.intents[intent_id]
    return know.article.excerpt(intent.excerpts[intent.nearest_tier(level)][0]).text


async def test_start_greets_and_offers_every_theme(ann: Person, know: Knowledge) -> None:
    hello = await ann.ask("/start")
    assert "I am not a doctor" in hello.text
    assert "112, 911, 999" in hello.text
    assert hello.labels == list(dict.fromkeys(topic.theme for topic in know.catalogue.topics.values()))


async def test_every_command_of_the_menu_is_known(ann: Person, telegram: Emulator) -> None:
    menu, in_groups = telegram.called("setMyCommands")
    assert in_groups["scope"] == {"type": "all_group_chats"}
    assert {"ask", "topics"} < {c["command"] for c in in_groups["commands"]} < {c["command"] for c in menu["commands"]}
    for command in menu["commands"]:
        shown = await ann.ask(f"/{command['command']}")
        assert shown.text != words.UNKNOWN_COMMAND


async def test_a_question_is_answered_word_for_word_with_a_citation(ann: Person, know: Knowledge) -> None:
    answer = await ann.ask("What does vitamin K2 do?")
    assert first_excerpt(know, K2, Tier.FUNDAMENTALS) in answer.texts("blockquote")
    assert " › " in answer.texts("i")[-1]


async def test_a_deep_link_opens_its_answer(ann: Person, know: Knowledge) -> None:
    answer = await opened(ann, OSTEOCLASTS)
    assert first_excerpt(know, OSTEOCLASTS, Tier.FUNDAMENTALS) in answer.text


async def test_a_broken_deep_link_is_explained(ann: Person) -> None:
    shown = await ann.ask("/start vitamin-q__role")
    assert shown.text == texts.UNKNOWN_LINK
    assert "Nutrition" in shown.labels


async def test_deeper_and_simpler_change_the_message_in_place_and_the_level(ann: Person, know: Knowledge) -> None:
    answer = await opened(ann, OSTEOCLASTS)
    deeper = await ann.press("Deeper ▶", answer)
    assert deeper.id == answer.id
    assert first_excerpt(know, OSTEOCLASTS, Tier.INTERMEDIATE) in deeper.text
    assert "✓ Intermediate" in (await ann.ask("/level")).labels
    simpler = await ann.press("◀ Simpler", deeper)
    assert (simpler.id, simpler.text) == (answer.id, answer.text)


async def test_the_ends_of_the_scale_have_no_button_beyond_them_and_say_so_when_asked(ann: Person) -> None:
    answer = await opened(ann, OSTEOCLASTS)
    assert "◀ Simpler" not in answer.labels
    again = await ann.ask("simpler")
    assert again.text.startswith(words.ALREADY_SIMPLEST)


async def test_a_button_under_an_older_answer_acts_on_that_answer(ann: Person, know: Knowledge) -> None:
    older = await opened(ann, K2)
    await opened(ann, OSTEOCLASTS)
    sources = await ann.press("Sources", older)
    assert words.PLACE in sources.text
    assert first_excerpt(know, K2, Tier.FUNDAMENTALS) in sources.text
    deeper = await ann.press("Deeper ▶", older)
    assert deeper.id == older.id


async def test_sources_show_the_reading_list_on_the_subject_and_what_it_is(ann: Person, know: Knowledge) -> None:
    topic = next(topic for topic in know.catalogue.topics.values() if topic.references)
    sources = await ann.press("Sources", await opened(ann, topic.intents[0].id))
    assert words.READING in sources.text
    assert all(know.article.passages[id_].text in sources.text for id_ in topic.references)


async def test_buttons_work_after_a_restart(telegram: Emulator, know: Knowledge) -> None:
    ann = telegram.person()
    async with running(telegram, Conversations(know, MemoryChatStore())):
        answer = await opened(ann, OSTEOCLASTS)
    async with running(telegram, Conversations(know, MemoryChatStore())):
        deeper = await ann.press("Deeper ▶", answer)
        assert deeper.id == answer.id
        assert words.PLACE in (await ann.press("Sources", deeper)).text


async def test_more_goes_on_after_what_its_own_answer_showed(ann: Person, know: Knowledge) -> None:
    await opened(ann, OSTEOCLASTS)
    intent = know.intents["nutrients/table"]
    tier = intent.nearest_tier(Tier.FUNDAMENTALS)
    ann.tap(Press(Kind.MORE, intent.id, Tier.FUNDAMENTALS, seen=2).encode(), 1)
    shown = await ann.sees()
    assert know.article.excerpt(intent.excerpts[tier][1]).sentences[1] not in shown.text
    assert know.article.excerpt(intent.excerpts[tier][2]).sentences[1] in shown.text


@pytest.mark.parametrize(
    "data", ["a:gone/gone", "m:academic:2:gone/gone", "z:1", "h:no-theme", "p:gone", "g:gone", "d:vitamin-k2/role"]
)
async def test_a_stale_button_explains_itself(ann: Person, data: str) -> None:
    ann.tap(data, 1)
    answer = await ann.answered()
    assert (answer["text"], answer["show_alert"]) == (words.STALE, True)
    await ann.ask("/help")
    assert ann.sees_nothing_more()


async def test_a_button_whose_message_is_gone_answers_below(ann: Person) -> None:
    answer = await opened(ann, OSTEOCLASTS)
    del ann.messages[answer.id]
    deeper = await ann.press("Deeper ▶", answer)
    assert deeper.id != answer.id


async def test_pressing_the_ticked_level_changes_nothing_and_is_no_error(ann: Person) -> None:
    levels = await ann.ask("/level")
    ann.tap(levels.data("✓ Fundamentals"), levels.id)
    assert (await ann.answered())["text"] == texts.level_toast(Tier.FUNDAMENTALS)
    await ann.ask("/help")
    assert ann.sees_nothing_more()


async def test_a_level_is_set_by_button_by_name_and_in_other_words(ann: Person) -> None:
    levels = await ann.press("Academic", await ann.ask("/level"))
    assert levels.labels == ["Fundamentals", "Intermediate", "✓ Academic"]
    assert (await ann.ask("/level intermediate")).text == words.level_set(Tier.INTERMEDIATE)
    assert (await ann.ask("/level simpler")).text == words.level_set(Tier.FUNDAMENTALS)


async def test_topics_are_browsed_in_place_down_to_an_answer_and_back(ann: Person) -> None:
    themes = await ann.ask("/topics")
    nutrition = await ann.press("Nutrition", themes)
    vitamin = await ann.press("Vitamin K2 … (Intermediate)", nutrition)
    assert vitamin.id == nutrition.id == themes.id
    answer = await ann.press("Foods with vitamin K2 (Intermediate)", vitamin)
    assert answer.id != themes.id
    assert "natto" in answer.text
    again = await ann.press("↩ All topics", await ann.press("↩ Nutrition", vitamin))
    assert (again.id, again.text) == (themes.id, themes.text)


async def test_another_version_chosen_among_the_topics_is_kept(ann: Person) -> None:
    themes = await ann.press("Academic", await ann.ask("/topics"))
    assert "✓ Academic" in themes.labels
    assert "✓ Academic" in (await ann.ask("/level")).labels


async def test_the_glossary_shows_each_definition_with_its_citation(ann: Person, know: Knowledge) -> None:
    terms = await ann.ask("/glossary")
    assert terms.labels == [term.term for term in know.article.terms]
    term = await ann.press("Osteoclast", terms)
    assert term.id == terms.id
    assert know.article.passages["term-osteoclast"].text in term.texts("blockquote")
    assert term.texts("i") == ["Glossary › Osteoclast"]
    assert (await ann.press("↩ All terms", term)).text == terms.text


async def test_the_references_are_all_shown_word_for_word(ann: Person, know: Knowledge) -> None:
    shown = await ann.ask("/references")
    assert shown.texts("blockquote") == [passage.text for passage in know.article.of(Part.REFERENCES)]


async def test_an_emergency_gets_the_fixed_text_with_a_bold_first_line_and_no_button(ann: Person) -> None:
    shown = await ann.ask("I have crushing chest pain and cannot breathe")
    assert shown.texts("b") == [words.URGENT.split("\n")[0]]
    assert shown.rows == []


@pytest.mark.parametrize("command", ["/help", "/level", "/nonsense", "/privacy@osteon_bot"])
async def test_an_emergency_behind_a_command_is_heard(ann: Person, command: str) -> None:
    shown = await ann.ask(f"{command} I have crushing chest pain and cannot breathe")
    assert words.URGENT.split("\n")[0] in shown.text


async def test_an_emergency_in_a_caption_is_heard(ann: Person) -> None:
    shown = await ann.ask(photo=[], caption="I have crushing chest pain and cannot breathe")
    assert words.URGENT.split("\n")[0] in shown.text


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}}, "listen to voice messages"),
        ({"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1,
                      "is_animated": False, "is_video": False}}, "stickers"),
        ({"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}, "see pictures"),
        ({"document": {"file_id": "a", "file_unique_id": "b"}}, "open files"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "location"),
        ({"contact": {"phone_number": "1", "first_name": "Bo"}}, "contacts"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "I can only read text"),
    ],
)  # fmt: skip
async def test_what_is_no_text_gets_a_friendly_word(ann: Person, content: dict[str, Any], word: str) -> None:
    assert word in (await ann.ask(**content)).text


async def test_an_album_gets_one_word(ann: Person) -> None:
    picture: dict[str, Any] = {
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
        "media_group_id": "7",
    }
    ann.send(**picture)
    ann.send(**picture)
    assert "see pictures" in (await ann.sees()).text
    assert "/topics" in (await ann.ask("/help")).text


async def test_the_reading_list_can_be_copied_work_by_work(ann: Person, know: Knowledge) -> None:
    shown = await ann.ask("/references")
    copied = [button["copy_text"]["text"] for row in shown.rows for button in row]
    assert copied == [passage.text for passage in know.article.of(Part.REFERENCES)]
    assert all(len(text) <= 256 for text in copied)


@pytest.mark.parametrize(
    "text",
    [
        "/start I have crushing chest pain and cannot breathe",
        "/level academic I have crushing chest pain and cannot breathe",
        "/help heart attack/help please",
        "heart attack/help please",
    ],
)
async def test_an_emergency_behind_a_command_is_read(ann: Person, text: str) -> None:
    assert "This may be an emergency" in (await ann.ask(text)).text
