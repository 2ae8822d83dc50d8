"""Reads content/pictures.yaml, and proves that every word of a picture stands in the article."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.corpus.models import Article, Excerpt
from bot.corpus.pictures import Drawing, Icon, Phrase, Picture, Row, parse_heading, parse_phrase
from bot.errors import ContentError
from bot.shells.pointers import did_you_mean, read_pointers
from bot.shells.yamlfile import FileModel, Problem, YamlFile

LONGEST_NAME = 30
"""Characters, on a button."""
MOST_CAPTION = 1024
"""UTF-16 units that Telegram takes under a picture."""
PLACES = {
    Drawing.TABLE: {"title"},
    Drawing.CYCLE: {
        *("title", "lead", "osteoclasts", "clear", "cycle", "osteoblasts", "build"),
        *("estrogen", "brake", "serm", "brake_again", "menopause", "key_resorption", "key_formation", "key_brake"),
    },
    Drawing.CONVERGENCE: {
        *("title", "first", "first_does", "second", "second_does", "third", "third_does", "synergy"),
    },
}
"""Where each drawing has words."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=60)]  # a button holds 64 bytes


class WordsEntry(FileModel):
    of: str
    phrase: str | None = None
    heading: bool = False


class RowEntry(FileModel):
    of: str
    icon: Icon


class PictureEntry(FileModel):
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    drawing: Drawing
    words: dict[str, WordsEntry]
    rows: tuple[RowEntry, ...] = ()
    marks: tuple[Icon, ...] = ()
    caption: Annotated[list[str], Field(min_length=1)]
    intents: list[str]


@dataclass(frozen=True)
class _Reading:
    """One entry on its way to a Picture."""

    id: str
    entry: PictureEntry
    article: Article
    file: YamlFile
    problems: list[Problem]

    def tell(self, message: str, *path: str | int) -> None:
        self.problems.append(self.file.problem(f'picture "{self.id}": {message}', self.id, *path))

    def excerpts(self, texts: list[str], *path: str | int) -> list[Excerpt]:
        """Those that are there."""
        pointers = read_pointers(texts, self.article, self.file, self.problems, self.id, *path)
        return [self.article.excerpt(pointer) for pointer in pointers]


def load_pictures(
    folder: Path, article: Article, intents: Collection[str], problems: list[Problem]
) -> dict[str, Picture]:
    """The pictures of content/, by id, as far as they are whole; what is wrong is added to the problems."""
    file = YamlFile(folder / "pictures.yaml")
    entries: dict[str, PictureEntry] = file.parse(dict[Id, PictureEntry], problems) or {}
    return {id_: _picture(_Reading(id_, entry, article, file, problems), intents) for id_, entry in entries.items()}


def _picture(it: _Reading, intents: Collection[str]) -> Picture:
    places, given = PLACES[it.entry.drawing], it.entry.words.keys()
    for place in sorted(places - given):
        it.tell(f'a {it.entry.drawing} has words for "{place}"; write them', "words")
    for place in sorted(given - places):
        it.tell(f'a {it.entry.drawing} has no place "{place}"{did_you_mean(place, places)}', "words", place)
    for at, intent in enumerate(it.entry.intents):
        if intent not in intents:
            it.tell(f'there is no intent "{intent}"{did_you_mean(intent, intents)}', "intents", at)
    picture = Picture(
        id=it.id,
        name=it.entry.name,
        drawing=it.entry.drawing,
        words=dict(_words(it)),
        caption=tuple(it.excerpts(it.entry.caption, "caption")),
        intents=tuple(it.entry.intents),
        rows=tuple(_rows(it)),
        marks=it.entry.marks,
    )
    size = len(picture.alt_text.encode("utf-16-le")) // 2
    if size > MOST_CAPTION:
        it.tell(f"the caption has {size} characters, and Telegram takes {MOST_CAPTION}; quote less", "caption")
    return picture


def _words(it: _Reading) -> Iterator[tuple[str, Phrase]]:
    for place, entry in it.entry.words.items():
        for excerpt in it.excerpts([entry.of], "words", place, "of"):
            try:
                yield place, parse_heading(excerpt) if entry.heading else parse_phrase(excerpt, entry.phrase)
            except ContentError as error:
                it.tell(str(error), "words", place)


def _rows(it: _Reading) -> Iterator[Row]:
    """The rows of a table, which must be of one and the same, with a mark for each column but the first."""
    if it.entry.drawing == Drawing.TABLE and not it.entry.rows:
        it.tell("a table has rows; name them")
    columns: tuple[str, ...] = ()
    for at, entry in enumerate(it.entry.rows):
        for excerpt in it.excerpts([entry.of], "rows", at, "of"):
            columns = columns or excerpt.passage.columns
            if not excerpt.passage.is_row or excerpt.passage.columns != columns:
                it.tell(f'"{excerpt.passage.id}" is no row of the same table; name one', "rows", at)
            yield Row(excerpt.passage, entry.icon)
    if columns and len(it.entry.marks) != len(columns) - 1:
        it.tell(f"the table has {len(columns)} columns; write {len(columns) - 1} marks", "marks")
