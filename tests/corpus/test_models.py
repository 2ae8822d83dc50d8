import re

import pytest

from bot.corpus.models import Article, Excerpt, Part, Passage, Pointer, Term, Tier, parse_pointer
from bot.errors import ContentError

REMODELING = Passage("remodeling", Part.FUNDAMENTALS, "Bone", ("Bone lives.", "It is renewed.", "It never stops."))
ROW = Passage(
    "row-calcium", Part.INTERMEDIATE, "Food", ("Calcium", "Hardness", "Milk"), columns=("Mineral", "Role", "Food")
)
PASSAGES = {passage.id: passage for passage in (REMODELING, ROW)}


def test_tiers_run_from_the_simplest_to_the_deepest() -> None:
    assert [tier.step for tier in (Tier.FUNDAMENTALS, Tier.INTERMEDIATE, Tier.ACADEMIC)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("start", "steps", "end"),
    [
        (Tier.FUNDAMENTALS, 1, Tier.INTERMEDIATE),
        (Tier.FUNDAMENTALS, 2, Tier.ACADEMIC),
        (Tier.ACADEMIC, -1, Tier.INTERMEDIATE),
        (Tier.INTERMEDIATE, 0, Tier.INTERMEDIATE),
    ],
)
def test_a_tier_moves_by_steps(start: Tier, steps: int, end: Tier) -> None:
    assert start.moved(steps) == end


@pytest.mark.parametrize(("start", "steps"), [(Tier.ACADEMIC, 1), (Tier.FUNDAMENTALS, -1), (Tier.ACADEMIC, 9)])
def test_a_tier_stops_at_the_ends(start: Tier, steps: int) -> None:
    assert start.moved(steps) == start


def test_labels_are_written_as_a_reader_sees_them() -> None:
    assert (Tier.ACADEMIC.label, Part.GLOSSARY.label) == ("Academic", "Glossary")


def test_each_tier_is_a_part_of_the_document_by_the_same_name() -> None:
    assert [Part(tier.value).label for tier in Tier] == [tier.label for tier in Tier]


def test_sentences_of_a_paragraph_are_joined_by_blanks() -> None:
    assert REMODELING.text == "Bone lives. It is renewed. It never stops."


def test_cells_of_a_row_are_joined_by_bars() -> None:
    assert ROW.text == "Calcium | Hardness | Milk"


def test_only_a_passage_with_columns_is_a_row() -> None:
    assert (REMODELING.is_row, ROW.is_row) == (False, True)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("remodeling", Pointer("remodeling", 1, 3)),
        ("remodeling:2", Pointer("remodeling", 2, 2)),
        ("remodeling:2-3", Pointer("remodeling", 2, 3)),
        ("remodeling:1-1", Pointer("remodeling", 1, 1)),
        ("row-calcium:3", Pointer("row-calcium", 3, 3)),
    ],
)
def test_a_pointer_names_a_passage_or_some_of_its_sentences(text: str, pointer: Pointer) -> None:
    assert parse_pointer(text, PASSAGES) == pointer


def test_a_pointer_read_from_its_own_text_is_the_same() -> None:
    pointer = Pointer("remodeling", 2, 3)
    assert parse_pointer(str(pointer), PASSAGES) == pointer


@pytest.mark.parametrize("text", ["remodeling:4", "remodeling:2-4", "remodeling:99"])
def test_a_pointer_past_the_last_sentence_is_refused(text: str) -> None:
    message = f'excerpt "{text}": passage "remodeling" has sentences 1 to 3'
    with pytest.raises(ContentError, match=f"^{re.escape(message)}$"):
        parse_pointer(text, PASSAGES)


@pytest.mark.parametrize("text", ["remodeling:0", "remodeling:0-2", "remodeling:3-2"])
def test_a_pointer_before_the_first_sentence_or_backwards_is_refused(text: str) -> None:
    with pytest.raises(ContentError, match=f'"{text}".* has sentences 1 to 3'):
        parse_pointer(text, PASSAGES)


def test_a_pointer_to_no_passage_names_the_one_it_missed() -> None:
    with pytest.raises(ContentError, match=r'^excerpt "remodelling:2": there is no passage "remodelling"$'):
        parse_pointer("remodelling:2", PASSAGES)


@pytest.mark.parametrize(
    "text", ["", "remodeling:", "remodeling:two", "remodeling 2", "Remodeling", "remodeling:1-", " remodeling"]
)
def test_what_is_no_pointer_is_shown_how_to_write_one(text: str) -> None:
    message = f'excerpt "{text}" is no pointer; write a passage, as in remodeling, remodeling:2 or remodeling:2-3'
    with pytest.raises(ContentError, match=f"^{re.escape(message)}$"):
        parse_pointer(text, PASSAGES)


def test_an_excerpt_is_the_sentences_that_its_pointer_names() -> None:
    article = Article(PASSAGES, ())
    assert article.excerpt(Pointer("remodeling", 2, 3)).sentences == ("It is renewed.", "It never stops.")


def test_an_excerpt_stands_word_for_word_in_its_passage() -> None:
    texts = [Excerpt(passage, 2, 3).text for passage in (REMODELING, ROW)]
    assert texts == ["It is renewed. It never stops.", "Hardness | Milk"]


def test_an_excerpt_knows_where_it_was_pointed_to() -> None:
    assert str(Excerpt(REMODELING, 1, 2).pointer) == "remodeling:1-2"


def test_the_passages_of_a_part_keep_the_order_of_the_document() -> None:
    later = Passage("cells", Part.FUNDAMENTALS, "Bone", ("Two teams work.",))
    article = Article({**PASSAGES, "cells": later}, (Term("term-bone", "Bone"),))
    assert article.of(Part.FUNDAMENTALS) == (REMODELING, later)


def test_a_part_without_passages_is_empty() -> None:
    assert Article(PASSAGES, ()).of(Part.GLOSSARY) == ()
