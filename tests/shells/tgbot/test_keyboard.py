from __future__ import annotations

import pytest

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Control, Message, Outcome, Reply, Section, Suggestion
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.shells.tgbot.glossary import glossary_page, term_page
from bot.shells.tgbot.keyboard import reply_keyboard
from bot.shells.tgbot.links import intent_of, payload_of
from bot.shells.tgbot.presses import MOST_BYTES, Kind, Press, decode
from bot.shells.tgbot.topics import slug, theme_page, themes_page, topic_page


def labels(reply: Reply) -> list[list[str]]:
    keyboard = reply_keyboard(reply)
    return [[button.text for button in row] for row in keyboard.inline_keyboard] if keyboard else []


def test_levels_stand_side_by_side_then_more_and_sources_then_suggestions() -> None:
    reply = Reply(
        Outcome.ANSWER,
        Tier.INTERMEDIATE,
        sections=(Section("a/b", "B", (), more=True, seen=2),),
        suggestions=(Suggestion("a/c", "C"), Suggestion("a/d", "D")),
        controls=(Control.SIMPLER, Control.DEEPER, Control.MORE, Control.SOURCES),
        intent="a/b",
    )
    assert labels(reply) == [["◀ Simpler", "Deeper ▶"], ["More", "Sources"], ["C"], ["D"]]
    keyboard = reply_keyboard(reply)
    assert keyboard
    assert [button.callback_data for row in keyboard.inline_keyboard[:2] for button in row] == [
        "d:fundamentals:a/b",
        "d:academic:a/b",
        "m:intermediate:2:a/b",
        "s:intermediate:a/b",
    ]


def test_two_answers_in_one_are_each_opened_in_full() -> None:
    sections = (Section("a/b", "B", ()), Section("c/b", "C", ()))
    reply = Reply(
        Outcome.ANSWER, Tier.ACADEMIC, sections=sections, controls=(Control.SIMPLER, Control.SOURCES), intent="a/b"
    )
    assert labels(reply) == [["In full: B"], ["In full: C"]]


def test_a_reply_without_buttons_has_no_keyboard() -> None:
    assert reply_keyboard(Reply(Outcome.URGENT, Tier.ACADEMIC)) is None


def test_every_button_of_every_intent_fits_and_is_read_back(know: Knowledge) -> None:
    for intent_id in know.intents:
        for level in Tier:
            _, reply = take_turn(ChatState(level=level), Message(press=intent_id), know)
            keyboard = reply_keyboard(reply)
            assert keyboard
            assert_fits([str(button.callback_data) for row in keyboard.inline_keyboard for button in row])
            assert_fits([Press(Kind.MORE, intent_id, level, 9999).encode()])


@pytest.mark.parametrize("level", list(Tier))
def test_every_button_for_browsing_fits_and_leads_somewhere(know: Knowledge, level: Tier) -> None:
    themes = {slug(topic.theme) for topic in know.catalogue.topics.values()}
    pages = [themes_page(know, level), glossary_page(know)]
    pages += filter(None, (theme_page(know, level, theme) for theme in themes))
    pages += filter(None, (topic_page(know, level, topic) for topic in know.catalogue.topics))
    pages += filter(None, (term_page(know, term.id) for term in know.article.terms))
    assert len(pages) == 2 + len(themes) + len(know.catalogue.topics) + len(know.article.terms)
    for page in pages:
        assert page.keyboard
        assert_fits([str(button.callback_data) for row in page.keyboard.inline_keyboard for button in row])


def test_every_term_leads_on_to_an_intent(know: Knowledge) -> None:
    for term in know.article.terms:
        page = term_page(know, term.id)
        assert page
        assert page.keyboard
        assert len(page.keyboard.inline_keyboard) > 1


def test_every_intent_has_a_deep_link_that_telegram_allows(know: Knowledge) -> None:
    for intent_id in know.intents:
        payload = payload_of(intent_id)
        assert len(payload) <= 64
        assert payload.replace("_", "").replace("-", "").isalnum()
        assert intent_of(payload, know) == intent_id


def test_a_deep_link_to_a_topic_opens_its_first_intent(know: Knowledge) -> None:
    assert intent_of("vitamin-k2", know) == know.catalogue.topics["vitamin-k2"].intents[0].id
    assert intent_of("nothing", know) is None


@pytest.mark.parametrize("data", ["", "a", "0:a/b", "d:expert:a/b", "a:A/B", "m:academic:99999:a/b"])
def test_what_no_version_has_written_is_not_read(data: str) -> None:
    assert decode(data) is None


def assert_fits(datas: list[str]) -> None:
    for data in datas:
        assert len(data.encode()) <= MOST_BYTES
        press = decode(data)
        assert press
        assert press.encode() == data
