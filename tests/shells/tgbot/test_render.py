from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.corpus.models import Excerpt, Part, Passage, Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Outcome, Reply, Section
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.shells.tgbot.render import render_reply
from tests.shells.tgbot.markup import read_html

ROW = Passage(
    "row",
    Part.INTERMEDIATE,
    "Nutrients",
    ("Calcium", "Gives hardness.", "Kale, tofu."),
    ("Nutrient", "Role", "Sources"),
)
TEXT = Passage("text", Part.ACADEMIC, "Bone & more", ("One.", "Two <b>."), label="paragraph 1")


def reply(*excerpts: Excerpt, lead: str = "", outcome: Outcome = Outcome.ANSWER) -> Reply:
    sections = (Section("a/b", "Title", excerpts),) if excerpts else ()
    return Reply(outcome, Tier.ACADEMIC, lead=lead, sections=sections)


def test_an_excerpt_is_quoted_and_its_place_stands_below_in_italics() -> None:
    (page,) = render_reply(reply(Excerpt(TEXT, 1, 2)))
    assert page == ("<blockquote>One. Two &lt;b&gt;.</blockquote>\n<i>Academic › Bone &amp; more › paragraph 1</i>")


def test_a_table_row_is_shown_as_lines_behind_the_headings_of_its_columns() -> None:
    (page,) = render_reply(reply(Excerpt(ROW, 1, 3)))
    assert read_html(page)[0].startswith("Calcium\nRole: Gives hardness.\nSources: Kale, tofu.")


def test_a_part_of_a_row_keeps_the_headings_of_its_cells() -> None:
    (page,) = render_reply(reply(Excerpt(ROW, 3, 3)))
    assert page.startswith("<blockquote><b>Sources:</b> Kale, tofu.</blockquote>")


def test_the_words_that_open_a_list_item_are_bold() -> None:
    (page,) = render_reply(reply(Excerpt(replace(TEXT, lead="One"), 1, 1)))
    assert page.startswith("<blockquote><b>One</b>.</blockquote>")


def test_neighbours_in_one_section_share_a_citation() -> None:
    other = replace(TEXT, id="other", label="paragraph 2")
    (page,) = render_reply(reply(Excerpt(TEXT, 1, 1), Excerpt(other, 1, 1)))
    assert [part.text for part in read_html(page)[1] if part.tag == "i"] == [
        "Academic › Bone & more › paragraph 1 · paragraph 2"
    ]


def test_a_call_for_help_stands_out() -> None:
    (urgent,) = render_reply(reply(lead=words.URGENT, outcome=Outcome.URGENT))
    assert urgent.startswith(f"<b>{words.URGENT.splitlines()[0]}</b>\n\n")
    (doubt,) = render_reply(reply(Excerpt(TEXT, 1, 1), lead=f"{words.HELP_FIRST}\n\nMore."))
    assert doubt.startswith(f"<b>{words.HELP_FIRST}</b>\n\nMore.\n\n<blockquote>")


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=8), st.text())
def test_any_reply_is_valid_and_shows_all_its_words(sentences: list[str], lead: str) -> None:
    passage = Passage("p", Part.FUNDAMENTALS, "Section", tuple(sentences))
    pages = render_reply(reply(Excerpt(passage, 1, len(sentences)), lead=lead))
    shown = "".join("".join(read_html(page)[0].split()) for page in pages)
    assert "".join(passage.text.split()) in shown
    assert shown.startswith("".join(lead.split()))


def test_every_answer_at_every_level_is_one_valid_message(know: Knowledge) -> None:
    for intent_id in know.intents:
        for level in Tier:
            _, answer = take_turn(ChatState(level=level), Message(press=intent_id), know)
            (page,) = render_reply(answer)
            text = read_html(page)[0]
            assert all(sentence in text for excerpt in answer.excerpts for sentence in excerpt.sentences)
