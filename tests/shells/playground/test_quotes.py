from __future__ import annotations

import pytest

from bot.corpus.models import Excerpt, Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.shells.playground.decisions import Decision
from bot.shells.playground.inspector import inspect
from bot.shells.playground.quotes import Place, find_quote
from bot.shells.playground.telegram import records
from bot.shells.playground.telegram.texts import read_text
from bot.shells.tgbot.render import render_reply

BOT = records.User(1, "Osteon", is_bot=True)


def shown(html: str) -> records.Message:
    content = read_text({"text": html, "parse_mode": "HTML"})
    return records.Message(1, records.Chat(5), BOT, 0, content)


def test_every_sentence_is_found_where_it_stands(know: Knowledge) -> None:
    for passage in know.article.passages.values():
        if not passage.is_row:
            quote = Excerpt(passage, 1, len(passage.sentences)).text
            place = find_quote(quote, f"{passage.part.label} › {passage.section}", know.article)
            assert place
            assert quote in place.passage.text


@pytest.mark.parametrize("level", list(Tier))
def test_every_quote_of_every_answer_is_found_letter_for_letter(know: Knowledge, level: Tier) -> None:
    for intent in know.intents:
        _, reply = take_turn(ChatState(level=level), Message(press=intent), know)
        for page in render_reply(reply):
            told = inspect(shown(page), None, know)
            assert told["verbatim"] == told["quotes"], intent


def test_a_changed_word_is_found_nowhere(know: Knowledge) -> None:
    passage = next(iter(know.article.passages.values()))
    assert find_quote(passage.text, "", know.article) == Place(passage, 1, len(passage.sentences))
    assert find_quote(f"{passage.text} And more.", "", know.article) is None


def test_the_decision_tells_candidates_thresholds_and_words(know: Knowledge) -> None:
    text, state = "does xyzzy help bones like vitamin K2", ChatState()
    _, reply = take_turn(state, Message(text), know)
    told = inspect(shown("hello"), Decision(Message(text), state, reply), know)["decision"]
    assert "xyzzy" in told["unknown_words"]
    assert 0 < told["refuse_below"] < told["answer_from"] < 1
    assert told["candidates"][0]["intent"].startswith("vitamin-k2/")
    assert told["summary"].startswith(told["outcome"])
    assert ["emergency", "no"] in [list(row) for row in told["figures"][0]]


def test_an_emergency_and_a_button_come_without_candidates(know: Knowledge) -> None:
    for message in (Message("I have crushing chest pain"), Message(press="vitamin-k2/role")):
        _, reply = take_turn(ChatState(), message, know)
        told = inspect(shown("hello"), Decision(message, ChatState(), reply), know)["decision"]
        assert "candidates" not in told
