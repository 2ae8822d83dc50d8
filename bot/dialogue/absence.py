"""One word for all that a chat wrote while we were away, instead of a flood of late answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import compose, words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Message, Outcome, Reply
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn


def catch_up(state: ChatState, texts: Sequence[str], know: Knowledge) -> tuple[ChatState, Reply]:
    """Say that we were away and offer what was asked for, the last first. An emergency goes before all else."""
    asked: dict[str, None] = {}
    for text in reversed(texts):
        _, reply = take_turn(state, Message(text), know)
        if reply.outcome == Outcome.URGENT:
            return state, replace(reply, closing=words.AWAY)
        if reply.outcome == Outcome.ANSWER and reply.intent:
            asked[reply.intent] = None
        elif reply.outcome == Outcome.CLARIFY:
            asked |= dict.fromkeys(suggestion.intent for suggestion in reply.suggestions)
    offered = compose.suggestions(list(asked)[: compose.MOST_CHOICES], know) or compose.onward(state, know)
    reply = Reply(Outcome.SMALLTALK, state.level, lead=f"{words.AWAY} {words.ASK_AGAIN}", suggestions=offered)
    return compose.offering(state, reply)
