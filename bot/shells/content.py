"""Reads content/ into an Article, and proves on the way that it is the document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.corpus.markdown import Line, parse_part
from bot.corpus.models import Article, Part, Passage, Term
from bot.corpus.provenance import Edit, apply_edits, check_glossary, check_never_shown, check_same
from bot.errors import ContentError
from bot.shells.yamlfile import FileModel, Problem, YamlFile, read_text

Entry = TypeVar("Entry")
_TIERS = (Part.FUNDAMENTALS, Part.INTERMEDIATE, Part.ACADEMIC)
_FILES = {
    **{part: f"content/article/{part}.md" for part in (*_TIERS, Part.REFLECTION)},
    Part.GLOSSARY: "content/glossary.yaml",
    Part.REFERENCES: "content/references.yaml",
}
"""Where the passages of each part stand, as authors know the file."""


class TermEntry(FileModel):
    id: str
    term: str
    definition: str


class ReferenceEntry(FileModel):
    id: str
    text: str


@dataclass(frozen=True)
class Loaded:
    """The article as far as it could be read, and all that is wrong with it."""

    article: Article
    problems: list[Problem]


def load_article(folder: Path) -> Loaded:
    """Read and check the whole of content/. Raises ContentError only if the folder is none."""
    if not (folder / "article").is_dir():
        raise ContentError(
            f"{folder} holds no article/; OSTEON_CONTENT must name a folder like content/ of the project"
        )
    problems: list[Problem] = []
    lines = {part: _load_part(folder, part, problems) for part in (*_TIERS, Part.REFLECTION)}
    terms = _entries(folder / "glossary.yaml", list[TermEntry], problems)
    references = _entries(folder / "references.yaml", list[ReferenceEntry], problems)
    is_whole = not problems  # else every line of what is missing would be told as a difference
    passages = [line.passage for part in lines.values() for line in part if line.passage]
    passages += [Passage(term.id, Part.GLOSSARY, "Glossary", (term.definition,), label=term.term) for term in terms]
    passages += [
        Passage(ref.id, Part.REFERENCES, "References", (ref.text,), label=f"no. {number}")
        for number, ref in enumerate(references, start=1)
    ]
    article = Article(_by_id(passages, problems), tuple(Term(term.id, term.term) for term in terms))
    if is_whole:
        problems += _check_provenance(folder, lines, terms, references)
    for passage in passages:
        scraps = check_never_shown([(f'passage "{passage.id}"', passage.text)])
        problems += [Problem(_FILES[passage.part], None, message) for message in scraps]
    return Loaded(article, problems)


def _load_part(folder: Path, part: Part, problems: list[Problem]) -> list[Line]:
    name = _FILES[part]
    text, fault = read_text(folder / "article" / f"{part}.md")
    if fault:
        problems.append(Problem(name, None, fault))
        return []
    try:
        return list(parse_part(text, part, name))
    except ContentError as error:
        place, _, message = str(error).partition(": ")
        problems.append(Problem(place, None, message))
    return []


def _entries(path: Path, shape: type[list[Entry]], problems: list[Problem]) -> list[Entry]:
    return YamlFile(path).parse(shape, problems) or []


def _by_id(passages: list[Passage], problems: list[Problem]) -> dict[str, Passage]:
    by_id: dict[str, Passage] = {}
    for passage in passages:
        if passage.id in by_id:
            message = f'two passages have the id "{passage.id}"; give one another'
            problems.append(Problem(_FILES[passage.part], None, message))
        by_id[passage.id] = passage
    return by_id


def _check_provenance(
    folder: Path, lines: dict[Part, list[Line]], terms: list[TermEntry], references: list[ReferenceEntry]
) -> list[Problem]:
    name = "content/article/edits.yaml"
    problems: list[Problem] = []
    edits = _entries(folder / "article" / "edits.yaml", list[Edit], problems)
    source, fault = read_text(folder / "article" / "source.txt")
    if fault:
        return [*problems, Problem("content/article/source.txt", None, fault)]
    expected, unmatched = apply_edits(source, edits)
    shown = [line.plain for part in _TIERS for line in lines[part]]
    shown += ["References", *(f"- {reference.text}" for reference in references)]
    shown += [line.plain for line in lines[Part.REFLECTION]]
    messages = [*unmatched, *check_glossary(edits, {term.id: term.definition for term in terms})]
    problems += [Problem(name, None, message) for message in messages]
    problems += [Problem("content/article", None, message) for message in check_same(expected, shown)]
    return problems
