import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.matching.normalise import MAX_CHARACTERS, fold, visible, with_synonyms, words_of

any_text = st.text(st.characters(), max_size=400)
chat_words = st.lists(
    st.sampled_from(
        ["u", "im", "dont", "what", "bone", "Mg", "Ca", "20", "k2", "α", "TNF", "'s", "'ll", "’re", "n't", "-", " "]
    ),
    max_size=12,
).map("".join)


@given(st.one_of(any_text, chat_words))
@example("u'll see")
@example("wat's that")
@example("imα")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_any_text_folds_to_lower_case_words_parted_by_single_blanks(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.lower().split())


@given(st.one_of(any_text, chat_words))
def test_folded_text_is_its_words(text: str) -> None:
    assert fold(text).split() == words_of(text)


@given(chat_words, chat_words)
def test_case_does_not_matter_but_for_elements(first: str, second: str) -> None:
    text = f"{first} {second}".replace("Mg", "").replace("Ca", "")
    assert fold(text.upper()) == fold(text)


def test_words_are_told_without_signs() -> None:
    assert words_of("What's K2?") == ["what", "is", "k2"]


@pytest.mark.parametrize("text", ["", " ", "?!…", "👍🦴", "\n\t", "___", "\u200b"])
def test_what_holds_no_word_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("don't", "do not"),
        ("don’t", "do not"),
        ("dont", "do not"),
        ("DON'T", "do not"),
        ("can't", "can not"),
        ("cannot", "can not"),
        ("won't", "will not"),
        ("mustn't", "must not"),
        ("they're", "they are"),
        ("they'll", "they will"),
        ("I'm", "i am"),
        ("I've", "i have"),
        ("I'd", "i would"),
        ("u'll", "you will"),
        ("where's", "where is"),
        ("thats", "that is"),
        ("u", "you"),
        ("pls", "please"),
    ],
)
def test_contractions_and_chat_words_are_spelled_out(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("the bone's matrix", "the bone matrix"), ("O'Brien", "obrien"), ("'quoted' words", "quoted words")],
)
def test_other_apostrophes_are_dropped(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TNF-α", "tnf alpha"),
        ("TNFα", "tnf alpha"),
        ("β-catenin", "beta catenin"),
        ("Wnt/β-catenin", "wnt beta catenin"),
        ("NF-κB", "nf kappa b"),
        ("Α", "alpha"),
    ],
)
def test_greek_letters_are_named(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("is Mg good", "is magnesium good"),
        ("Ca and Mg", "calcium and magnesium"),
        ("20 Mg", "20 mg"),
        ("60 mg", "60 mg"),
        ("60mg", "60mg"),
        ("mg", "mg"),
        ("Cab", "cab"),
    ],
)
def test_a_symbol_of_an_element_is_named_but_a_dose_is_not(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ｏｓｔｅｏｐｏｒｏｓｉｓ", "osteoporosis"),
        ("os\u200bteo\u00adporosis", "osteoporosis"),
        ("vitamin K₂", "vitamin k2"),
        ("cafe\u0301", "café"),
        ("b\u0336o\u0336n\u0336e\u0336", "bone"),
        ("bone\nhealth\thelp", "bone health help"),
    ],
)
def test_what_looks_the_same_folds_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_hyphens_and_slashes_part_words() -> None:
    assert fold("weight-bearing/high-impact, bone_loss") == "weight bearing high impact bone loss"


def test_of_a_long_message_the_beginning_and_the_end_are_read() -> None:
    words = words_of("first " + "middle " * MAX_CHARACTERS + "secret " + "middle " * MAX_CHARACTERS + "last")
    assert ("first" in words, "last" in words, "secret" in words) == (True, True, False)


def test_a_message_of_the_greatest_length_is_read_whole() -> None:
    text = "a" * (MAX_CHARACTERS // 2) + "b" * (MAX_CHARACTERS // 2)
    assert fold(text) == text


@given(st.text(min_size=MAX_CHARACTERS + 1, max_size=MAX_CHARACTERS * 2, alphabet="ab 'ß"))
def test_a_message_however_long_costs_no_more_than_the_longest(text: str) -> None:
    assert sum(len(word) for word in words_of(text)) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    ("text", "seen"),
    [("a\u202eb", "ab"), ("a\x00b", "ab"), ("a\r\nb", "a  b"), ("Bone, 2!", "Bone, 2!"), ("ﬁt", "fit")],
)
def test_characters_that_are_not_seen_are_taken_out(text: str, seen: str) -> None:
    assert visible(text) == seen


SYNONYMS = {
    "evista": "raloxifene",
    "vit d": "vitamin d",
    "vit": "vitamin",
    "brittle bone disease": "osteoporosis",
    "brittle bones": "thin bones",
}


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("what is evista", "what is raloxifene"),
        ("vit d and vit k", "vitamin d and vitamin k"),
        ("brittle bone disease", "osteoporosis"),
        ("my brittle bones", "my thin bones"),
        ("brittle bone", "brittle bone"),
        ("d vit", "d vitamin"),
        ("nothing here", "nothing here"),
        ("", ""),
    ],
)
def test_the_longest_synonym_is_replaced(text: str, replaced: str) -> None:
    assert with_synonyms(text.split(), SYNONYMS) == replaced.split()


def test_what_a_synonym_gave_is_not_replaced_again() -> None:
    assert with_synonyms(["a", "b"], {"a": "b", "b": "c"}) == ["b", "c"]


@given(st.lists(st.sampled_from("abc")))
def test_without_synonyms_words_stay_as_they_are(words: list[str]) -> None:
    assert with_synonyms(words, {}) == words
