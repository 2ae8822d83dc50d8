import pytest

from bot.corpus.models import Excerpt, Part, Passage
from bot.corpus.pictures import Drawing, Picture, parse_heading, parse_phrase
from bot.errors import ContentError

PASSAGE = Passage(
    "p", Part.FUNDAMENTALS, "Bones", ("Bone is alive (and well).", "It breaks down."), label="paragraph 1"
)
ROW = Passage("r", Part.INTERMEDIATE, "Food", ("Milk", "Calcium."), columns=("What", "Why"), label="table, Milk")
WHOLE = Excerpt(PASSAGE, 1, 2)


@pytest.mark.parametrize("words", ["Bone is alive", "alive (and well).", "well). It breaks", "down", "It breaks down."])
def test_words_that_stand_there_are_a_phrase(words: str) -> None:
    assert parse_phrase(WHOLE, words).text == words


@pytest.mark.parametrize("words", ["bone is alive", "Bon", "live", "is  alive", " is alive", "", "Bone breaks"])
def test_other_words_parts_of_words_and_nothing_are_none(words: str) -> None:
    with pytest.raises(ContentError, match="does not stand in p:1-2"):
        parse_phrase(WHOLE, words)


def test_a_phrase_stands_in_the_sentence_that_is_named() -> None:
    with pytest.raises(ContentError, match="p:1-1"):
        parse_phrase(Excerpt(PASSAGE, 1, 1), "breaks down")


def test_without_words_it_is_the_whole_and_a_heading_is_the_section() -> None:
    assert parse_phrase(WHOLE, None).text == "Bone is alive (and well). It breaks down."
    assert parse_heading(WHOLE).text == "Bones"


def test_the_alt_text_is_the_name_then_each_quote_and_its_place() -> None:
    caption = (Excerpt(PASSAGE, 1, 1), Excerpt(PASSAGE, 2, 2), Excerpt(ROW, 1, 2))
    assert Picture("id", "The name", Drawing.TABLE, {}, caption, ()).alt_text == (
        "The name\n\n"
        "Bone is alive (and well).\nIt breaks down.\nFundamentals › Bones › paragraph 1\n\n"
        "What | Why\nMilk | Calcium.\nIntermediate › Food › table"
    )
