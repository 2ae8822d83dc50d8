"""What a reminder shows this week.

A theme has several passages, and one of them is shown a week. They go round: in a round each is shown once, and two
weeks in a row have different themes wherever that can be had. The whole order follows from what was seen, so nothing
but that need be stored, and themes may come and go between two releases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.corpus.models import Article, Excerpt, Pointer, Tier
from bot.reminders.streams import Stream


@dataclass(frozen=True)
class ThemePassage:
    """What is shown in one week."""

    id: str
    """The theme and its number there, such as calcium/2."""
    excerpts: Mapping[Tier, tuple[Pointer, ...]]
    """For each tier; one that is missing is a declared gap, and the nearest is shown."""


@dataclass(frozen=True)
class Theme:
    id: str
    stream: Stream
    title: str
    """Ours: it names the subject and says nothing of it."""
    why: str
    """The intent that tells more."""
    passages: tuple[ThemePassage, ...]
    caution: tuple[Pointer, ...] = ()
    """What the article warns of; always shown with it."""

    @property
    def needs_opt_in(self) -> bool:
        """Whether it is only for chats that have seen the caution and asked for it nevertheless."""
        return bool(self.caution)


@dataclass(frozen=True)
class ReminderMessage:
    """A reminder free of any channel. All that it says of health are excerpts."""

    stream: Stream
    theme: str
    passage: str
    """Its id; what `next_theme` wants to know next time."""
    title: str
    excerpts: tuple[Excerpt, ...]
    caution: tuple[Excerpt, ...]
    """To be shown before the excerpts, wherever they are shown."""
    why: str
    """The intent that "Why?" leads to."""
    other_tier: Tier | None
    """The tier that the excerpts are from, if it is not the chat's level."""


def next_theme(
    stream: Stream, seen: Sequence[str], themes: Sequence[Theme], *, high_impact: bool
) -> tuple[Theme, ThemePassage]:
    """What comes after the passages `seen`: their ids, oldest first; those that are no longer known do no harm.

    `high_impact`: whether the chat has read the caution and opted in. Raises ValueError if the stream has no theme.
    """
    allowed = [theme for theme in themes if theme.stream == stream and (high_impact or not theme.needs_opt_in)]
    seen_in_round = _seen_in_round({passage.id for theme in allowed for passage in theme.passages}, seen)
    left = {theme.id: [it for it in theme.passages if it.id not in seen_in_round] for theme in allowed}
    counts = {id_: len(passages) for id_, passages in left.items() if passages}
    last_seen = {id_: week for week, id_ in enumerate(seen)}
    last_shown = {_theme_of(id_): week for week, id_ in enumerate(seen)}

    def rank(theme: Theme) -> tuple[bool, int, int]:
        is_last = bool(seen) and _theme_of(seen[-1]) == theme.id
        return is_last, _crowding(counts, theme.id), last_shown.get(theme.id, -1)

    theme = min((theme for theme in allowed if theme.id in counts), key=rank)
    return theme, min(left[theme.id], key=lambda passage: last_seen.get(passage.id, -1))


def compose_reminder(theme: Theme, passage: ThemePassage, level: Tier, article: Article) -> ReminderMessage:
    tier = level.nearest(passage.excerpts)
    return ReminderMessage(
        stream=theme.stream,
        theme=theme.id,
        passage=passage.id,
        title=theme.title,
        excerpts=tuple(map(article.excerpt, passage.excerpts[tier])),
        caution=tuple(map(article.excerpt, theme.caution)),
        why=theme.why,
        other_tier=tier if tier != level else None,
    )


def _seen_in_round(every: Set[str], seen: Sequence[str]) -> Set[str]:
    """What was shown since all had last been shown."""
    shown: set[str] = set()
    for id_ in seen:
        shown |= {id_} & every
        if shown == every:
            shown.clear()
    return shown


def _crowding(counts: Mapping[str, int], chosen: str) -> int:
    """0 if what is left after the chosen theme can be shown without the same theme twice in a row.

    Else above 0, and the lower the fuller the theme: the fullest should then go first.
    """
    after = {**counts, chosen: counts[chosen] - 1}
    rest = sum(after.values())
    can_alternate = all(2 * count <= rest + 1 for count in after.values())
    return 0 if can_alternate else 1 + rest - after[chosen]


def _theme_of(passage_id: str) -> str:
    return passage_id.rpartition("/")[0]
