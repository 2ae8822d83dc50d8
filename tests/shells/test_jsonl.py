import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.shells.jsonl import answer_lines, render_json

FIELDS = ["id", "outcome", "intent", "score", "level", "excerpts", "references", "suggestions", "text"]


def _answered(know: Knowledge, *lines: str | dict[str, Any]) -> list[dict[str, Any]]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(line.encode()) for line in answer_lines(texts, know)]


def _is_error(answer: dict[str, Any]) -> bool:
    return list(answer) == ["id", "error"] and answer["id"] is None and bool(answer["error"])


def test_an_answer_has_the_fields_of_the_contract(know: Knowledge) -> None:
    (answer,) = _answered(know, {"id": "q1", "press": "vitamin-k2/role", "level": "intermediate"})
    assert list(answer) == FIELDS
    assert (answer["id"], answer["outcome"], answer["intent"]) == ("q1", "answer", "vitamin-k2/role")
    assert answer["level"] == "intermediate"
    for excerpt in answer["excerpts"]:
        passage = know.article.passages[excerpt["passage"]]
        assert list(excerpt) == ["text", "tier", "section", "passage"]
        assert excerpt["text"] in passage.text
        assert (excerpt["tier"], excerpt["section"]) == (passage.part.value, passage.section)
        assert excerpt["text"] in answer["text"]
    assert all(list(button) == ["intent", "title"] for button in answer["suggestions"])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "no JSON",
        "null",
        "[1, 2]",
        '"text"',
        "{}",
        '{"id": "a"}',
        '{"text": "no id"}',
        '{"id": null, "text": "k2"}',
        '{"id": true, "text": "k2"}',
        '{"id": NaN, "text": "k2"}',
        '{"id": 1e999, "text": "k2"}',
        '{"id": ["a"], "text": "k2"}',
        '{"id": "a", "text": 5}',
        '{"id": "a", "text": "k2", "press": "vitamin-k2/role"}',
        '{"id": "a", "text": "k2", "level": "expert"}',
        '{"id": "a", "text": "k2", "chat": {}}',
        "[" * 100_000,
        '{"id": 1, "text": "k2"',
    ],
)
def test_a_line_that_cannot_be_read_gets_an_error_and_the_rest_goes_on(know: Knowledge, line: str) -> None:
    before, error, after = _answered(know, {"id": 1, "text": "hello"}, line, {"id": 2, "text": "thanks"})
    assert (before["id"], after["id"]) == (1, 2)
    assert _is_error(error)


@pytest.mark.parametrize("id_", ["", "q1", 0, -7, 1.5, 10**30, "\ud800", "“ß”\n"])
def test_an_id_comes_back_as_it_was(know: Knowledge, id_: str | float) -> None:
    (answer,) = _answered(know, {"id": id_, "text": "thanks"})
    assert answer["id"] == id_
    assert type(answer["id"]) is type(id_)


def test_keys_that_are_not_known_are_passed_over(know: Knowledge) -> None:
    (answer,) = _answered(know, {"id": 1, "text": "thanks", "level": None, "chat": None, "expect_any": ["x"]})
    assert answer["outcome"] == "smalltalk"


def test_lines_of_one_chat_share_a_conversation_and_others_do_not(know: Knowledge) -> None:
    press = {"id": 1, "press": "vitamin-k2/role", "chat": "a"}
    more = {"id": 2, "text": "source?"}
    _, same, other, none = _answered(know, press, {**more, "chat": "a"}, {**more, "chat": "b"}, more)
    assert same["intent"] == "vitamin-k2/role"
    assert (other["intent"], none["intent"]) != ("vitamin-k2/role", "vitamin-k2/role")


def test_a_level_is_set_before_the_question_and_stays(know: Knowledge) -> None:
    first = {"id": 1, "text": "thanks", "chat": 1, "level": "academic"}
    answers = _answered(know, first, {"id": 2, "text": "thanks", "chat": 1}, {"id": 3, "text": "thanks", "chat": 2})
    assert [answer["level"] for answer in answers] == ["academic", "academic", "fundamentals"]


def test_a_press_of_an_unknown_intent_gets_a_clear_reply(know: Knowledge) -> None:
    (answer,) = _answered(know, {"id": 1, "press": "no/such"})
    assert answer["outcome"] == "clarify"
    assert answer["text"]


def test_a_byte_order_mark_is_passed_over(know: Knowledge) -> None:
    (answer,) = _answered(know, '\ufeff{"id": 1, "text": "thanks"}')
    assert answer["id"] == 1


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_gets_one_line_that_is_utf8(know: Knowledge, text: str) -> None:
    (line,) = answer_lines([json.dumps({"id": text, "text": text})], know)
    assert json.loads(line.encode("utf-8"))["id"] == text
    assert "\n" not in line


def test_render_json_is_the_same_without_an_id(know: Knowledge) -> None:
    _, reply = take_turn(ChatState(level=Tier.ACADEMIC), Message(press="vitamin-k2/role"), know)
    (answer,) = _answered(know, {"id": 1, "press": "vitamin-k2/role", "level": "academic"})
    assert json.loads(render_json(reply)) == {name: answer[name] for name in FIELDS[1:]}
