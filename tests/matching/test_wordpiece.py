from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.shells.encoder
from bot.matching.wordpiece import MAX_TOKENS, WordPiece

VOCABULARY_FILE = Path(bot.shells.encoder.__file__).parent / "vocab.txt"
BERT_TOKENS = VOCABULARY_FILE.read_text(encoding="utf-8").split("\n")
BERT = WordPiece(BERT_TOKENS)
START, END = BERT_TOKENS.index("[CLS]"), BERT_TOKENS.index("[SEP]")

any_text = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(["osteoporosis", "bone", "骨", "?", "x" * 101, "é"]), max_size=200).map(" ".join),
)


def tokens(text: str) -> list[str]:
    return [BERT_TOKENS[id_] for id_ in BERT.encode(text)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("hello world", [101, 7592, 2088, 102]),
        ("what is osteoporosis", [101, 2054, 2003, 9808, 2618, 7361, 14604, 6190, 102]),
        ("", [101, 102]),
    ],
)
def test_the_ids_are_those_of_bert_base_uncased(text: str, ids: list[int]) -> None:
    assert BERT.encode(text) == ids


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("osteoporosis", ["os", "##te", "##op", "##oro", "##sis"]),
        ("vitamin k2", ["vitamin", "k", "##2"]),
        ("bone-loss?", ["bone", "-", "loss", "?"]),
        ("a_b", ["a", "_", "b"]),
        ("Café NAÏVE", ["cafe", "naive"]),
        ("  bone \n\t loss ", ["bone", "loss"]),
    ],
)
def test_text_is_cut_into_the_longest_pieces_that_are_known(text: str, pieces: list[str]) -> None:
    assert tokens(text) == ["[CLS]", *pieces, "[SEP]"]


def test_a_word_with_no_known_piece_is_unknown_and_the_others_are_not() -> None:
    assert tokens("🦴 bone") == ["[CLS]", "[UNK]", "bone", "[SEP]"]


def test_a_word_whose_end_is_not_known_is_unknown_as_a_whole() -> None:
    small = ["[UNK]", "[CLS]", "[SEP]", "bone", "##s"]
    assert (WordPiece(small).encode("bones"), WordPiece(small).encode("bonesx")) == ([1, 3, 4, 2], [1, 0, 2])


def test_a_word_of_more_than_a_hundred_letters_is_unknown() -> None:
    assert ("[UNK]" in tokens("a" * 100), tokens("a" * 101)) == (False, ["[CLS]", "[UNK]", "[SEP]"])


@pytest.mark.parametrize("token", ["[CLS]", "[SEP]", "[PAD]", "[MASK]", "[UNK]"])
def test_nobody_can_type_a_special_token(token: str) -> None:
    assert BERT_TOKENS.index(token) not in BERT.encode(f"bone {token} loss")[1:-1]


@given(any_text)
def test_there_are_never_more_tokens_than_the_model_takes(text: str) -> None:
    assert 2 <= len(BERT.encode(text)) <= MAX_TOKENS


@given(any_text)
def test_the_ids_always_stand_between_one_start_and_one_end(text: str) -> None:
    ids = BERT.encode(text)
    assert (ids[0], ids[-1], ids.count(START), ids.count(END)) == (START, END, 1, 1)


@given(any_text)
def test_every_id_is_one_of_the_vocabulary(text: str) -> None:
    assert all(0 <= id_ < len(BERT_TOKENS) for id_ in BERT.encode(text))


@given(any_text)
def test_case_is_not_seen(text: str) -> None:
    assert BERT.encode(text.lower()) == BERT.encode(text)


def test_what_is_too_long_is_cut_at_the_end() -> None:
    assert BERT.encode("bone " * 500) == [START, *[BERT_TOKENS.index("bone")] * (MAX_TOKENS - 2), END]


def test_a_text_that_just_fits_is_not_cut() -> None:
    words = " ".join(["bone"] * (MAX_TOKENS - 3) + ["loss"])
    assert tokens(words)[-2:] == ["loss", "[SEP]"]


def test_a_vocabulary_without_the_special_tokens_is_refused() -> None:
    with pytest.raises(KeyError, match=r"\[UNK\]"):
        WordPiece(["bone"])
