"""The last weeks' reminders as a quiet chart: what was done stands out, and nothing else is made much of.

Each mark has a shape of its own, so that nobody needs to tell colours apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.reminders.progress import Progress, Week
from bot.reminders.records import Mark
from bot.shells.pictures.canvas import MARGIN, WIDTH, Box, Canvas, Point
from bot.shells.pictures.colours import Theme
from bot.shells.pictures.letters import LABEL, NAME, NOTE, fitted, width_of
from bot.shells.pictures.page import INNER, draw_heading

_PAD = 36
_RADIUS = 29
_KEY = (
    ("done", Week(sent=True, mark=Mark.DONE)),
    ("not this week", Week(sent=True, mark=Mark.SKIPPED)),
    ("no answer", Week(sent=True)),
    ("no reminder", Week()),
)


def draw_progress(title: str, progress: Progress, theme: Theme = Theme.LIGHT) -> bytes:
    """A PNG, the oldest week on the left."""
    canvas = Canvas(theme)
    y = draw_heading(canvas, title, "", canvas.palette.teal) + 24
    for stream in progress.streams:
        y = _draw_stream(canvas, stream.stream.label, stream.weeks, y) + 20
    y = _draw_labels(canvas, [f"{monday.day} {monday:%b}" for monday in progress.mondays], y)
    return canvas.png(_draw_key(canvas, y + 28) + 40)


def _draw_stream(canvas: Canvas, name: str, weeks: Sequence[Week], top: float) -> float:
    colours = canvas.palette
    head = fitted(name, NAME, INNER - 2 * _PAD)
    bottom = top + _PAD + head.height + 24 + 2 * _RADIUS + _PAD
    canvas.rounded(Box(MARGIN, top, WIDTH - MARGIN, bottom), colours.card, edge=colours.edge)
    canvas.text(head, (MARGIN + _PAD, top + _PAD - 6), colours.ink)
    for x, week in zip(_columns(len(weeks)), weeks, strict=True):
        _draw_week(canvas, week, (x, bottom - _PAD - _RADIUS), colours.card)
    return bottom


def _columns(count: int) -> list[float]:
    """The middle of each week's column."""
    step = (INNER - 2 * _PAD) / count
    return [MARGIN + _PAD + step * (number + 0.5) for number in range(count)]


def _draw_week(canvas: Canvas, week: Week, centre: Point, ground: str) -> None:
    (x, y), quiet = centre, canvas.palette.quiet
    if week.mark == Mark.DONE:
        canvas.disc(centre, _RADIUS, canvas.palette.teal.strong)
        canvas.line([(x - 13, y + 1), (x - 4, y + 11), (x + 14, y - 10)], 7, ground)
    elif week.mark == Mark.SKIPPED:
        canvas.disc(centre, _RADIUS, quiet)
        canvas.disc(centre, _RADIUS - 5, ground)
        canvas.line([(x - 11, y), (x + 11, y)], 6, quiet)
    elif week.sent:
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
    for number, (name, week) in enumerate(_KEY):
        x, y = MARGIN + (number % 2) * INNER / 2, top + number // 2 * (2 * _RADIUS + 16)
        _draw_week(canvas, week, (x + _RADIUS, y + _RADIUS), canvas.palette.ground)
        canvas.text(fitted(name, LABEL, INNER / 2 - 80), (x + 2 * _RADIUS + 18, y + 6), canvas.palette.ink)
    return top + 4 * _RADIUS + 16
