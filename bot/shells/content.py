"""Reads content/ into an Article, and proves on the way that it is the document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.corpus.markdown import Line, parse_part
from bot.corpus.models import Article, Part, Passage, Term
from bot.corpus.provenance import Edit, apply_edits, check_glossary, check_never_shown, check_same
from bot.errors import ContentError
from bot.shells.yamlfile import FileModel, Problem, YamlFile

Entry = TypeVar("Entry")
_TIERS = (Part.FUNDAMENTALS, Part.INTERMEDIATE, Part.ACADEMIC)


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
        raise ContentError(f"{folder} holds no article/; OSTEON_CONTENT must name a folder like content/ of the project")
    problems: list[Problem] = []
    lines = {part: _load_part(folder, part, problems) for part in (*_TIERS, Part.REFLECTION)}
    terms = _entries(folder / "glossary.yaml", list[TermEntry], problems)
    references = _entries(folder / "references.yaml", list[ReferenceEntry], problems)
    passages = [line.passage for part in lines.values() for line in part if line.passage]
    passages += [Passage(term.id, Part.GLOSSARY, "Glossary", (term.definition,), label=term.term) for term in terms]
    passages += [Passage(ref.id, Part.REFERENCES, "References", (ref.text,), label=f"no. {number}") for number, ref in enumerate(references, start=1)]
    article = Article(_by_id(passages, problems), tuple(Term(term.id, term.term) for term in terms))
    problems += _check_provenance(folder, lines, terms, references)
    problems += [
        Problem("content", None, message)
        for message in check_never_shown((f'passage "{passage.id}"', passage.text) for passage in passages)
    ]
    return Loaded(article, problems)


def _load_part(folder: Path, part: Part, problems: list[Problem]) -> list[Line]:
    path = folder / "article" / f"{part}.md"
    try:
        return list(parse_part(path.read_text(encoding="utf-8"), part, f"content/article/{part}.md"))
    except FileNotFoundError:
        problems.append(Problem(f"content/article/{part}.md", None, "the file is missing"))
    except ContentError as error:
        problems.append(Problem("content", None, str(error)))
    return []


def _entries(path: Path, shape: type[list[Entry]], problems: list[Problem]) -> list[Entry]:
    return YamlFile(path).parse(shape, problems) or []


def _by_id(passages: list[Passage], problems: list[Problem]) -> dict[str, Passage]:
    by_id: dict[str, Passage] = {}
    for passage in passages:
        if passage.id in by_id:
            problems.append(Problem("content", None, f'two passages have the id "{passage.id}"; give one another'))
        by_id[passage.id] = passage
    return by_id


def _check_provenance(
    folder: Path, lines: dict[Part, list[Line]], terms: list[TermEntry], references: list[ReferenceEntry]
) -> list[Problem]:
    name = "content/article/edits.yaml"
    problems: list[Problem] = []
    edits = _entries(folder / "article" / "edits.yaml", list[Edit], problems)
    source = (folder / "article" / "source.txt").read_text(encoding="utf-8")
    expected, unmatched = apply_edits(source, edits)
    shown = [line.plain for part in _TIERS for line in lines[part]]
    shown += ["References", *(f"- {reference.text}" for reference in references)]
    shown += [line.plain for line in lines[Part.REFLECTION]]
    messages = [*unmatched, *check_glossary(edits, {term.id: term.definition for term in terms})]
    problems += [Problem(name, None, message) for message in messages]
    problems += [Problem("content/article", None, message) for message in check_same(expected, shown)]
    return problems

