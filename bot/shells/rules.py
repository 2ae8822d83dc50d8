"""Reads the rules of intents/: guards, emergencies, level words, follow-ups, and the calibration of the gate."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, model_validator

from bot.corpus.models import Tier
from bot.dialogue.followups import FollowUp, FollowUpWords, Turn
from bot.dialogue.levels import LevelWords
from bot.errors import ContentError
from bot.matching.gate import Calibration
from bot.matching.guards import Guards
from bot.matching.intents import Guard
from bot.matching.phrases import Phrase, compile_phrase
from bot.matching.urgent import Alarm, Rule, UrgentRules
from bot.shells.yamlfile import FileModel, Problem, YamlFile

FEWEST_MUST = 15
"""Messages of each kind that a rule for emergencies is held to."""

Share = Annotated[float, Field(ge=0, le=1)]
Words = dict[str, list[str]]
Place = tuple[str, ...]
"""Where something stands in a file: the keys that lead there."""


class PatternsFile(FileModel, ABC):
    lists: Words

    @abstractmethod
    def patterns(self) -> Mapping[Place, Sequence[str]]:
        """All patterns of the file, by their place."""


class GuardsFile(PatternsFile):
    guards: dict[Guard, list[str]]

    def patterns(self) -> Mapping[Place, Sequence[str]]:
        return {("guards", guard): texts for guard, texts in self.guards.items()}


class RuleEntry(FileModel):
    alarm: Alarm
    patterns: list[str]
    must_fire: list[str]
    must_fire_by_meaning: tuple[str, ...] = ()
    must_not_fire: Annotated[list[str], Field(min_length=FEWEST_MUST)]

    @model_validator(mode="after")
    def _enough(self) -> RuleEntry:
        count = len(self.must_fire) + len(self.must_fire_by_meaning)
        if count < FEWEST_MUST:
            raise ValueError(f"there are {count} messages that must fire; write at least {FEWEST_MUST}")
        return self


class UrgentFile(PatternsFile):
    unless: list[str]
    rules: dict[str, RuleEntry]
    other_languages: Words

    def patterns(self) -> Mapping[Place, Sequence[str]]:
        return {("unless",): self.unless, **{("rules", id_, "patterns"): it.patterns for id_, it in self.rules.items()}}


class LevelsFile(PatternsFile):
    fundamentals: list[str]
    intermediate: list[str]
    academic: list[str]
    simpler: list[str]
    deeper: list[str]

    def patterns(self) -> Mapping[Place, Sequence[str]]:
        return {(name,): getattr(self, name) for name in (*Tier, "simpler", "deeper")}


class FollowUpsFile(PatternsFile):
    alone: dict[FollowUp, list[str]]
    inside: dict[Turn, list[str]]
    fillers: list[str]

    def patterns(self) -> Mapping[Place, Sequence[str]]:
        patterns: dict[Place, Sequence[str]] = {("alone", kind.value): texts for kind, texts in self.alone.items()}
        return patterns | {("inside", turn.value): texts for turn, texts in self.inside.items()}


class BandsEntry(FileModel):
    refuse_below: Share
    answer_from: Share
    support_from: Share


class CalibrationEntry(FileModel):
    offset: float
    weights: dict[str, float]
    bands: BandsEntry


class CalibrationFile(FileModel):
    with_encoder: CalibrationEntry
    without_encoder: CalibrationEntry


@dataclass(frozen=True)
class Rules:
    guards: Guards
    urgent: UrgentRules
    levels: LevelWords
    follow_ups: FollowUpWords
    calibration: Calibration
    """With the encoder."""
    lexical_calibration: Calibration
    """Without it."""
    words: frozenset[str]
    """All words of all patterns, for the speller."""


Shape = TypeVar("Shape", bound=PatternsFile)
Built = TypeVar("Built")


def load_rules(folder: Path, problems: list[Problem]) -> Rules | None:
    """None if a file cannot be used at all; its problems are then in the list."""
    guards = _load(folder / "guards.yaml", GuardsFile, lambda f: Guards(f.guards, f.lists), problems)
    urgent = _load(folder / "urgent.yaml", UrgentFile, _urgent, problems)
    levels = _load(folder / "levels.yaml", LevelsFile, _levels, problems)
    follow_ups = _load(
        folder / "followups.yaml",
        FollowUpsFile,
        lambda f: FollowUpWords(f.alone, f.inside, f.lists, f.fillers),
        problems,
    )
    calibration: CalibrationFile | None = YamlFile(folder / "calibration.yaml").parse(CalibrationFile, problems)
    if not (guards and urgent and levels and follow_ups and calibration):
        return None
    return Rules(
        guards=guards,
        urgent=urgent,
        levels=levels,
        follow_ups=follow_ups,
        calibration=_calibration(calibration.with_encoder),
        lexical_calibration=_calibration(calibration.without_encoder),
        words=frozenset(guards.words | urgent.words | levels.words | follow_ups.words),
    )


def _load(path: Path, shape: type[Shape], build: Callable[[Shape], Built], problems: list[Problem]) -> Built | None:
    file = YamlFile(path)
    parsed: Shape | None = file.parse(shape, problems)
    if parsed is None:
        return None
    try:
        return build(parsed)
    except ContentError:
        problems += _bad_patterns(file, parsed)
        return None


def _bad_patterns(file: YamlFile, parsed: PatternsFile) -> Iterator[Problem]:
    for place, texts in parsed.patterns().items():
        for at, text in enumerate(texts):
            try:
                compile_phrase(text, parsed.lists)
            except ContentError as error:
                yield file.problem(str(error), *place, at)


def _urgent(file: UrgentFile) -> UrgentRules:
    rules = tuple(
        Rule(
            id=id_,
            alarm=entry.alarm,
            patterns=_compiled(entry.patterns, file),
            must_fire=tuple(entry.must_fire),
            must_fire_by_meaning=tuple(entry.must_fire_by_meaning),
            must_not_fire=tuple(entry.must_not_fire),
        )
        for id_, entry in file.rules.items()
    )
    languages = {code: tuple(pieces) for code, pieces in file.other_languages.items()}
    return UrgentRules(file.lists, _compiled(file.unless, file), rules, languages)


def _compiled(texts: Sequence[str], file: PatternsFile) -> tuple[Phrase, ...]:
    return tuple(compile_phrase(text, file.lists) for text in texts)


def _levels(file: LevelsFile) -> LevelWords:
    return LevelWords({name: texts for (name,), texts in file.patterns().items()}, file.lists)


def _calibration(entry: CalibrationEntry) -> Calibration:
    return Calibration(offset=entry.offset, weights=entry.weights, **entry.bands.model_dump())
