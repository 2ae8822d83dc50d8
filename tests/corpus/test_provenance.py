import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.provenance import NEVER_SHOWN, Edit, apply_edits, check_glossary, check_never_shown, check_same

SOURCE = "Bone is alive.\nOsteoclasts Meaning ∞ An osteoclast eats bone. break it down.\nThe end."
BOX = " Meaning ∞ An osteoclast eats bone."
REMOVAL = Edit(line=2, find=BOX, put="", why="A glossary box.", glossary="term-osteoclast")
DEFINITIONS = {"term-osteoclast": "An osteoclast eats bone."}

texts = st.lists(st.text(alphabet="abc .∞"), max_size=6)


def test_an_edit_changes_its_line_and_no_other() -> None:
    lines, problems = apply_edits(SOURCE, [REMOVAL])
    assert (lines, problems) == (["Bone is alive.", "Osteoclasts break it down.", "The end."], [])


def test_edits_of_the_same_line_all_count() -> None:
    edits = [REMOVAL, Edit(line=2, find="break", put="take", why="")]
    assert apply_edits(SOURCE, edits)[0][1] == "Osteoclasts take it down."


def test_without_edits_the_source_stays_as_it_is() -> None:
    assert apply_edits(SOURCE, []) == (SOURCE.split("\n"), [])


@pytest.mark.parametrize(
    ("line", "find", "times"),
    [
        (1, "dead", 0),
        (1, "i", 2),
        (2, "Bone is alive.", 0),
        (4, "The end.", 0),
        (0, "The end.", 0),
    ],
)
def test_an_edit_must_find_its_text_once_on_its_line(line: int, find: str, times: int) -> None:
    lines, problems = apply_edits(SOURCE, [Edit(line=line, find=find, put="X", why="")])
    expected = f'edit of line {line}: "{find}" stands there {times} times, not once'
    assert (lines, problems) == (SOURCE.split("\n"), [expected])


def test_all_edits_that_fail_are_told_at_once() -> None:
    edits = [Edit(line=1, find="dead", put="", why=""), REMOVAL, Edit(line=3, find="start", put="", why="")]
    _, problems = apply_edits(SOURCE, edits)
    assert [problem.split(":")[0] for problem in problems] == ["edit of line 1", "edit of line 3"]


def test_a_definition_that_is_what_its_edit_removed_is_no_problem() -> None:
    assert list(check_glossary([REMOVAL], DEFINITIONS)) == []


def test_edits_without_a_glossary_entry_ask_for_no_definition() -> None:
    assert list(check_glossary([Edit(line=1, find="alive", put="living", why="")], {})) == []


def test_a_definition_that_differs_in_one_letter_is_a_problem() -> None:
    problems = list(check_glossary([REMOVAL], {"term-osteoclast": "An osteoclast eats bones."}))
    expected = (
        'glossary entry "term-osteoclast" is not what its edit removed: '
        '" Meaning ∞ An osteoclast eats bone." is not " Meaning ∞ An osteoclast eats bones."'
    )
    assert problems == [expected]


def test_a_definition_that_no_edit_removed_is_a_problem() -> None:
    problems = list(check_glossary([], DEFINITIONS))
    assert [problem.split(" is not")[0] for problem in problems] == ['glossary entry "term-osteoclast"']


def test_a_removed_definition_that_the_glossary_lacks_is_a_problem() -> None:
    problems = list(check_glossary([REMOVAL], {}))
    assert [problem.split(" is not")[0] for problem in problems] == ['glossary entry "term-osteoclast"']


def test_each_wrong_definition_is_told() -> None:
    problems = list(check_glossary([], {"term-a": "A.", "term-b": "B."}))
    assert sorted(problem.split(" is not")[0] for problem in problems) == [
        'glossary entry "term-a"',
        'glossary entry "term-b"',
    ]


@given(texts)
def test_lines_are_the_same_as_themselves(lines: list[str]) -> None:
    assert list(check_same(lines, lines)) == []


@given(texts)
def test_empty_lines_and_trailing_blanks_are_layout(lines: list[str]) -> None:
    spread = [piece for line in lines for piece in ("", f"{line}  ", "   ")]
    assert list(check_same(lines, spread)) == []


@given(texts, st.integers(min_value=0), st.sampled_from("xyz"))
def test_a_letter_put_in_anywhere_is_found(lines: list[str], place: int, letter: str) -> None:
    shown = "\n".join(lines)
    at = place % (len(shown) + 1)
    changed = f"{shown[:at]}{letter}{shown[at:]}".split("\n")
    assert list(check_same(lines, changed)) != []


def test_a_difference_is_shown_with_its_line_and_both_texts() -> None:
    problems = list(check_same(["Bone is alive.", "It heals."], ["Bone is alive.", "It feels."]))
    assert problems == ["text line 2: the tiers show “…It feels.…”, the source with its edits has “…It heals.…”"]


def test_a_difference_in_a_long_line_is_shown_with_what_stands_around_it() -> None:
    problems = list(check_same(["a" * 200 + "b" + "c" * 200], ["a" * 200 + "x" + "c" * 200]))
    shown, source = (f"“…{'a' * 20}{middle}{'c' * 29}…”" for middle in "xb")
    assert problems == [f"text line 1: the tiers show {shown}, the source with its edits has {source}"]


def test_a_line_that_is_left_out_at_the_end_is_a_problem() -> None:
    problems = list(check_same(["Bone is alive.", "It heals."], ["Bone is alive."]))
    assert problems == ["text line 2: the tiers show “……”, the source with its edits has “…It heals.…”"]


def test_a_line_that_breaks_off_early_is_a_problem() -> None:
    assert len(list(check_same(["Bone is alive."], ["Bone is"]))) == 1


@pytest.mark.parametrize("scrap", NEVER_SHOWN)
def test_a_scrap_of_the_scrape_is_a_problem_that_names_its_place(scrap: str) -> None:
    problems = list(check_never_shown([("passage “a”", "All is well."), ("passage “b”", f"Bone {scrap} is alive.")]))
    assert f'passage “b” holds "{scrap}", which is never shown' in problems


def test_only_texts_with_scraps_are_named() -> None:
    assert list(check_never_shown([("passage “a”", "Meaning is what we look for. The HPG axis.")])) == []
