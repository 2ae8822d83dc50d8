import json
from typing import Any

import pytest

from bot.authoring.questions import Case, QuestionsError, Turn, folded, is_right, parse_cases, shows, texts_of
from bot.corpus.models import Excerpt, Part, Passage, Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Outcome, Reply, Section

PASSAGE = Passage("p", Part.ACADEMIC, "Signals", ("Bone “lives” on.", "It’s old."))


def parsed(*lines: dict[str, Any]) -> list[Case]:
    return parse_cases("\n".join(json.dumps(line) for line in lines), "q.jsonl")


def answered(*excerpts: Excerpt, level: Tier = Tier.ACADEMIC) -> Reply:
    return Reply(Outcome.ANSWER, level, sections=(Section("a/b", "A", excerpts),))


WHOLE = answered(Excerpt(PASSAGE, 1, 2))


def test_a_question_inside_is_answered_with_one_of_its_phrases() -> None:
    (case,) = parsed({"id": "q1", "text": "Is bone alive?", "expect_any": ["lives"], "level": "academic"})
    assert case == Case("q1", "inscope", (Turn("Is bone alive?", (Outcome.ANSWER,), Tier.ACADEMIC, ("lives",)),))
    assert (case.is_inside, case.is_outside) == (True, False)


def test_a_question_inside_may_name_intents_instead() -> None:
    (case,) = parsed({"id": "q1", "text": "Is bone alive?", "intents": ["skeleton/living"]})
    assert case.turns[0].intents == ("skeleton/living",)


def test_traits_are_what_figures_are_counted_by() -> None:
    line = {"id": "q1", "text": "?", "expect_any": ["x"], "overlap": "low", "style": "typo"}
    assert [case.traits for case in parsed(line, line | {"overlap": "high"})] == [("low overlap", "typo"), ("typo",)]


def test_a_question_outside_is_refused_or_gets_what_it_accepts() -> None:
    near, far = parsed(
        {"id": "o1", "text": "zinc?", "kind": "near"},
        {"id": "o2", "text": "lol", "kind": "far", "accept": ["smalltalk", "clarify"]},
    )
    assert near.turns[0].outcomes == (Outcome.OUT_OF_SCOPE,)
    assert far.turns[0].outcomes == (Outcome.SMALLTALK, Outcome.CLARIFY)
    assert (near.is_inside, near.is_outside) == (False, True)


def test_an_emergency_is_urgent_and_a_look_alike_is_anything_else() -> None:
    urgent, alike = parsed(
        {"id": "u1", "text": "help", "expect": "urgent"}, {"id": "u2", "text": "help me learn", "expect": "not_urgent"}
    )
    assert urgent.turns[0].outcomes == (Outcome.URGENT,)
    assert set(alike.turns[0].outcomes) == set(Outcome) - {Outcome.URGENT}
    assert (urgent.is_outside, alike.is_outside) == (False, False)


def test_a_conversation_is_graded_turn_by_turn() -> None:
    turn = {"text": "more", "expect_level": None, "expect_any": None, "reject_any": ["x"]}
    (case,) = parsed(
        {
            "id": "d1",
            "turns": [
                turn | {"expect_outcome": "answer", "expect_level": "academic", "expect_any": ["y"]},
                turn | {"expect_outcome": ["answer", "clarify"]},
            ],
        }
    )
    assert case.kind == "dialogue"
    assert case.turns[0] == Turn("more", (Outcome.ANSWER,), Tier.ACADEMIC, ("y",), ("x",))
    assert case.turns[1].outcomes == (Outcome.ANSWER, Outcome.CLARIFY)


def test_empty_lines_are_passed_over_and_other_line_breaks_are_kept() -> None:
    cases = parse_cases('\n{"id": "o1", "text": "a\u2028b", "kind": "far"}\n\n', "q.jsonl")
    assert texts_of(cases) == ["a\u2028b"]


@pytest.mark.parametrize(
    "line",
    [
        "no JSON",
        "5",
        "[]",
        '{"id": "q1"}',
        '{"text": "no id", "kind": "far"}',
        '{"id": "q1", "text": "nothing expected"}',
        '{"id": "q1", "text": "x", "expect_any": ["y"], "level": "expert"}',
        '{"id": "o1", "text": "x", "kind": "far", "accept": ["shrug"]}',
        '{"id": "d1", "turns": [{"text": "x"}]}',
    ],
)
def test_a_line_of_no_known_shape_is_refused_with_its_place(line: str) -> None:
    good = '{"id": "o1", "text": "x", "kind": "far"}'
    with pytest.raises(QuestionsError, match=r"^q\.jsonl:2: this is no labelled question .*README\.md$"):
        parse_cases(f"{good}\n{line}", "q.jsonl")


def test_texts_are_compared_without_markup_quotes_blanks_and_case() -> None:
    assert folded("<b>It’s</b>  “OLD”\n&amp; new") == 'it\'s "old" & new'


@pytest.mark.parametrize(
    ("turn", "reply", "right"),
    [
        (Turn("?", (Outcome.ANSWER,), any_of=('bone "LIVES" on',)), WHOLE, True),
        (Turn("?", (Outcome.ANSWER,), any_of=("dies", "it's old")), WHOLE, True),
        (Turn("?", (Outcome.ANSWER,), any_of=("dies",)), WHOLE, False),
        (Turn("?", (Outcome.ANSWER,), none_of=("old",)), WHOLE, False),
        (Turn("?", (Outcome.ANSWER,), level=Tier.ACADEMIC), WHOLE, True),
        (Turn("?", (Outcome.ANSWER,), level=Tier.FUNDAMENTALS), WHOLE, False),
        (Turn("?", (Outcome.CLARIFY,)), WHOLE, False),
        (Turn("?", (Outcome.CLARIFY,), any_of=("x",)), Reply(Outcome.CLARIFY, Tier.ACADEMIC, lead="Well?"), True),
        (Turn("?", (Outcome.CLARIFY,)), Reply(Outcome.CLARIFY, Tier.ACADEMIC, lead="the male HPG axis"), False),
    ],
)
def test_a_reply_is_right_if_it_is_all_that_was_asked_for(
    know: Knowledge, turn: Turn, reply: Reply, right: bool
) -> None:
    assert is_right(turn, reply, know) == right


def test_of_intents_the_first_excerpt_must_be_shown_whole(know: Knowledge) -> None:
    turn = Turn("?", (Outcome.ANSWER,), intents=("estrogen/role",))
    main = know.article.excerpt(know.intents["estrogen/role"].excerpts[Tier.FUNDAMENTALS][0])
    part = Excerpt(main.passage, main.first, main.first)
    assert shows(turn, answered(main, level=Tier.FUNDAMENTALS), know)
    assert not shows(turn, answered(part, level=Tier.FUNDAMENTALS), know)
