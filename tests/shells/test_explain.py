import io

import pytest
from rich.console import Console

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.shells.explain import render_explanation

TEXTS = (
    "What does vitamin K2 do in my arteries?",
    "whta foods have magnesum",
    "How many mg of Evista a day?",
    "my chest hurts and my arm is numb",
    "thanks",
    "for experts, what does menopause do to bone",
    "¿qué es la osteoporosis y por qué?",
    "asdf qwer zxcv",
    "",
    "[bold]calcium[/bold] \x1b[31m \ud800",
)


def _explained(text: str, know: Knowledge, state: ChatState | None = None) -> dict[str, str]:
    """The first value under each name."""
    console = Console(file=io.StringIO(), width=400, color_system=None)
    console.print(render_explanation(text, state or ChatState(), know))
    assert isinstance(console.file, io.StringIO)
    rows = [line.split("│") for line in console.file.getvalue().splitlines() if "│" in line]
    return {name.strip(): value.strip() for name, value in reversed(rows)}


@pytest.mark.parametrize("text", TEXTS)
def test_the_outcome_is_that_of_the_turn(text: str, know: Knowledge) -> None:
    _, reply = take_turn(ChatState(), Message(text), know)
    outcome = _explained(text, know)["outcome"]
    assert outcome.startswith(reply.outcome.value)
    assert outcome.endswith(f"level {reply.level.value}")
    assert all(section.intent in outcome for section in reply.sections)


def test_a_question_shows_every_figure(know: Knowledge) -> None:
    rows = _explained("What does it mean for blood vessels when K2 is missing?", know)
    found = know.matcher.match("What does it mean for blood vessels when K2 is missing?")
    gate = know.matcher.calibration
    assert rows["covered"].startswith(f"{found.covered:.3f} (refused below {gate.refuse_below:.2f}")
    assert f"{gate.support_from:.2f}" in rows["support"]
    assert rows["place 1"].startswith(f"{found.best.intent.id}, support {found.supports[0]:.3f}")
    assert rows["band"] == f"{found.band.value}, places to show: {found.answers}"
    assert rows["intent 1"].startswith(found.best.intent.id)
    assert {"intent 5", "nearest outside", "guard", "small talk", "offset"} <= rows.keys()
    assert {f"sign {name}" for name in found.signs} <= rows.keys()


def test_the_signs_add_up_to_what_is_covered(know: Knowledge) -> None:
    found = know.matcher.match("which foods are rich in magnesium")
    gate = know.matcher.calibration
    assert gate.covered(found.signs) == pytest.approx(found.covered)
    rows = _explained("tell me which foods are said to be rich in magnesium", know)
    assert all("×" in value for name, value in rows.items() if name.startswith("sign "))


def test_spelling_and_words_that_nobody_knows_are_shown(know: Knowledge) -> None:
    rows = _explained("whta foods have magnesium and florbix", know)
    assert rows["folded"] == "whta foods have magnesium and florbix"
    assert rows["spelling mended"] == "what foods have magnesium and florbix"
    assert "florbix" in rows["nobody knows"]


def test_a_guard_an_emergency_and_level_words_are_named(know: Knowledge) -> None:
    assert _explained("How many mg of Evista a day?", know)["guard"] == "dose"
    assert _explained("my chest hurts and my arm is numb", know)["emergency"].startswith("urgent")
    assert _explained("calcium for experts", know)["level words"].startswith("academic")


def test_a_follow_up_is_named_in_its_state(know: Knowledge) -> None:
    state, _ = take_turn(ChatState(level=Tier.ACADEMIC), Message(press="vitamin-k2/role"), know)
    assert _explained("source?", know, state)["follow-up"] == "source"


def test_what_was_typed_steers_no_terminal(know: Knowledge) -> None:
    shown = _explained("[bold]calcium[/bold] \x1b[31m \ud800 in a glass of milk", know)
    assert "\x1b" not in "".join(shown.values())
    "".join(shown.values()).encode()
