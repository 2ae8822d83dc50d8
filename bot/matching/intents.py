"""What people may want to know (intents), what the article leaves out (subjects), and small talk, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.corpus.models import Pointer, Tier


@dataclass(frozen=True, eq=False)
class Intent:
    """One curated thing that people want to know: an aspect of a topic."""

    topic: str
    aspect: str
    title: str
    """Short enough for a button."""
    excerpts: Mapping[Tier, tuple[Pointer, ...]]
    """What answers it in each tier; a tier that is missing is a declared gap."""
    examples: tuple[str, ...]

    @property
    def id(self) -> str:
        return f"{self.topic}/{self.aspect}"

    def nearest_tier(self, level: Tier) -> Tier:
        """The tier that answers at this level: itself, else the nearest one, the simpler of two as near."""
        return level.nearest(self.excerpts)


@dataclass(frozen=True, eq=False)
class Topic:
    """A subject of the article, with all its intents."""

    id: str
    name: str
    """As it stands in the middle of a sentence."""
    theme: str
    names: tuple[str, ...]
    """Words that people call it by, for follow-ups such as "and magnesium?"."""
    leads_to: tuple[str, ...]
    """Intents of other topics that one may want to know next."""
    references: tuple[str, ...]
    """The part of the document's reading list that is about it."""
    intents: tuple[Intent, ...]


class Guard(StrEnum):
    """Why a question is refused before any score is looked at."""

    DOSE = "dose"
    SIDE_EFFECT = "side-effect"
    INTERACTION = "interaction"
    PREGNANCY = "pregnancy"
    TREATMENT_CHANGE = "treatment-change"
    SHOULD_I_TAKE = "should-i-take"


@dataclass(frozen=True, eq=False)
class Subject:
    """Something that the article does not cover, and whom to ask instead."""

    id: str
    guard: Guard | None
    """The guard that its questions belong to, if they are refused before any score is looked at."""
    about: str
    """Completes "The article does not cover …"."""
    ask: str
    """One sentence on whom to ask; empty for what has nothing to do with health."""
    near: tuple[str, ...]
    """Topics of the article that stand nearest to it."""
    names: tuple[str, ...]
    """Words that mean this subject and nothing that the article covers ("zinc"): one is enough to refuse."""
    examples: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class SmallTalk:
    """A kind of small talk, with its fixed reply."""

    id: str
    reply: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All that can be matched."""

    topics: Mapping[str, Topic]
    subjects: Mapping[str, Subject]
    small_talk: Mapping[str, SmallTalk]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    """Folded words of laymen and brands, to the words of the article."""

    @property
    def intents(self) -> Mapping[str, Intent]:
        return {intent.id: intent for topic in self.topics.values() for intent in topic.intents}
