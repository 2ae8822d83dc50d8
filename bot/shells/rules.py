"""Reads the rules of intents/: guards, emergencies, level words, follow-ups, and the calibration of the gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field

from bot.dialogue.followups import FollowUp, FollowUpWords, Turn
from bot.dialogue.levels import LevelWords
from bot.errors import ContentError
from bot.matching.gate import Calibration
from bot.matching.guards import Guards
from bot.matching.intents import Guard
from bot.matching.urgent import Alarm, Rule, UrgentRules
from bot.shells.yamlfile import FileModel, Problem, YamlFile

FEWEST_MUST = 15
"""Messages of each kind that a rule for emergencies is held to."""

Share = Annotated[float, Field(ge=0, le=1)]
Words = dict[str, list[str]]


class GuardsFile(FileModel):
    lists: Words
    guards: dict[Guard, list[str]]


class RuleEntry(FileModel):
    alarm: Alarm
    patterns: list[str]
    must_fire: list[str]
    must_fire_by_meaning: list[str] = []
    must_not_fire: Annotated[list[str], Field(min_length=FEWEST_MUST)]


class UrgentFile(FileModel):
    lists: Words
    unless: list[str]
    rules: dict[str, RuleEntry]
    other_languages: Words


class LevelsFile(FileModel):
    lists: Words
    fundamentals: list[str]
    intermediate: list[str]
    academic: list[str]
    simpler: list[str]
    deeper: list[str]


class FollowUpsFile(FileModel):
    lists: Words
    alone: dict[FollowUp, list[str]]
    inside: dict[Turn, list[str]]
    fillers: list[str]


class BandsEntry(FileModel):
    refuse_below: Share
    answer_from: Share
    support_from: Share
    either_from: Share


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


Shape = TypeVar("Shape", bound=FileModel)
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
    calibration = _load(folder / "calibration.yaml", CalibrationFile, lambda f: f, problems)
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
    try:
        return build(parsed) if parsed else None
    except ContentError as error:
        problems.append(file.problem(str(error)))
        return None


def _urgent(file: UrgentFile) -> UrgentRules:
    rules = tuple(
        Rule(
            id=id_,
            alarm=entry.alarm,
            patterns=tuple(entry.patterns),
            must_fire=tuple(entry.must_fire),
            must_fire_by_meaning=tuple(entry.must_fire_by_meaning),
            must_not_fire=tuple(entry.must_not_fire),
        )
        for id_, entry in file.rules.items()
    )
    languages = {code: tuple(pieces) for code, pieces in file.other_languages.items()}
    return UrgentRules(file.lists, tuple(file.unless), rules, languages)


def _levels(file: LevelsFile) -> LevelWords:
    names = ("fundamentals", "intermediate", "academic", "simpler", "deeper")
    return LevelWords({name: getattr(file, name) for name in names}, file.lists)


def _calibration(entry: CalibrationEntry) -> Calibration:
    return Calibration(offset=entry.offset, weights=entry.weights, **entry.bands.model_dump())
