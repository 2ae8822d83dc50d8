import pytest

from bot.authoring.evaluate import Figure, Verdict, confusions, evaluate_cases, evaluate_in_folds, figures
from bot.authoring.questions import Case, Turn
from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Outcome, Reply

ASKED = "What does vitamin K2 do?"
K2 = Case("k2", "inscope", (Turn(ASKED, (Outcome.ANSWER,), any_of=("calcium traffic",)),))
MOON = Case("moon", "inscope", (Turn(ASKED, (Outcome.ANSWER,), any_of=("the moon",)),))
ZINC = Case("zinc", "near", (Turn("Is zinc good for bones?", (Outcome.OUT_OF_SCOPE,)),))
TALK = Case(
    "talk",
    "dialogue",
    (
        Turn("What does vitamin K2 do?", (Outcome.ANSWER,)),
        Turn("and magnesium?", (Outcome.ANSWER,), any_of=("cofactor",)),
    ),
)


def verdict(kind: str, *, right: bool, outcome: Outcome = Outcome.ANSWER, button: bool = False) -> Verdict:
    turn = Turn("?", (Outcome.ANSWER,))
    return Verdict(Case("q", kind, (turn,)), turn, Reply(outcome, Tier.ACADEMIC, intent="a/b"), right, button)


def test_each_turn_of_a_conversation_is_judged_in_the_light_of_the_one_before(know: Knowledge) -> None:
    assert [(found.turn.text, found.right) for found in evaluate_cases([TALK], know)] == [
        ("What does vitamin K2 do?", True),
        ("and magnesium?", True),
    ]


def test_a_wrong_answer_is_told_from_a_right_one_and_from_a_refusal(know: Knowledge) -> None:
    found = [(it.right, it.wrongly_answered) for it in evaluate_cases([K2, MOON, ZINC], know)]
    assert found == [(True, False), (False, True), (True, False)]


@pytest.mark.parametrize(("intent", "button"), [("serms/what", True), ("serms/selectivity", False)])
def test_the_right_answer_on_a_button_is_noticed(know: Knowledge, intent: str, button: bool) -> None:
    """Who says hello is offered what SERMs are, among others."""
    hello = Case("hello", "inscope", (Turn("hello", (Outcome.ANSWER,), intents=(intent,)),))
    assert [it.button for it in evaluate_cases([hello], know)] == [button]


def test_in_folds_every_turn_is_judged_once_and_in_order(know: Knowledge) -> None:
    cases = [Case(f"{case.id}{n}", case.kind, case.turns) for n in range(4) for case in (K2, ZINC, TALK)]
    verdicts = evaluate_in_folds(cases, cases, know, 2)
    assert [it.case.id for it in verdicts] == [case.id for case in cases for _ in case.turns]


def test_figures_count_what_there_are_questions_for() -> None:
    rows = figures([verdict("inscope", right=True), verdict("inscope", right=False, button=True)])
    shares = {row.name: row.share for row in rows}
    assert shares["in scope, answered right at once"] == 0.5
    assert shares["in scope, answer or button right"] == 1.0
    assert shares["in scope, answered wrongly"] == 0.5
    assert not any("urgent" in name or "outside" in name for name in shares)


def test_what_is_outside_counts_as_answered_only_if_it_was() -> None:
    rows = figures(
        [
            verdict("near", right=False, outcome=Outcome.CLARIFY),
            verdict("near", right=False),
            verdict("far", right=True),
        ]
    )
    shares = {row.name: row.share for row in rows}
    assert shares["outside, near: not answered"] == 0.5
    assert shares["outside, far and the like: not answered"] == 1.0


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (Figure("right", 9, 10, 0.9), True),
        (Figure("right", 8, 10, 0.9), False),
        (Figure("wrong", 1, 10, 0.1, at_most=True), True),
        (Figure("wrong", 2, 10, 0.1, at_most=True), False),
    ],
)
def test_a_goal_is_a_least_share_or_a_greatest_one(figure: Figure, reached: bool) -> None:
    assert figure.reached == reached


def test_confusions_are_counted_the_most_frequent_first() -> None:
    verdicts = [verdict("near", right=False), verdict("inscope", right=False), verdict("near", right=False)]
    assert confusions([*verdicts, verdict("near", right=True)]) == [("near", "a/b", 2), ("inscope", "a/b", 1)]
