"""The proof that what we show is the document: source + edits = the text of the tiers, letter for letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

NEVER_SHOWN = ("Meaning ∞", "male HPG axis", "∞")
"""Scraps of the scrape. None of them may stand in anything that a reader can be shown."""


@dataclass(frozen=True)
class Edit:
    """One difference between the source and what we show."""

    line: int
    """Line of the source, counted from 1."""
    find: str
    put: str
    why: str
    glossary: str | None = None
    """The glossary entry that holds the definition which this edit removes."""


def apply_edits(source: str, edits: Iterable[Edit]) -> tuple[list[str], list[str]]:
    """Apply each edit to its line. Returns the lines and the problems: an edit must find its text exactly once."""
    lines = source.split("\n")
    problems = []
    for edit in edits:
        line = lines[edit.line - 1] if 1 <= edit.line <= len(lines) else ""
        if line.count(edit.find) != 1:
            problems.append(
                f'edit of line {edit.line}: "{edit.find}" stands there {line.count(edit.find)} times, not once'
            )
            continue
        lines[edit.line - 1] = line.replace(edit.find, edit.put)
    return lines, problems


def check_glossary(edits: Iterable[Edit], definitions: dict[str, str]) -> Iterator[str]:
    """Yield a problem for each definition that is not, to the letter, what an edit took out of the source."""
    removed = {edit.glossary: edit.find for edit in edits if edit.glossary}
    for id_ in definitions.keys() | removed.keys():
        expected = f" Meaning ∞ {definitions.get(id_)}"
        if removed.get(id_) != expected:
            problem = f'glossary entry "{id_}" is not what its edit removed: "{removed.get(id_)}" is not "{expected}"'
            yield problem


def check_same(source_lines: Sequence[str], shown_lines: Sequence[str]) -> Iterator[str]:
    """Yield a problem for each line that differs. Empty lines are layout and do not count."""
    source = [line.rstrip() for line in source_lines if line.strip()]
    shown = [line.rstrip() for line in shown_lines if line.strip()]
    for number, (expected, actual) in enumerate(zip_longest(source, shown, fillvalue=""), start=1):
        if expected != actual:
            at = next(
                (i for i, (a, b) in enumerate(zip(expected, actual, strict=False)) if a != b),
                min(len(expected), len(actual)),
            )
            yield (
                f"text line {number}: the tiers show “…{actual[max(0, at - 20) : at + 30]}…”, "
                f"the source with its edits has “…{expected[max(0, at - 20) : at + 30]}…”"
            )


def check_never_shown(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a problem for each (name, text) that holds a scrap of the scrape."""
    for name, text in texts:
        for scrap in NEVER_SHOWN:
            if scrap in text:
                yield f'{name} holds "{scrap}", which is never shown'
