import pytest

from bot.dialogue.knowledge import Knowledge
from bot.errors import ContentError
from bot.matching.guards import Guards
from bot.matching.intents import Guard

LISTS = {"medicine": ["raloxifene", "my pill"], "unit": ["mg", "tablets"]}
PATTERNS = {
    Guard.DOSE: ["how many <unit>", "dose of <medicine>"],
    Guard.TREATMENT_CHANGE: ["stop|quit (taking) <medicine>"],
}


def guards() -> Guards:
    return Guards(PATTERNS, LISTS)


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("how many mg should i have", Guard.DOSE),
        ("what is the dose of raloxifene", Guard.DOSE),
        ("can i quit taking my pill", Guard.TREATMENT_CHANGE),
        ("what does raloxifene do", None),
        ("how many cells are there", None),
        ("", None),
    ],
)
def test_a_question_falls_under_the_guard_whose_pattern_it_fits(text: str, guard: Guard | None) -> None:
    assert guards().find(text) == guard


def test_of_two_guards_the_first_one_counts() -> None:
    assert guards().find("stop raloxifene or how many tablets") == Guard.DOSE


def test_the_speller_is_told_the_words_of_all_patterns() -> None:
    assert {"dose", "quit", "raloxifene", "tablets", "pill"} <= guards().words


def test_a_pattern_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ContentError, match="there is no list <drug>"):
        Guards({Guard.DOSE: ["dose of <drug>"]}, LISTS)


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("How many mg of calcium should I take a day?", Guard.DOSE),
        ("wat dosege of raloxifene is normal", Guard.DOSE),
        ("Does raloxifene have side effects?", Guard.SIDE_EFFECT),
        ("Can I take warfarin together with raloxifene?", Guard.INTERACTION),
        ("I am pregnant, may I take raloxifene?", Guard.PREGNANCY),
        ("I would like to stop taking my tablets", Guard.TREATMENT_CHANGE),
        ("Should I take vitamin D?", Guard.SHOULD_I_TAKE),
    ],
)
def test_the_questions_that_are_refused_before_any_score(know: Knowledge, text: str, guard: Guard) -> None:
    assert know.matcher.match(text).guard == guard


@pytest.mark.parametrize(
    "text",
    [
        "What does vitamin K2 do?",
        "Which foods have calcium?",
        "How does raloxifene slow bone loss?",
        "Why is jumping good for bones?",
        "How much of the body's magnesium is in the bones?",
    ],
)
def test_a_question_about_the_article_falls_under_no_guard(know: Knowledge, text: str) -> None:
    assert know.matcher.match(text).guard is None
