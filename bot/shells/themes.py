"""Reads content/themes.yaml, and checks it against the article and the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.corpus.models import Article, Part, Pointer, Tier
from bot.matching.intents import Catalogue
from bot.reminders.streams import Stream
from bot.reminders.themes import Theme, ThemePassage
from bot.shells.pointers import did_you_mean, read_pointers
from bot.shells.yamlfile import FileModel, Problem, YamlFile

LONGEST_TITLE = 64
"""Characters: one line of a notification."""
LONGEST_PASSAGE = 1000
"""Characters of the excerpts and the caution together; with our words and the citation it stays below 1,200."""
FEWEST_PASSAGES = 2
_HIGH_IMPACT = re.compile(r"high[- ]impact|impact exercise|\bjump|plyometric", re.IGNORECASE)
_CAUTION = re.compile(r"\bcaution\b", re.IGNORECASE)
_BESIDE_TIERS = {Part.GLOSSARY, Part.REFLECTION}
"""Parts that belong to no tier and may be shown at each."""

Pointers = Annotated[list[str], Field(min_length=1)]
Place = tuple[str | int, ...]
"""Where something stands in the file: the keys that lead there."""


class NeedsEntry(FileModel):
    caution: Pointers


class PassageEntry(FileModel):
    fundamentals: Pointers | Literal["gap"]
    intermediate: Pointers | Literal["gap"]
    academic: Pointers | Literal["gap"]

    def of(self, tier: Tier) -> list[str]:
        texts = {
            Tier.FUNDAMENTALS: self.fundamentals,
            Tier.INTERMEDIATE: self.intermediate,
            Tier.ACADEMIC: self.academic,
        }[tier]
        return [] if texts == "gap" else list(texts)


class ThemeEntry(FileModel):
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Annotated[str, Field(max_length=LONGEST_TITLE)]
    why: str
    needs: NeedsEntry | None = None
    only_one: str = ""
    passages: Annotated[list[PassageEntry], Field(min_length=1)]


@dataclass(frozen=True)
class _Read:
    """A theme, and where it stands."""

    theme: Theme
    only_one: str
    """Why it has a single passage."""
    file: YamlFile
    path: Place

    def problem(self, message: str, *path: str | int) -> Problem:
        return self.file.problem(f'theme "{self.theme.id}": {message}', *self.path, *path)


def load_themes(folder: Path, article: Article, catalogue: Catalogue, problems: list[Problem]) -> tuple[Theme, ...]:
    """The themes of all streams, in the order of the file; what is wrong with them is added to the problems."""
    file = YamlFile(folder / "themes.yaml")
    entries: dict[Stream, list[ThemeEntry]] | None = file.parse(dict[Stream, list[ThemeEntry]], problems)
    if entries is None:
        return ()
    read = [
        _read(entry, stream, article, file, problems, (stream.value, at))
        for stream, themes in entries.items()
        for at, entry in enumerate(themes)
    ]
    for one in read:
        problems += _check_passages(one, article)
        problems += _check_high_impact(one, article, catalogue)
        if one.theme.why not in catalogue.intents:
            hint = did_you_mean(one.theme.why, catalogue.intents)
            problems.append(one.problem(f'there is no intent "{one.theme.why}"{hint}', "why"))
    problems += _check_streams(file, [one.theme for one in read])
    problems += _check_repeats(read)
    return tuple(one.theme for one in read)


def _read(
    entry: ThemeEntry, stream: Stream, article: Article, file: YamlFile, problems: list[Problem], path: Place
) -> _Read:
    def pointers(texts: Sequence[str], *below: str | int) -> tuple[Pointer, ...]:
        return read_pointers(texts, article, file, problems, *path, *below)

    passages = []
    for number, passage in enumerate(entry.passages, start=1):
        excerpts = {tier: pointers(passage.of(tier), "passages", number - 1, tier.value) for tier in Tier}
        told = {tier: found for tier, found in excerpts.items() if found}
        passages.append(ThemePassage(f"{entry.id}/{number}", told))
    caution = pointers(entry.needs.caution, "needs", "caution") if entry.needs else ()
    theme = Theme(entry.id, stream, entry.title, entry.why, tuple(passages), caution)
    return _Read(theme, entry.only_one, file, path)


def _check_passages(read: _Read, article: Article) -> Iterator[Problem]:
    theme = read.theme
    if len(theme.passages) < FEWEST_PASSAGES and not read.only_one:
        yield read.problem("it has one passage; write another, or say under only_one why the article has none")
    if len(theme.passages) >= FEWEST_PASSAGES and read.only_one:
        yield read.problem("it has several passages; take only_one out", "only_one")
    for at, passage in enumerate(theme.passages):
        if not passage.excerpts:
            yield read.problem(f"passage {at + 1} shows nothing at any level; write an excerpt", "passages", at)
        for tier, pointers in passage.excerpts.items():
            yield from _check_excerpts(read, article, pointers, tier, ("passages", at, tier.value))


def _check_excerpts(
    read: _Read, article: Article, pointers: Sequence[Pointer], tier: Tier, path: Place
) -> Iterator[Problem]:
    for at, pointer in enumerate(pointers):
        part = article.passages[pointer.passage].part
        if part not in {Part(tier.value), *_BESIDE_TIERS}:
            message = f'excerpt "{pointer}" is from {part.label}; write it there, and "gap" here'
            yield read.problem(message, *path, at)
    size = len(_text(article, [*pointers, *read.theme.caution]))
    if size > LONGEST_PASSAGE:
        yield read.problem(f"{size} characters are too much for a reminder; at most {LONGEST_PASSAGE}", *path)


def _check_high_impact(read: _Read, article: Article, catalogue: Catalogue) -> Iterator[Problem]:
    """What names high-impact exercise must carry the article's caution, and lead on to nothing without it."""
    theme = read.theme
    if not theme.needs_opt_in:
        for at, passage in enumerate(theme.passages):
            shown = [pointer for pointers in passage.excerpts.values() for pointer in pointers]
            if _HIGH_IMPACT.search(f"{theme.title} {_text(article, shown)}"):
                message = f"passage {at + 1} names high-impact exercise; write the article's caution under needs"
                yield read.problem(message, "passages", at)
        return
    if not _CAUTION.search(_text(article, theme.caution)):
        yield read.problem("what stands under needs is no caution; point to the sentence that holds it", "needs")
    intent = catalogue.intents.get(theme.why)
    for tier, pointers in intent.excerpts.items() if intent else ():
        if not _sentences(theme.caution) <= _sentences(pointers):
            yield read.problem(f'"{theme.why}" does not show the caution at {tier}; lead to one that does', "why")


def _check_streams(file: YamlFile, themes: Sequence[Theme]) -> Iterator[Problem]:
    for stream in Stream:
        if not any(theme.stream == stream and not theme.needs_opt_in for theme in themes):
            yield file.problem(f"no theme of {stream} can be shown to everybody; write one without needs", stream.value)
    for first, second in combinations(themes, 2):
        if first.id == second.id:
            yield file.problem(f'there are two themes "{first.id}"; give one another id', second.stream.value)


def _check_repeats(read: Sequence[_Read]) -> Iterator[Problem]:
    """At no level may two passages show the same: a theme no sentence twice, and no two themes just the same."""
    passages = [(one, at, passage) for one in read for at, passage in enumerate(one.theme.passages) if passage.excerpts]
    shown = [[_sentences(it.excerpts[level.nearest(it.excerpts)]) for level in Tier] for _, _, it in passages]
    for ((first, _, earlier), before), ((second, at, _), after) in combinations(zip(passages, shown, strict=True), 2):
        for level, ours, theirs in zip(Tier, before, after, strict=True):
            if ours == theirs or (first is second and ours & theirs):
                message = f"at {level}, passage {at + 1} shows what {earlier.id} shows; let it show something else"
                yield second.problem(message, "passages", at)
                break


def _sentences(pointers: Sequence[Pointer]) -> set[tuple[str, int]]:
    return {(it.passage, number) for it in pointers for number in range(it.first, it.last + 1)}


def _text(article: Article, pointers: Sequence[Pointer]) -> str:
    return "\n".join(article.excerpt(pointer).text for pointer in pointers)
