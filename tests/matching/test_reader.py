import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reader import Reader, Utterance
from bot.matching.spelling import Speller

SYNONYMS = {"evista": "raloxifene", "womb": "uterus", "thin bones": "osteoporosis"}


def reader() -> Reader:
    return Reader(SYNONYMS, Speller(["raloxifene", "evista", "calcium", "bones", "thin"], frozenset()))


def test_an_utterance_is_folded_then_mended_then_put_into_the_words_of_the_article() -> None:
    assert reader().read("What's Evsita?") == Utterance("what is evsita", "what is evista", "what is raloxifene")


@pytest.mark.parametrize("text", ["", "?!", "🦴"])
def test_what_holds_no_word_is_empty(text: str) -> None:
    assert reader().read(text) == Utterance("", "", "")


def test_words_are_mended_one_by_one_before_synonyms_of_several_words() -> None:
    assert reader().read("thin boens").text == "osteoporosis"


def test_an_author_is_read_without_mending() -> None:
    assert reader().read_author("Thin bones, evsita, womb") == "osteoporosis evsita uterus"


def test_an_utterance_tells_its_words() -> None:
    assert reader().read("calcium for my womb").words == ["calcium", "for", "my", "uterus"]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    utterance = reader().read(text)
    assert len(utterance.mended.split()) == len(utterance.folded.split())
