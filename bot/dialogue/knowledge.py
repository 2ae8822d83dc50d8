"""All that a turn may consult. Built once at the start, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.corpus.models import Article
from bot.corpus.pictures import Picture
from bot.dialogue.followups import FollowUpWords
from bot.dialogue.levels import LevelWords
from bot.matching.intents import Catalogue, Intent, SmallTalk, Topic
from bot.matching.matcher import Matcher
from bot.matching.normalise import fold
from bot.matching.reader import Reader
from bot.matching.search import Search
from bot.matching.watch import Watch


@dataclass(frozen=True, repr=False)  # printed, it would be the whole catalogue
class Knowledge:
    article: Article
    catalogue: Catalogue
    matcher: Matcher
    reader: Reader
    watch: Watch
    level_words: LevelWords
    follow_up_words: FollowUpWords
    english: frozenset[str]
    """Words that English examples and the article use."""
    pictures: Mapping[str, Picture]
    """By id."""

    @cached_property
    def small_talk(self) -> Mapping[str, SmallTalk]:
        """By folded example: what people say word for word so often that nothing need be guessed."""
        return {fold(text): kind for kind in self.catalogue.small_talk.values() for text in kind.examples}

    @cached_property
    def intents(self) -> Mapping[str, Intent]:
        return self.catalogue.intents

    @cached_property
    def search(self) -> Search:
        return Search(self.catalogue, self.reader, self.matcher.likeness)

    def topic_of(self, intent_id: str) -> Topic:
        return self.catalogue.topics[self.intents[intent_id].topic]
