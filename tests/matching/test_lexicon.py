import pytest

from bot.matching.lexicon import Hits, Lexicon
from bot.matching.matcher import classes_of
from tests.matching.toys import ARTICLE, CATALOGUE, anew, reader


def look_up(text: str) -> Hits:
    return Lexicon(classes_of(CATALOGUE, ARTICLE, reader()), anew).look_up(text)


@pytest.mark.parametrize(
    ("text", "intent"), [("what does calcium do", 0), ("calcium in milk", 1), ("what estrogen does", 2)]
)
def test_an_utterance_resembles_the_intent_whose_examples_share_its_words(text: str, intent: int) -> None:
    assert int(look_up(text).intents.argmax()) == intent


@pytest.mark.parametrize(("text", "number"), [("zinc foods", 3), ("thank you so much", 5)])
def test_the_most_likely_class_is_the_one_that_shares_its_words(text: str, number: int) -> None:
    assert int(look_up(text).classes.argmax()) == number


def test_chances_of_classes_sum_to_1() -> None:
    assert float(look_up("calcium and zinc").classes.sum()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("calcium and estrogen", 0.0),
        ("calcium and potassium", 0.5),
        ("potassium", 1.0),
        ("milk makes bone hard", 0.0),
        ("", 1.0),
        ("is it so", 1.0),
    ],
)
def test_content_words_that_no_intent_uses_are_unknown(text: str, share: float) -> None:
    assert look_up(text).unknown == pytest.approx(share)


def test_what_is_outside_is_nearer_to_the_outside() -> None:
    hits = look_up("do bones need zinc")
    assert hits.outside > hits.inside
