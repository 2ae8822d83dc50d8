"""The last weeks' reminders as a quiet chart: what was done stands out, and nothing else is made much of.

Each mark has a shape of its own, so that nobody needs to tell colours apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.shells.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Point
from bot.shells.pictures.colours import Theme
from bot.shells.pictures.letters import LABEL, NAME, NOTE, PictureError, fitted, width_of
from bot.shells.pictures.page import INNER, draw_heading

MOST_WEEKS = 12
_PAD = 36
_RADIUS = 29


class Mark(StrEnum):
    """What became of a reminder."""

    DONE = "done"
    SKIPPED = "skipped"
    UNANSWERED = "no answer"


_NO_REMINDER = "no reminder"


@dataclass(frozen=True)
class Week:
    label: str
    """Such as "3 Nov"; below the chart, as often as there is room."""
    exercise: Mark | None
    nutrition: Mark | None
    """None: no reminder was due."""


def draw_progress(title: str, weeks: Sequence[Week], theme: Theme = Theme.LIGHT) -> bytes:
    """A PNG, the oldest week on the left. Raises PictureError if there are none or more than MOST_WEEKS."""
    if not 1 <= len(weeks) <= MOST_WEEKS:
        raise PictureError(f"a chart has 1 to {MOST_WEEKS} weeks, not {len(weeks)}")
    canvas = Canvas(theme)
    y = draw_heading(canvas, title, "", canvas.palette.teal) + 24
    for name, marks in _streams(weeks):
        y = _draw_stream(canvas, name, marks, y) + 20
    y = _draw_labels(canvas, [week.label for week in weeks], y)
    return canvas.png(_draw_key(canvas, y + 28) + 40)


def progress_alt_text(title: str, weeks: Sequence[Week]) -> str:
    """What the chart tells, in counts."""
    return "\n".join([title, *(f"{name}: {_counted(marks)}." for name, marks in _streams(weeks))])


def _streams(weeks: Sequence[Week]) -> tuple[tuple[str, list[Mark | None]], ...]:
    return ("Exercise", [week.exercise for week in weeks]), ("Nutrition", [week.nutrition for week in weeks])


def _counted(marks: Sequence[Mark | None]) -> str:
    counts = [(str(mark), marks.count(mark)) for mark in Mark] + [(_NO_REMINDER, marks.count(None))]
    return ", ".join(f"{name} in {count} week{'' if count == 1 else 's'}" for name, count in counts if count)


def _draw_stream(canvas: Canvas, name: str, marks: Sequence[Mark | None], top: float) -> float:
    colours = canvas.palette
    head = fitted(name, NAME, INNER - 2 * _PAD)
    bottom = top + _PAD + head.height + 24 + 2 * _RADIUS + _PAD
    canvas.rounded(Box(MARGIN, top, WIDTH - MARGIN, bottom), colours.card, edge=colours.edge)
    canvas.text(head, (MARGIN + _PAD, top + _PAD - 6), colours.ink)
    for x, mark in zip(_columns(len(marks)), marks, strict=True):
        _draw_mark(canvas, mark, (x, bottom - _PAD - _RADIUS), colours.card)
    return bottom


def _columns(count: int) -> list[float]:
    """The middle of each week's column; few weeks stand on the left, not far apart."""
    step = (INNER - 2 * _PAD) / MOST_WEEKS
    return [MARGIN + _PAD + step * (number + 0.5) for number in range(count)]


def _draw_mark(canvas: Canvas, mark: Mark | None, centre: Point, ground: str) -> None:
    (x, y), quiet = centre, canvas.palette.quiet
    if mark == Mark.DONE:
        canvas.disc(centre, _RADIUS, canvas.palette.teal.strong)
        canvas.line([(x - 13, y + 1), (x - 4, y + 11), (x + 14, y - 10)], 7, ground)
    elif mark == Mark.SKIPPED:
        canvas.disc(centre, _RADIUS, quiet)
        canvas.disc(centre, _RADIUS - 5, ground)
        canvas.line([(x - 11, y), (x + 11, y)], 6, quiet)
    elif mark == Mark.UNANSWERED:
        for start in range(0, 360, 45):
            canvas.arc(centre, _RADIUS - 3, start, start + 20, 5, quiet)
    else:
        canvas.disc(centre, 6, quiet)


def _draw_labels(canvas: Canvas, labels: Sequence[str], top: float) -> float:
    """Every label that has room beside the one before, the last week's first of all."""
    free = float(WIDTH)
    for x, label in reversed(list(zip(_columns(len(labels)), labels, strict=True))):
        half = width_of(label, NOTE) / 2
        middle = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
        if middle + half + 16 <= free:
            canvas.text(fitted(label, NOTE, INNER), (middle, top), canvas.palette.quiet, centred=True)
            free = middle - half
    return top + NOTE.leading


def _draw_key(canvas: Canvas, top: float) -> float:
    """Two rows of two."""
    entries = [(str(mark), mark) for mark in Mark] + [(_NO_REMINDER, None)]
    for number, (name, mark) in enumerate(entries):
        x, y = MARGIN + (number % 2) * INNER / 2, top + number // 2 * (2 * _RADIUS + 16)
        _draw_mark(canvas, mark, (x + _RADIUS, y + _RADIUS), canvas.palette.ground)
        canvas.text(fitted(name, LABEL, INNER / 2 - 80), (x + 2 * _RADIUS + 18, y + 6), canvas.palette.ink)
    return top + 4 * _RADIUS + 16
