from bot.corpus.models import Excerpt, Part, Passage, Tier
from bot.dialogue import words
from bot.dialogue.plain import render_citation, render_plain
from bot.dialogue.reply import Control, Outcome, Reply, Section, Suggestion

BONE = Passage("bone", Part.ACADEMIC, "Signals", ("Bone lives.", "It never stops."), label="paragraph 2")
ROW = Passage(
    "row", Part.INTERMEDIATE, "Food", ("Calcium", "Milk"), columns=("Mineral", "Food"), label="table, Calcium"
)
TOP = Passage("top", Part.FUNDAMENTALS, "Fundamentals", ("It begins.",), label="paragraph 1")


def section(*excerpts: Excerpt, note: str = "") -> Section:
    return Section("bone/what", "What bone is", excerpts, note)


def reply(**fields: object) -> Reply:
    return Reply(Outcome.ANSWER, Tier.ACADEMIC, **fields)  # type: ignore[arg-type]


def test_a_citation_is_the_place_in_the_document() -> None:
    assert render_citation(Excerpt(BONE, 1, 1)) == "Academic › Signals › paragraph 2"


def test_a_citation_says_nothing_twice() -> None:
    assert render_citation(Excerpt(TOP, 1, 1)) == "Fundamentals › paragraph 1"


def test_a_citation_leaves_out_what_is_not_there() -> None:
    term = Passage("term", Part.GLOSSARY, "Glossary", ("A word.",))
    assert render_citation(Excerpt(term, 1, 1)) == "Glossary"


def test_an_excerpt_stands_in_quotation_marks_with_its_citation_below() -> None:
    text = render_plain(reply(sections=(section(Excerpt(BONE, 2, 2)),)))
    assert text == "“It never stops.”\n— Academic › Signals › paragraph 2"


def test_a_row_keeps_the_bars_of_its_cells() -> None:
    text = render_plain(reply(sections=(section(Excerpt(ROW, 1, 2)),)))
    assert text.startswith("“Calcium | Milk”\n")


def test_everything_is_told_in_the_order_in_which_it_is_read() -> None:
    whole = reply(
        lead="First.",
        sections=(section(Excerpt(BONE, 1, 1), note="A note."),),
        reading=("A work.", "Another."),
        closing="Last.",
    )
    assert render_plain(whole).split("\n\n") == [
        "First.",
        "A note.",
        "“Bone lives.”\n— Academic › Signals › paragraph 2",
        f"{words.READING}\n• A work.\n• Another.",
        "Last.",
    ]


def test_buttons_are_no_text() -> None:
    buttons = reply(lead="Yes.", suggestions=(Suggestion("a/b", "Title"),), controls=(Control.SOURCES,))
    assert render_plain(buttons) == "Yes."
