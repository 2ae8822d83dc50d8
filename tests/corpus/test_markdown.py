import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.markdown import Line, parse_part, split_sentences
from bot.corpus.models import Part, Passage
from bot.errors import ContentError

TIER = """\
# Fundamentals {#fundamentals}

Bone is alive. It is renewed. {#alive}

## Two teams {#teams}

Two teams work. {#work}

- **Osteoclasts** They break bone down. They never rest. {#osteoclasts}

A second paragraph. {#second}

| Mineral | Food |
|---|---|
| Calcium | Milk, Greens. Tofu. {#row-calcium}
| Magnesium | Nuts | {#row-magnesium}

After the table. {#after}
"""


def lines() -> list[Line]:
    return list(parse_part(TIER, Part.FUNDAMENTALS, "content/article/fundamentals.md"))


def passages() -> dict[str, Passage]:
    return {line.passage.id: line.passage for line in lines() if line.passage}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Bone is alive. It is renewed.", ("Bone is alive.", "It is renewed.")),
        ("Why is that? Nobody knows! It is so.", ("Why is that?", "Nobody knows!", "It is so.")),
        ("They call it “remodeling.” It never stops.", ("They call it “remodeling.”", "It never stops.")),
        ("It is old. “Bone” is older.", ("It is old.", "“Bone” is older.")),
        ("Take vitamin D, e.g. from the sun.", ("Take vitamin D, e.g. from the sun.",)),
        ("A mean of 2.5 was found.", ("A mean of 2.5 was found.",)),
        ("No full stop", ("No full stop",)),
    ],
)
def test_a_paragraph_is_cut_after_each_sentence(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="aB.?! ”“"),
        st.lists(st.sampled_from(["Bone. ", "Is it? ", "“So.” ", " "])).map("".join),
    )
)
def test_sentences_joined_by_blanks_are_the_paragraph_again(text: str) -> None:
    assert " ".join(split_sentences(text)) == text


def test_each_passage_is_found_by_its_id_in_the_order_of_the_text() -> None:
    ids = ["alive", "work", "osteoclasts", "second", "row-calcium", "row-magnesium", "after"]
    assert list(passages()) == ids


def test_a_heading_is_no_passage() -> None:
    headings = [(line.plain, line.passage) for line in lines() if line.number in (1, 5)]
    assert headings == [("Fundamentals", None), ("Two teams", None)]


def test_a_passage_belongs_to_the_nearest_heading_above_it() -> None:
    assert (passages()["alive"].section, passages()["after"].section) == ("Fundamentals", "Two teams")


def test_a_passage_belongs_to_the_part_that_was_read() -> None:
    assert {passage.part for passage in passages().values()} == {Part.FUNDAMENTALS}


def test_an_id_is_never_part_of_the_text() -> None:
    assert [line.plain for line in lines() if "{#" in line.plain] == []


def test_a_paragraph_is_called_by_its_number_in_the_section() -> None:
    labels = [passages()[id_].label for id_ in ("alive", "work", "second", "after")]
    assert labels == ["paragraph 1", "paragraph 1", "paragraph 2", "paragraph 3"]


def test_a_list_item_is_called_by_its_bold_words_and_keeps_them_in_its_first_sentence() -> None:
    item = passages()["osteoclasts"]
    assert (item.label, item.lead, item.sentences) == (
        "Osteoclasts",
        "Osteoclasts",
        ("Osteoclasts They break bone down.", "They never rest."),
    )


def test_a_row_has_cells_for_sentences_and_is_called_by_its_first_cell() -> None:
    row = passages()["row-calcium"]
    assert (row.label, row.columns, row.sentences) == (
        "table, Calcium",
        ("Mineral", "Food"),
        ("Calcium", "Milk, Greens. Tofu."),
    )


def test_a_paragraph_after_a_table_is_no_row() -> None:
    assert passages()["after"].is_row is False


def test_a_second_table_has_its_own_columns() -> None:
    text = "| A | B |\n|---|---|\n| a | b | {#one}\n\n| C | D |\n|---|---|\n| c | d | {#two}"
    columns = [line.passage.columns for line in parse_part(text, Part.ACADEMIC, "academic.md") if line.passage]
    assert columns == [("A", "B"), ("C", "D")]


def test_the_plain_lines_are_what_the_source_prints() -> None:
    assert [line.plain for line in lines()] == [
        "Fundamentals",
        "Bone is alive. It is renewed.",
        "Two teams",
        "Two teams work.",
        "- Osteoclasts They break bone down. They never rest.",
        "A second paragraph.",
        "Mineral | Food |",
        "---|---|",
        "Calcium | Milk, Greens. Tofu. |",
        "Magnesium | Nuts |",
        "After the table.",
    ]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    assert [line.number for line in lines()] == [1, 3, 5, 7, 9, 11, 13, 14, 15, 16, 18]


@pytest.mark.parametrize("passage", ["Bone is alive.", "- **Lead** An item.", "Bone is alive. {#Not_An_Id}"])
def test_a_passage_without_an_id_is_refused_with_its_place(passage: str) -> None:
    with pytest.raises(ContentError) as refused:
        list(parse_part(f"# Title {{#title}}\n\n{passage}", Part.ACADEMIC, "content/article/academic.md"))
    expected = f'content/article/academic.md:3: the passage "{passage}…" has no id; end it with {{#some-id}}'
    assert str(refused.value) == expected


def test_a_row_without_an_id_is_refused() -> None:
    with pytest.raises(ContentError, match=r"^academic\.md:3: .*Calcium.* has no id"):
        list(parse_part("| A | B |\n|---|---|\n| Calcium | Milk |", Part.ACADEMIC, "academic.md"))


def test_a_long_passage_without_an_id_is_named_by_its_beginning() -> None:
    with pytest.raises(ContentError) as refused:
        list(parse_part("x" * 41, Part.ACADEMIC, "academic.md"))
    assert f'"{"x" * 40}…"' in str(refused.value)


def test_an_empty_file_has_no_lines() -> None:
    assert list(parse_part("\n \n", Part.ACADEMIC, "academic.md")) == []
