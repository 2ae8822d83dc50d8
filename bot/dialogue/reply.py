"""A message and a reply, free of any channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.corpus.models import Excerpt, Tier


class Outcome(StrEnum):
    """What became of a message; each has exactly one."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    OUT_OF_SCOPE = "out_of_scope"
    URGENT = "urgent"
    SMALLTALK = "smalltalk"


class Control(StrEnum):
    """A button that is no intent."""

    SIMPLER = "simpler"
    DEEPER = "deeper"
    MORE = "more"
    SOURCES = "sources"
    TOPICS = "topics"


@dataclass(frozen=True)
class Message:
    """What a person typed, or the intent or control whose button was pressed."""

    text: str = ""
    press: str | None = None
    """An intent's id."""
    control: Control | None = None
    about: str | None = None
    """The intent under whose answer the control stood; None: the last one."""
    level: Tier | None = None
    """With a control, the level of the answer above it; with a press, the chat's from now on; None: as it is."""
    seen: int = 0
    """How many excerpts that answer had shown, as `Section.seen` counts them; for "more" under an older answer."""


@dataclass(frozen=True)
class Suggestion:
    """A button that leads on."""

    intent: str
    title: str


@dataclass(frozen=True)
class Section:
    """The excerpts on one intent. A reply has two of them when a message asked two things."""

    intent: str
    title: str
    excerpts: tuple[Excerpt, ...]
    note: str = ""
    """Our own words before the excerpts, for example that another tier is shown."""
    more: bool = False
    """Whether excerpts were left out that "more" would show."""
    seen: int = 0
    """How many of the intent's excerpts have been shown with these, in the order of "more"."""


@dataclass(frozen=True)
class Reply:
    """What to show. Our own words (lead, notes, closing) never say anything about health."""

    outcome: Outcome
    level: Tier
    """The chat's level after the turn."""
    lead: str = ""
    sections: tuple[Section, ...] = ()
    closing: str = ""
    reading: tuple[str, ...] = ()
    """The part of the document's reading list on the subject."""
    suggestions: tuple[Suggestion, ...] = ()
    controls: tuple[Control, ...] = ()
    intent: str | None = None
    picture: str | None = None
    """The id of the picture that shows the same."""
    score: float | None = field(default=None, compare=False)
    """How sure the matching was, from 0 to 1."""

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        return tuple(excerpt for section in self.sections for excerpt in section.excerpts)
