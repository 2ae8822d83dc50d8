"""Questions as JSON lines in, replies as JSON lines out, in order: for measuring, and for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from bot.corpus.models import Excerpt, Tier
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_plain
from bot.dialogue.reply import Message, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn

SHAPE = '{"id": …, "text": …} or {"id": …, "press": …}, with "chat" and "level" if you like'

Id = str | int | FiniteFloat


class Asked(BaseModel):
    """One line. Keys that are not known here are passed over, so that labelled questions can be asked as they are."""

    model_config = ConfigDict(strict=True)

    id: Id
    text: str | None = None
    press: str | None = None
    chat: Id | None = None
    level: Annotated[Tier | None, Field(strict=False)] = None

    def message(self) -> Message:
        """Raises ValueError if it is neither a text nor a press, or both."""
        if (self.text is None) == (self.press is None):
            raise ValueError('it needs either "text" or "press"')
        return Message(text=self.text or "", press=self.press)


def answer_lines(lines: Iterable[str], know: Knowledge) -> Iterator[str]:
    """Yield one line for each line; a line that cannot be read gets an error, and the rest goes on."""
    chats: dict[Id, ChatState] = {}
    for line in lines:
        try:
            asked, message = _parse_line(line)
        except ValueError as error:
            yield _dumped({"id": None, "error": f"I cannot read this line: {error}. A line is {SHAPE}."})
            continue
        state = ChatState() if asked.chat is None else chats.get(asked.chat, ChatState())
        state = replace(state, level=asked.level or state.level)
        after, reply = take_turn(state, message, know)
        if asked.chat is not None:
            chats[asked.chat] = after
        yield _dumped({"id": asked.id, **reply_fields(reply)})


def render_json(reply: Reply) -> str:
    """A reply as one JSON object on one line."""
    return _dumped(reply_fields(reply))


def reply_fields(reply: Reply) -> dict[str, Any]:
    """A reply as the command line contract has it."""
    return {
        "outcome": reply.outcome.value,
        "intent": reply.intent,
        "score": None if reply.score is None else round(reply.score, 4),
        "level": reply.level.value,
        "excerpts": [_excerpt_fields(excerpt) for excerpt in reply.excerpts],
        "references": list(reply.reading),
        "suggestions": [{"intent": s.intent, "title": s.title} for s in reply.suggestions],
        "text": render_plain(reply),
    }


def _excerpt_fields(excerpt: Excerpt) -> dict[str, str]:
    passage = excerpt.passage
    return {"text": excerpt.text, "tier": passage.part.value, "section": passage.section, "passage": passage.id}


def _parse_line(line: str) -> tuple[Asked, Message]:
    """Raises ValueError, in words for whoever wrote the line."""
    try:
        # Not pydantic's own parser, which refuses the half of a surrogate pair that cut-off texts may end in.
        asked = Asked.model_validate(json.loads(line.removeprefix("\ufeff"), parse_constant=_refuse))
    except ValidationError as error:
        raise ValueError(_told(error)) from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON ({error.msg}, character {error.pos + 1})") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return asked, asked.message()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _told(error: ValidationError) -> str:
    detail = error.errors()[0]
    if not detail["loc"]:
        return "it is no JSON object"
    key = f'"{detail["loc"][0]}"'
    if detail["type"] == "missing":
        return f"{key} is missing"
    allowed = {"text": "a string", "press": "a string", "level": f"one of {', '.join(Tier)}"}
    return f"{key} must be {allowed.get(str(detail['loc'][0]), 'a string or a number')}"


def _dumped(fields: dict[str, Any]) -> str:
    """As JSON that can be written as UTF-8: the half of a surrogate pair, which cannot, becomes an escape."""
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
