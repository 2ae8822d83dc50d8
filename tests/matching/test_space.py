from collections.abc import Callable, Sequence

import numpy as np
import pytest

from bot.matching.matcher import classes_of
from bot.matching.remembered import Arrays
from bot.matching.space import Classes, Space
from tests.matching.toys import ARTICLE, CATALOGUE, WORDS, WordEncoder, anew, reader


def classes() -> Classes:
    return classes_of(CATALOGUE, ARTICLE, reader())


def space() -> Space:
    return Space(WordEncoder(WORDS), classes(), anew)


def test_the_classes_are_intents_then_subjects_then_small_talk() -> None:
    found = classes()
    assert (found.intents, found.subjects, found.small_talk, found.count) == (3, 2, 1, 6)
    assert found.examples.labels == (0, 0, 1, 1, 2, 2)
    assert (set(found.outside.labels), set(found.chat.labels)) == ({3, 4}, {5})


def test_each_sentence_of_an_excerpt_is_a_text_of_its_intent() -> None:
    found = classes().sentences
    assert (found.texts[0], found.labels[0]) == ("calcium makes bone hard", 0)
    assert [label for text, label in zip(found.texts, found.labels, strict=True) if "estrogen" in text] == [2]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what does calcium do", 0),
        ("foods with calcium", 1),
        ("is there calcium in milk", 1),
        ("estrogen and bones", 2),
    ],
)
def test_an_example_lies_at_its_own_intent(text: str, intent: int) -> None:
    place = space().place(text)
    assert (int(place.intents.argmax()), int(place.nearest.argmax())) == (intent, intent)
    assert place.nearest[intent] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(("text", "nearer"), [("what does calcium do", "inside"), ("zinc foods", "outside")])
def test_a_place_is_nearer_to_what_it_resembles(text: str, nearer: str) -> None:
    place = space().place(text)
    assert ("inside" if place.inside > place.outside else "outside") == nearer


def test_all_classes_have_a_joint_score() -> None:
    assert int(space().place("thank you so much").joint.argmax()) == 5


def test_what_was_fitted_before_is_not_fitted_again() -> None:
    kept: dict[tuple[str, ...], Arrays] = {}
    fitted: list[tuple[str, ...]] = []

    def remember(key: Sequence[str], compute: Callable[[], Arrays]) -> Arrays:
        if tuple(key) not in kept:
            fitted.append(tuple(key))
            kept[tuple(key)] = compute()
        return kept[tuple(key)]

    one, two = (Space(WordEncoder(WORDS), classes(), remember) for _ in range(2))
    assert len(fitted) == 1
    assert np.array_equal(one.place("estrogen").intents, two.place("estrogen").intents)
