import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.text import Text

from bot.bootstrap import Core
from bot.corpus.models import Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.shells import console
from bot.shells.console import GOODBYE, GREETING, PRIVACY, Terminal

Talk = Callable[[str], list[str]]


@pytest.fixture
def talk(core: Core, know: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Types lines through a pipe; gives what was said after each of them."""

    def talked(typed: str) -> list[str]:
        stream = io.TextIOWrapper(io.BytesIO(typed.encode("utf-8", "surrogateescape")), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stream)
        Terminal(know, core.reminders.words, plain=False).talk()
        return capsys.readouterr().out.split("\n\n> ")

    return talked


@pytest.fixture
def typed(
    core: Core, know: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Talk]:
    """The same with line editing, in a window of 60 columns."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(console, "_must_be_plain", lambda: False)

    def talked(keys: str) -> list[str]:
        pipe.send_text(keys)
        Terminal(know, core.reminders.words, plain=False).talk()
        return Text.from_ansi(capsys.readouterr().out).plain.split("\n\n")

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield talked


def test_a_pipe_is_greeted_and_left_politely(talk: Talk) -> None:
    assert talk("") == [GREETING, f"\n{GOODBYE}\n"]


@pytest.mark.parametrize("leaving", ["/quit", "quit", " EXIT "])
def test_who_wants_to_leave_may(leaving: str, talk: Talk) -> None:
    assert talk(f"{leaving}\nWhat is RANKL?\n")[1:] == [f"{leaving}\n{GOODBYE}\n"]


def test_an_answer_is_quoted_and_cited(talk: Talk, know: Knowledge) -> None:
    answer = talk("What does vitamin K2 do?\n")[1]
    assert "critical director of calcium traffic" in answer
    assert "\n— Intermediate › " in answer
    assert f"\n1. {know.catalogue.topics['vitamin-k2'].intents[1].title}\n" in answer


def test_a_number_picks_the_button(talk: Talk, know: Knowledge) -> None:
    wanted = know.catalogue.topics["vitamin-k2"].intents[1]
    by_number = talk("What does vitamin K2 do?\n1\n")[2]
    by_title = talk(f"What does vitamin K2 do?\n{wanted.title}\n")[2]
    assert by_number.split("\n")[1:] == by_title.split("\n")[1:]
    first = wanted.excerpts[wanted.nearest_tier(Tier.FUNDAMENTALS)][0]
    assert know.article.excerpt(first).text in by_number


def test_a_number_that_was_not_offered_is_explained(talk: Talk) -> None:
    before, after = talk("7\nWhat does vitamin K2 do?\n77\n")[1:4:2]
    assert "nothing to pick by a number" in before
    assert "There is no such number just now" in after


def test_an_emergency_number_is_no_button(talk: Talk) -> None:
    assert "number just now" not in talk("What does vitamin K2 do?\n911\n")[2]


def test_control_words_act_on_the_answer(talk: Talk) -> None:
    _, _, deeper, sources, _ = talk("What does vitamin D do?\nDeeper\nsources\n")
    assert "— Intermediate › " in deeper
    assert words.PLACE in sources


def test_topics_are_listed_and_can_be_picked(talk: Talk, know: Knowledge) -> None:
    listed = talk("/topics\n")[1]
    names = [line.strip().split(" ", 1)[1] for line in listed.splitlines() if line.strip()[:1].isdigit()]
    assert sorted(names) == sorted(topic.name for topic in know.catalogue.topics.values())
    for number in (1, len(names)):
        topic = next(topic for topic in know.catalogue.topics.values() if topic.name == names[number - 1])
        intent = topic.intents[0]
        excerpt = know.article.excerpt(intent.excerpts[intent.nearest_tier(Tier.FUNDAMENTALS)][0])
        assert excerpt.text in talk(f"/topics\n{number}\n")[2]


def test_the_level_can_be_seen_and_set(talk: Talk) -> None:
    _, before, done, after, answer, _ = talk("/level\n/Level  Academic\n/level\nWhat does calcium do for bone?\n")
    assert "/level fundamentals   (as now)" in before
    assert words.level_set(Tier.ACADEMIC) in done
    assert "/level academic   (as now)" in after
    assert "from the Academic part" not in answer


def test_glossary_and_references_are_those_of_the_article(talk: Talk, know: Knowledge) -> None:
    _, glossary, references, _ = talk("/glossary\n/references\n")
    for term in know.article.terms:
        assert f"{term.term}\n{know.article.passages[term.id].text}" in glossary
    assert references.count("• ") == 5


def test_help_names_every_command_that_is_there(talk: Talk) -> None:
    told = talk("/help\n")[1]
    for command in ("/topics", "/level", "/glossary", "/references", "/privacy", "/quit"):
        assert command in told
    assert PRIVACY in talk("/privacy\n")[1]


def test_a_command_that_is_not_known_is_said_to_be(talk: Talk) -> None:
    assert words.UNKNOWN_COMMAND in talk("/dance\n")[1]


def test_an_emergency_behind_a_command_is_an_emergency(talk: Talk) -> None:
    assert "112" in talk("/level my chest hurts and my left arm is numb\n")[1]


def test_odd_lines_do_no_harm(talk: Talk) -> None:
    said = talk("\n   \n\udcff\udcfe bad bytes\n[bold]x[/bold] [/]\n\x00\x1b[31m\n{0} %s\n\nthanks\n")
    assert said[-2].startswith("thanks\n")
    assert said[-1].strip() == GOODBYE


def test_typing_with_line_editing_wraps_to_the_window(typed: Talk) -> None:
    said = typed("What does vitamin K2 do?\r1\r/topics\r/help\r/quit\r")
    assert max(len(line) for part in said for line in part.splitlines()) <= 60
    assert any(part.startswith("▌ Vitamin K2") for part in said)
    assert said[-1].strip() == GOODBYE


@pytest.mark.parametrize("key", ["\x04", "half a line\x03"])
def test_ctrl_d_and_ctrl_c_leave_politely(key: str, typed: Talk) -> None:
    assert typed(key)[-1].strip() == GOODBYE


def test_nothing_that_is_typed_is_written_to_disk(typed: Talk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    typed("What does vitamin K2 do?\r/quit\r")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wish", ["remind me to exercise every tuesday at 7pm", "stop the reminders", "remind me tomorrow"]
)
def test_reminders_are_for_telegram(talk: Talk, wish: str) -> None:
    assert "Reminders are for Telegram" in " ".join(talk(f"{wish}\n")[1].split())


def test_an_emergency_beside_a_wish_for_reminders_is_heard(talk: Talk) -> None:
    assert "112" in talk("my chest hurts badly, remind me to exercise on monday at 9am\n")[1]


def test_plain_has_no_line_editing_even_in_a_terminal(
    core: Core, know: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "_must_be_plain", lambda: False)
    monkeypatch.setattr(sys, "stdin", io.StringIO("/privacy\n"))
    Terminal(know, core.reminders.words, plain=True).talk()
    assert PRIVACY in capsys.readouterr().out


def test_a_topic_without_a_neighbour_offers_one_number_only(
    core: Core, know: Knowledge, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    topic = replace(know.catalogue.topics["vitamin-k2"])
    alone = replace(know, catalogue=replace(know.catalogue, topics={topic.id: topic}))
    monkeypatch.setattr(sys, "stdin", io.StringIO("/topics\n2\n"))
    Terminal(alone, core.reminders.words, plain=True).talk()
    assert "I offered only number 1." in capsys.readouterr().out
