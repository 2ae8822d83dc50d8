"""A table as a stack of cards: on a phone three columns would be three words wide."""

from __future__ import annotations

from collections.abc import Sequence

from bot.corpus.models import Passage
from bot.corpus.pictures import Icon, Picture, Row
from bot.shells.pictures.canvas import MARGIN, WIDTH, Box, Canvas
from bot.shells.pictures.colours import Accent
from bot.shells.pictures.icons import draw_icon, draw_mark
from bot.shells.pictures.letters import BODY, LABEL, NAME, fitted
from bot.shells.pictures.page import INNER, draw_footer, draw_heading

_ICON = 52
"""Radius of a row's pictogram."""
_PAD = 24
_GAP = 18
_MARK = 50
"""Between the marks of the columns and their words."""


def draw_table(canvas: Canvas, picture: Picture) -> float:
    """Returns where it ends."""
    y = draw_heading(canvas, picture.words["title"].text, "", canvas.palette.teal)
    y = _draw_columns(canvas, picture.rows[0].passage, picture.marks, y + 16)
    for row in picture.rows:
        y = _draw_row(canvas, row, picture.marks, y + _GAP)
    return draw_footer(canvas, (row.passage for row in picture.rows), y + 26)


def _draw_columns(canvas: Canvas, passage: Passage, marks: Sequence[Icon], top: float) -> float:
    """The headings of the second and third column, each with the mark that stands for it below."""
    y = top
    for heading, mark, accent in zip(passage.columns[1:], marks, _accents(canvas), strict=True):
        draw_mark(canvas, mark, (MARGIN + 20, y + 22), accent.strong, canvas.palette.ground)
        y = canvas.text(fitted(heading, LABEL, INNER - _MARK), (MARGIN + _MARK, y), accent.strong) + 4
    return y


def _draw_row(canvas: Canvas, row: Row, marks: Sequence[Icon], top: float) -> float:
    colours = canvas.palette
    left = MARGIN + _PAD + 2 * _ICON + 22
    width = WIDTH - MARGIN - _PAD - left
    name = fitted(row.passage.sentences[0], NAME, width)
    cells = [fitted(cell, BODY, width - _MARK, even=True) for cell in row.passage.sentences[1:]]
    bottom = top + 2 * _PAD + name.height + sum(cell.height + 8 for cell in cells)
    canvas.rounded(Box(MARGIN, top, WIDTH - MARGIN, bottom), colours.card, edge=colours.edge)
    draw_icon(canvas, row.icon, (MARGIN + _PAD + _ICON, (top + bottom) / 2), _ICON, colours.teal)
    y = canvas.text(name, (left, top + _PAD - 2), colours.ink)
    for cell, mark, accent in zip(cells, marks, _accents(canvas), strict=True):
        draw_mark(canvas, mark, (left + 18, y + 8 + 25), accent.strong, colours.card)
        y = canvas.text(cell, (left + _MARK, y + 8), colours.ink)
    return bottom


def _accents(canvas: Canvas) -> tuple[Accent, Accent]:
    return canvas.palette.teal, canvas.palette.amber
