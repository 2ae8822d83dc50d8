"""What is found while somebody types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.knowledge import Knowledge


def found(know: Knowledge, typed: str) -> list[str]:
    return [intent.id for intent in know.search.find(typed)]


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("k2", "vitamin-k2/role"),
        ("vit k", "vitamin-k2/role"),
        ("osteoc", "osteoclasts/role"),
        ("serm how", "serms/what"),
        ("natto", "vitamin-k2/foods"),
        ("magnes fo", "magnesium/foods"),
        ("evis", "raloxifene/in-bone"),  # a brand, half typed
        ("calcum", "calcium/role"),  # a letter left out
        ("strogen", "estrogen/role"),
        ("weihgt bearing", "weight-bearing/examples"),
        ("why do bones get thin after menop", "menopause/bone-loss"),
    ],
)
def test_what_is_half_typed_or_mistyped_finds_what_is_meant(know: Knowledge, typed: str, intent: str) -> None:
    assert intent in found(know, typed)[:8]


def test_an_intent_is_first_for_its_title(know: Knowledge) -> None:
    missed = [intent.id for intent in know.intents.values() if intent.id not in found(know, intent.title)[:3]]
    assert missed == []


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xyzzy", "how tall is the eiffel tower", "z"])
def test_what_fits_nothing_finds_nothing(know: Knowledge, typed: str) -> None:
    assert found(know, typed) == []


def test_a_right_word_of_english_is_not_taken_for_another_one(know: Knowledge) -> None:
    assert found(know, "tower") == []


@given(typed=st.text(max_size=256))
def test_whatever_is_typed_is_no_error_and_nothing_is_found_twice(know: Knowledge, typed: str) -> None:
    ids = found(know, typed)
    assert len(ids) == len(set(ids))
