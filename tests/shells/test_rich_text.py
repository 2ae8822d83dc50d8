import io

import pytest
from rich.console import Console
from rich.text import Text

from bot.corpus.models import Excerpt, Part, Passage, Tier
from bot.dialogue import words
from bot.dialogue.reply import Control, Outcome, Reply, Section, Suggestion
from bot.shells.rich_text import Quote, one_line, print_reply

PARAGRAPH = Passage(
    "k2", Part.INTERMEDIATE, "Nutrients", ("K2 Directs calcium.", "See [1] and [bold]."), lead="K2", label="K2"
)
ROW = Passage(
    "row",
    Part.INTERMEDIATE,
    "Nutrients",
    ("K2", "Directs.", "Natto."),
    ("Nutrient", "Role", "Foods"),
    label="table, K2",
)
REPLY = Reply(
    Outcome.ANSWER,
    Tier.INTERMEDIATE,
    lead="A lead with [red]brackets[/red].",
    sections=(Section("k2/role", "K2", (Excerpt(PARAGRAPH, 1, 2), Excerpt(ROW, 1, 3)), note="A note."),),
    closing="The end.",
    reading=("A work [2022].",),
    suggestions=(Suggestion("k2/foods", "K2 [foods]"), Suggestion("k2/why", "Why K2")),
    controls=(Control.SIMPLER, Control.SOURCES),
)


def _console(*, terminal: bool, width: int = 60, colour: bool = False) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=terminal,
        width=width,
        color_system="truecolor" if colour else None,
        legacy_windows=False,
    )


def _printed(reply: Reply, console: Console) -> str:
    print_reply(console, reply)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_pipe_gets_whole_lines() -> None:
    assert _printed(REPLY, _console(terminal=False, width=20)).split("\n\n") == [
        "A lead with [red]brackets[/red].",
        "A note.",
        "“K2 Directs calcium. See [1] and [bold].”\n— Intermediate › Nutrients › K2",
        "“K2 | Directs. | Natto.”\n— Intermediate › Nutrients › table, K2",
        f"{words.READING}\n• A work [2022].",
        "The end.",
        "1. K2 [foods]\n2. Why K2",
        "simpler · sources\n",
    ]


def test_a_terminal_gets_quotes_with_a_bar_and_numbered_buttons() -> None:
    shown = _printed(REPLY, _console(terminal=True))
    assert "▌ K2 Directs calcium. See [1] and [bold].\n▌ — Intermediate › Nutrients › K2\n" in shown
    assert "▌ K2\n▌ • Directs.\n▌ • Natto.\n▌ — … › table, K2\n" in shown
    assert " 1 K2 [foods]\n" in shown
    assert "◀ simpler · sources" in shown


def test_no_bracket_is_taken_for_markup() -> None:
    shown = _printed(REPLY, _console(terminal=True, colour=True))
    for text in ("[red]brackets[/red]", "[bold]", "[2022]", "K2 [foods]"):
        assert text in shown


@pytest.mark.parametrize("width", [20, 40, 60, 200])
def test_no_line_is_wider_than_the_terminal_or_than_is_easy_to_read(width: int) -> None:
    shown = _printed(REPLY, _console(terminal=True, width=width))
    assert max(map(len, shown.splitlines())) <= min(width, 96)


def test_an_emergency_stands_in_a_frame() -> None:
    shown = _printed(Reply(Outcome.URGENT, Tier.FUNDAMENTALS, lead=words.URGENT), _console(terminal=True, width=96))
    assert shown.startswith("╭")
    assert "112" in shown


def test_help_first_stands_in_a_frame_and_the_rest_below_it() -> None:
    reply = Reply(Outcome.CLARIFY, Tier.FUNDAMENTALS, lead=f"{words.HELP_FIRST}\n\nDid you mean this?")
    shown = _printed(reply, _console(terminal=True, width=96))
    assert shown.startswith("╭")
    assert shown.splitlines()[-1].strip() == "Did you mean this?"


def test_two_answers_have_their_titles() -> None:
    sections = tuple(
        Section(id_, title, (Excerpt(PARAGRAPH, 1, 1),)) for id_, title in (("a/b", "One"), ("a/c", "Two"))
    )
    shown = _printed(Reply(Outcome.ANSWER, Tier.FUNDAMENTALS, sections=sections), _console(terminal=True))
    assert [line.strip() for line in shown.splitlines() if line.strip() in ("One", "Two")] == ["One", "Two"]


def test_a_quote_in_a_pipe_is_the_text_itself() -> None:
    console = _console(terminal=False)
    console.print(Quote(Text("As it [stands].")))
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == "As it [stands].\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand  more", "two lines and more"),
        ("\x1b[31mred\x07", "[31mred"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
        ("β-catenin हिन्दी", "β-catenin हिन्दी"),
    ],
)
def test_one_line_is_safe_to_show(text: str, shown: str) -> None:
    assert one_line(text) == shown
    shown.encode()
