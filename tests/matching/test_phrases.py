import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.matching.phrases import compile_phrase, words_in

LISTS = {"medicine": ["raloxifene", "my pill", "tablet*"], "unit": ["mg", "g"]}
words = st.lists(st.sampled_from(["bone", "bones", "loss", "leg", "swollen", "no", "2"]), max_size=8)


def found(pattern: str, sentence: str) -> str | None:
    """What of the sentence the pattern covers."""
    match = compile_phrase(pattern, LISTS).find(sentence)
    return match.group().strip() if match else None


@pytest.mark.parametrize(
    ("pattern", "sentence", "covered"),
    [
        ("bone loss", "why is bone loss bad", "bone loss"),
        ("bone loss", "bone loss", "bone loss"),
        ("bone loss", "loss of bone", None),
        ("bone", "bones", None),
        ("bone", "backbone", None),
        ("stop|quit", "can i quit now", "quit"),
        ("stop|quit", "can i start now", None),
        ("stop (taking) it", "stop it", "stop it"),
        ("stop (taking) it", "stop taking it", "stop taking it"),
        ("stop (taking) it", "stop eating it", None),
        ("stop (taking or_eating) it", "stop taking or eating it", "stop taking or eating it"),
        ("swell*", "swelling of the leg", "swelling"),
        ("swell*", "swell", "swell"),
        ("swell*", "no well", None),
        ("can_not|hardly breathe", "i can not breathe", "can not breathe"),
        ("can_not|hardly breathe", "i hardly breathe", "hardly breathe"),
        ("can_not|hardly breathe", "i can breathe", None),
        ("<n> mg", "take 60 mg daily", "60 mg"),
        ("<n> mg", "take some mg daily", None),
        ("one|<n> mg", "one mg", "one mg"),
        ("stop <medicine>", "stop raloxifene", "stop raloxifene"),
        ("stop <medicine>", "stop my pill", "stop my pill"),
        ("stop <medicine>", "stop tablets", "stop tablets"),
        ("stop <medicine>", "stop it", None),
        ("stop <medicine>|it", "stop it", "stop it"),
        ("<n> <unit> of", "2 g of", "2 g of"),
    ],
)
def test_a_pattern_covers_what_its_author_wrote(pattern: str, sentence: str, covered: str | None) -> None:
    assert found(pattern, sentence) == covered


@pytest.mark.parametrize("between", ["", "a ", "a b ", "a b c d "])
def test_a_gap_is_of_up_to_four_words(between: str) -> None:
    assert found("swell* ... leg", f"swollen swelling {between}leg") == f"swelling {between}leg"


def test_a_gap_of_five_words_is_too_wide() -> None:
    assert found("swell* ... leg", "swelling a b c d e leg") is None


@pytest.mark.parametrize("sentence", ["my leg is swollen", "a swollen leg", "leg swollen"])
def test_parts_joined_by_and_may_stand_in_any_order(sentence: str) -> None:
    assert compile_phrase("leg & swollen", LISTS).find(sentence) is not None


@pytest.mark.parametrize("sentence", ["my leg", "swollen", "", "legs swollen"])
def test_all_parts_joined_by_and_must_be_there(sentence: str) -> None:
    assert compile_phrase("leg & swollen", LISTS).find(sentence) is None


def test_of_parts_joined_by_and_the_place_is_that_of_the_first() -> None:
    assert found("leg & swollen", "swollen red leg") == "leg"


def test_a_pattern_keeps_what_its_author_wrote() -> None:
    assert compile_phrase("stop (taking) <medicine>", LISTS).text == "stop (taking) <medicine>"


@given(words.filter(bool), words, words)
def test_plain_words_are_found_wherever_they_stand(sought: list[str], before: list[str], after: list[str]) -> None:
    assert found(" ".join(sought), " ".join([*before, *sought, *after])) == " ".join(sought)


@given(words.filter(bool), words)
def test_plain_words_are_found_only_as_they_stand(sought: list[str], sentence: list[str]) -> None:
    places = [sentence[at : at + len(sought)] for at in range(len(sentence))]
    assert (found(" ".join(sought), " ".join(sentence)) is not None) == (sought in places)


@given(st.text())
def test_a_pattern_can_be_looked_for_in_any_text(sentence: str) -> None:
    compile_phrase("swell* ... <n>|leg (of) <medicine> & no", LISTS).find(sentence)


def test_a_list_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(ContentError) as refused:
        compile_phrase("stop <medicin>", LISTS)
    assert str(refused.value) == 'pattern "stop <medicin>": there is no list <medicin>; there are medicine, unit'


@pytest.mark.parametrize(
    "sign", ["don't", "follow-up", "a+", "[ab]", "leg?", "x.", "pills)", "a||b", "|a", "a|", "<>", "s*p"]
)
def test_a_sign_that_means_nothing_is_refused_with_its_pattern(sign: str) -> None:
    with pytest.raises(ContentError) as refused:
        compile_phrase(f"stop {sign} now", LISTS)
    assert str(refused.value) == f'pattern "stop {sign} now": "{sign}" means nothing here; see bot/matching/phrases.py'


@pytest.mark.parametrize(
    "pattern",
    ["stop (taking pills", "stop (taking now", "sto*p now", "x<unit> now", "stop &", "& stop", "stop & & now"],
)
def test_a_sign_in_a_place_where_it_means_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ContentError, match="means nothing here"):
        compile_phrase(pattern, LISTS)


@pytest.mark.parametrize(
    ("word", "instead"),
    [("dont", "do not"), ("cannot", "can not"), ("can_cannot", "can can not"), ("Stop", "stop"), ("wanna", "want to")],
)
def test_a_word_that_nobody_writes_so_once_folded_is_refused_with_the_one_to_write(word: str, instead: str) -> None:
    with pytest.raises(ContentError) as refused:
        compile_phrase(f"{word} breathe", LISTS)
    assert str(refused.value) == f'pattern "{word} breathe": "{word}" is never found; write "{instead}"'


def test_a_word_of_a_list_that_is_never_found_is_refused() -> None:
    with pytest.raises(ContentError, match=r'^pattern "stop <pills>": "wanna" is never found; write "want to"$'):
        compile_phrase("stop <pills>", {"pills": ["pill", "wanna pill"]})


@pytest.mark.parametrize(
    "pattern", ["", "(by_the_way|btw)", "(put|start) (me)", "...", "(put) (me) & should", "leg & (red)"]
)
def test_a_pattern_of_which_a_part_fits_any_text_is_refused(pattern: str) -> None:
    with pytest.raises(ContentError, match="fits any text"):
        compile_phrase(pattern, LISTS)


def test_the_speller_is_told_every_whole_word_of_patterns_and_lists() -> None:
    known = words_in(
        ["stop|quit (taking) <medicine>", "swell* ... leg & can_not"], {"medicine": ["my pill", "tablet*"]}
    )
    assert known == {"stop", "quit", "taking", "leg", "can", "not", "my", "pill"}


def test_the_speller_is_told_nothing_of_the_names_of_lists_and_half_words() -> None:
    assert words_in(["<medicine> swell* <n>"], {}) == set()
