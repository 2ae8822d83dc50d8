import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.language import Reading, read_language
from bot.matching.normalise import words_of

KNOWN = frozenset(
    words_of("what is the how does do a vitamin vitamins calcium bone bones good are of for and foods with in my why")
)


def reading(text: str, mended: str | None = None) -> Reading:
    return read_language(words_of(text), words_of(text if mended is None else mended), KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "What is the calcium in my bones?",
        "what is osteoporosis",
        "bone 骨 is good",
        "calcium and naïve foods",
        "what is the Knochen",
        "TNF-α and bone",
    ],
)
def test_english_with_a_strange_word_in_it_is_english(text: str) -> None:
    assert reading(text) == Reading.ENGLISH


def test_of_two_words_one_that_is_known_is_enough() -> None:
    assert reading("bone xyzzy") == Reading.ENGLISH


@pytest.mark.parametrize("text", ["osteoporose", "xyzzy", "asdf ghjk"])
def test_two_words_of_which_none_is_known_cannot_be_read(text: str) -> None:
    assert reading(text) == Reading.NOTHING


def test_two_small_words_of_another_language_are_told() -> None:
    assert reading("que es") == Reading.OTHER_LANGUAGE


@pytest.mark.parametrize(
    "text",
    [
        "qué es la osteoporosis",
        "was ist Osteoporose",
        "was ist calcium in bones",
        "qu'est-ce que le calcium",
        "co je to osteoporóza",
        "kemik erimesi nedir bana söyle",
        "τι είναι η οστεοπόρωση",
        "que es el calcio",
    ],
)
def test_a_question_in_another_language_is_told_by_its_small_words_or_letters(text: str) -> None:
    assert reading(text) == Reading.OTHER_LANGUAGE


@pytest.mark.parametrize(
    "text", ["что такое остеопороз", "что", "骨粗鬆症とは何ですか", "ما هي هشاشة العظام", "кальций for"]
)
def test_other_letters_are_another_language_however_few_the_words(text: str) -> None:
    assert reading(text) == Reading.OTHER_LANGUAGE


@pytest.mark.parametrize("text", ["", "👍", "123 456", "?!", "\u200b", "...🦴..."])
def test_what_holds_no_letters_says_nothing(text: str) -> None:
    assert reading(text) == Reading.NOTHING


@pytest.mark.parametrize("text", ["asdf qwer zxcv", "lkj bone lkjh jhg", "blub blob blab blib"])
def test_noise_says_nothing(text: str) -> None:
    assert reading(text) == Reading.NOTHING


def test_english_full_of_typing_errors_is_english_once_mended() -> None:
    typed, mended = "whta si teh calcim", "what is the calcium"
    assert (reading(typed), reading(typed, mended)) == (Reading.NOTHING, Reading.ENGLISH)


def test_mending_does_not_make_another_language_english() -> None:
    assert reading("que es la vitamina", "que is a vitamin") == Reading.OTHER_LANGUAGE


def test_a_small_foreign_word_that_is_known_is_no_sign() -> None:
    known = KNOWN | {"die"}
    assert read_language(["die", "bones", "calcium"], ["die", "bones", "calcium"], known) == Reading.ENGLISH


def test_another_language_is_told_though_its_small_words_come_again_and_again() -> None:
    assert reading("de la leche de la leche de la") == Reading.OTHER_LANGUAGE


@given(st.text())
def test_any_text_has_a_reading(text: str) -> None:
    assert reading(text) in set(Reading)


@given(st.lists(st.sampled_from(sorted(KNOWN)), min_size=1))
def test_known_words_are_english_in_any_order(words: list[str]) -> None:
    assert read_language(words, words, KNOWN) == Reading.ENGLISH
