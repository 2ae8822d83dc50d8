import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.lexical import LexicalIndex
from tests.matching.toys import anew

TEXTS = ("what is bone", "calcium in food", "bone loss after menopause", "loss of bone", "magnesium")
ROUNDING = 1e-5
folded = st.lists(st.sampled_from(["bone", "bones", "loss", "calcium", "food", "is", "a", "xyz"]), max_size=10).map(
    " ".join
)


def best(text: str) -> str:
    return TEXTS[int(LexicalIndex(TEXTS, anew).scores(text).argmax())]


@given(st.lists(folded, max_size=6), st.one_of(folded, st.text()))
def test_scores_lie_between_0_and_1_one_for_each_text(texts: list[str], asked: str) -> None:
    scores = LexicalIndex(texts, anew).scores(asked)
    assert scores.shape == (len(texts),)
    assert all(0 <= score <= 1 + ROUNDING for score in scores)


@given(st.lists(folded, min_size=1, max_size=6))
def test_a_text_is_wholly_like_itself(texts: list[str]) -> None:
    index = LexicalIndex(texts, anew)
    own = [float(index.scores(text)[place]) for place, text in enumerate(texts)]
    assert own == pytest.approx([1.0 if text else 0.0 for text in texts], abs=ROUNDING)


@pytest.mark.parametrize("asked", ["", "xyzzy", "🦴", "the weather"])
def test_what_shares_no_word_and_no_piece_is_like_nothing(asked: str) -> None:
    assert LexicalIndex(["calcium", "protein"], anew).scores(asked).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("magnesium please", "magnesium"),
        ("magnesiums", "magnesium"),
        ("foods with calcium", "calcium in food"),
        ("menopausal bone loss", "bone loss after menopause"),
        ("loss of bone", "loss of bone"),
    ],
)
def test_the_text_with_the_most_in_common_is_the_most_like(asked: str, text: str) -> None:
    assert best(asked) == text


def test_the_order_of_words_is_heard() -> None:
    scores = LexicalIndex(["bone loss", "loss bone"], anew).scores("bone loss")
    assert scores[0] > scores[1] > 0


def test_a_misspelt_word_is_heard_by_its_pieces() -> None:
    scores = LexicalIndex(["osteoporosis", "calcium"], anew).scores("osteoporosys")
    assert scores[0] > 0.3 > scores[1]


def test_a_rare_word_tells_more_than_a_frequent_one() -> None:
    scores = LexicalIndex(["bone zinc", "bone iron", "bone", "bone mass"], anew).scores("bone zinc")
    assert scores[0] > scores[2] > 0
    assert LexicalIndex(["one here", "two here", "six here"], anew).scores("one here")[1] < 0.5


def test_words_that_no_text_has_make_the_likeness_smaller() -> None:
    index = LexicalIndex(["calcium"], anew)
    assert (
        index.scores("calcium")[0] > index.scores("calcium unicorns")[0] > index.scores("calcium unicorns fly")[0] > 0
    )


def test_the_same_texts_have_the_same_scores_in_any_order() -> None:
    scores = LexicalIndex(TEXTS, anew).scores("bone loss")
    backwards = LexicalIndex(TEXTS[::-1], anew).scores("bone loss")
    assert np.allclose(scores, backwards[::-1], atol=ROUNDING)
