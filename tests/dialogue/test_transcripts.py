"""Conversations in words that an editor can read and extend: see transcripts/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_plain
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn

FOLDER = Path(__file__).parent / "transcripts"
QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Line:
    said: str
    done: str
    """Outcome, intents and level, as the transcript has them."""
    shown: tuple[str, ...]
    """What must stand in the reply or on its buttons."""


@dataclass
class Conversation:
    name: str
    missing: str
    """Why the bot cannot do it yet; empty if it can."""
    lines: list[Line]


def read_conversations(text: str) -> Iterator[Conversation]:
    for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        name, *rest = [line.strip() for line in block.splitlines() if line.strip()]
        missing = " ".join(line[2:] for line in rest if line.startswith("! "))
        said = [line[2:] for line in rest if line.startswith("> ")]
        done = [line[2:] for line in rest if line.startswith("< ")]
        turns = zip(said, done, strict=True)
        yield Conversation(name, missing, [_line(person, bot) for person, bot in turns])


def _line(said: str, done: str) -> Line:
    return Line(said, " ".join(QUOTED.sub("", done).split()), tuple(QUOTED.findall(done)))


def _cases() -> Iterator[pytest.param]:  # type: ignore[valid-type]  # pytest does not name its type
    for path in sorted(FOLDER.glob("*.txt")):
        for conversation in read_conversations(path.read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=conversation.missing)] if conversation.missing else []
            yield pytest.param(conversation, marks=marks, id=f"{path.stem}: {conversation.name}")


def _done(reply: Reply) -> str:
    intents = "+".join(section.intent for section in reply.sections) or "-"
    return f"{reply.outcome} {intents} {reply.level}"


@pytest.mark.parametrize("conversation", list(_cases()))
def test_the_bot_keeps_to_the_transcript(know: Knowledge, conversation: Conversation) -> None:
    state = ChatState()
    went: list[Line] = []
    for line in conversation.lines:
        state, reply = take_turn(state, Message(line.said), know)
        text = "\n".join([render_plain(reply), *(suggestion.title for suggestion in reply.suggestions)])
        went.append(Line(line.said, _done(reply), tuple(shown for shown in line.shown if shown in text)))
    assert went == conversation.lines


def test_there_are_conversations_of_every_kind() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 6
    assert sum(1 for _ in _cases()) >= 20
