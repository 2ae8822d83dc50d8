"""The small part of Markdown in which the tiers are written, read into passages.

    ## A heading {#its-id}
    A paragraph. {#its-id}
    - **Lead** A list item. {#its-id}
    | Cell | Cell | {#its-id}

Every paragraph, item and row carries its id, so that moving text about does not change what an intent points to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.corpus.models import Part, Passage
from bot.errors import ContentError

_ID = re.compile(r"\s*\{#(?P<id>[a-z0-9-]+)\}$")
_LEAD = re.compile(r"- \*\*(?P<lead>[^*]+)\*\* ")
_SENTENCE_END = re.compile(r"(?<=[.?!])”? (?=[A-Z“])")


@dataclass(frozen=True)
class Line:
    """One line of text of the document: what a reader sees of it, and the passage it makes, if any."""

    number: int
    plain: str
    passage: Passage | None


def split_sentences(text: str) -> tuple[str, ...]:
    """Cut a paragraph after each sentence; joining the result with single blanks gives it back."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text) + 1]
    return tuple(text[start : end - 1] for start, end in pairwise(cuts))


def parse_part(text: str, part: Part, where: str) -> Iterator[Line]:
    """Yield the lines of one Markdown file in order; `where` names the file in errors.

    Raises ContentError at a paragraph, item or row without an id.
    """
    section = ""
    paragraphs = 0
    columns: tuple[str, ...] = ()
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            columns = ()
            continue
        found = _ID.search(raw)
        body = raw[: found.start()] if found else raw
        if body.startswith("#"):
            section = body.lstrip("#").strip()
            paragraphs = 0
            yield Line(number, section, None)
        elif body.startswith("|") and not columns:
            columns = _cells(body)
            yield Line(number, " | ".join(columns) + " |", None)
        elif set(body) <= set("|- "):
            yield Line(number, "|".join("---" for _ in columns) + "|", None)
        elif found is None:
            raise ContentError(f'{where}:{number}: the passage "{body[:40]}…" has no id; end it with {{#some-id}}')
        else:
            paragraphs += not body.startswith(("|", "- "))
            passage = _passage(found["id"], part, section, body, columns, paragraphs)
            yield Line(number, _plain(passage, body), passage)


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))


def _passage(id_: str, part: Part, section: str, body: str, columns: tuple[str, ...], paragraph: int) -> Passage:
    if columns:
        cells = _cells(body)
        return Passage(id_, part, section, cells, columns=columns, label=f"table, {cells[0]}")
    item = _LEAD.match(body)
    if item:
        text = f"{item['lead']} {body[item.end() :]}"
        return Passage(id_, part, section, split_sentences(text), lead=item["lead"], label=item["lead"])
    return Passage(id_, part, section, split_sentences(body), label=f"paragraph {paragraph}")


def _plain(passage: Passage, body: str) -> str:
    """The line as source.txt prints it."""
    if passage.is_row:
        return f"{passage.text} |"
    return f"- {passage.text}" if body.startswith("- ") else passage.text
