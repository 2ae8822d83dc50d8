"""Questions as JSON lines in, replies as JSON lines out, in order: for measuring, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.corpus.models import Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.dialogue.plain import render_plain


class TextLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str | int
    text: str
    chat: str | int | None = None
    level: str | None = None

    def message(self) -> Message:
        return Message(text=self.text)


class PressLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    id: str | int
    press: str
    chat: str | int | None = None
    level: str | None = None

    def message(self) -> Message:
        return Message(press=self.press)


_LINE: TypeAdapter[TextLine | PressLine] = TypeAdapter(TextLine | PressLine)


def answer_lines(lines: Iterable[str], know: Knowledge) -> Iterator[str]:
    """Yield one line for each line; a line that cannot be read gets an error, and the rest goes on."""
    chats: dict[str | int, ChatState] = {}
    for line in lines:
        try:
            asked = _LINE.validate_json(line)
            level = Tier(asked.level) if asked.level else None
        except ValidationError as error:
            yield _error(f"this is no line for osteon ask: {error.errors()[0]['msg']}")
            continue
        except ValueError:
            yield _error(f"level is {asked.level!r}; it must be one of {', '.join(Tier)}")
            continue
        state = chats.get(asked.chat, ChatState()) if asked.chat is not None else ChatState()
        state = replace(state, level=level) if level else state
        after, reply = take_turn(state, asked.message(), know)
        if asked.chat is not None:
            chats[asked.chat] = after
        yield json.dumps({"id": asked.id, **reply_fields(reply)}, ensure_ascii=False)


def reply_fields(reply: Reply) -> dict[str, Any]:
    """A reply as the command line contract has it."""
    return {
        "outcome": reply.outcome.value,
        "intent": reply.intent,
        "score": None if reply.score is None else round(reply.score, 4),
        "level": reply.level.value,
        "excerpts": [
            {"text": e.text, "tier": e.passage.part.value, "section": e.passage.section, "passage": e.passage.id}
            for e in reply.excerpts
        ],
        "references": list(reply.reading),
        "suggestions": [{"intent": s.intent, "title": s.title} for s in reply.suggestions],
        "text": render_plain(reply),
    }


def _error(message: str) -> str:
    return json.dumps({"id": None, "error": message}, ensure_ascii=False)
