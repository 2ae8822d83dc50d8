import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.spelling import Speller

VOCABULARY = ("calcium", "magnesium", "osteoporosis", "vitamin", "bone", "bones", "estrogen", "pth", "omega3")
COMMON = frozenset({"medicine", "house"})


def speller() -> Speller:
    return Speller(VOCABULARY, COMMON)


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("calcuim", "calcium"),
        ("clacium", "calcium"),
        ("calcim", "calcium"),
        ("xalcium", "calcium"),
        ("magnezium", "magnesium"),
        ("ostioporosis", "osteoporosis"),
        ("bnoe", "bone"),
        ("oestrogen", "estrogen"),
    ],
)
def test_a_typing_error_is_mended_to_the_nearest_word(word: str, mended: str) -> None:
    assert speller().mend(word) == mended


@pytest.mark.parametrize("word", VOCABULARY)
def test_a_right_word_stays_as_it_is(word: str) -> None:
    assert speller().mend(word) == word


@pytest.mark.parametrize("word", ["medicine", "house"])
def test_a_common_word_stays_as_it_is(word: str) -> None:
    assert speller().mend(word) == word


def test_a_common_word_next_to_a_right_one_is_not_taken_for_an_error() -> None:
    assert (Speller(["bone"], ["tone"]).mend("tone"), Speller(["bone"], []).mend("tone")) == ("tone", "bone")


@pytest.mark.parametrize("word", ["bon", "k2", "pht", "", "a"])
def test_a_short_word_has_too_many_neighbours_to_be_mended(word: str) -> None:
    assert speller().mend(word) == word


@pytest.mark.parametrize("word", ["calc1um", "25ohd", "omega4", "bone-loss"])
def test_what_is_no_plain_word_is_not_mended(word: str) -> None:
    assert speller().mend(word) == word


@pytest.mark.parametrize("word", ["xyzzy", "weather", "psychology"])
def test_a_word_like_none_stays_as_it_is(word: str) -> None:
    assert speller().mend(word) == word


@pytest.mark.parametrize(("word", "known"), [("bone", True), ("house", True), ("calcuim", False), ("pth", False)])
def test_it_knows_the_words_of_the_catalogue_and_the_common_ones(word: str, known: bool) -> None:
    assert speller().knows(word) == known


@given(st.permutations(VOCABULARY), st.sampled_from(["bonee", "bons", "vitamims", "calciom"]))
def test_the_order_of_the_vocabulary_does_not_matter(vocabulary: list[str], word: str) -> None:
    assert Speller(vocabulary, COMMON).mend(word) == speller().mend(word)


def test_a_speller_without_words_mends_nothing() -> None:
    assert Speller([], []).mend("calcuim") == "calcuim"


@given(st.one_of(st.text(), st.text(alphabet="bonescalium", min_size=3, max_size=9)))
def test_a_mended_word_is_itself_or_known(word: str) -> None:
    mended = speller().mend(word)
    assert mended == word or speller().knows(mended)


@given(st.text(alphabet="bonescalium", min_size=3, max_size=9))
def test_a_mended_word_needs_no_mending(word: str) -> None:
    assert speller().mend(speller().mend(word)) == speller().mend(word)


def test_what_was_mended_before_does_not_change_what_is_mended_now() -> None:
    one = speller()
    for number in range(10_050):
        one.mend("".join(chr(ord("a") + int(digit)) for digit in f"{number:05}"))
    assert (one.mend("calcuim"), one.mend("calcuim")) == ("calcium", "calcium")
