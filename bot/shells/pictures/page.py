"""What all pictures have in common: the heading, and the line below that says where the words stand."""

from __future__ import annotations

from collections.abc import Iterable

from bot.corpus.models import Part, Passage
from bot.shells.pictures.canvas import MARGIN, WIDTH, Canvas
from bot.shells.pictures.colours import Accent
from bot.shells.pictures.icons import Place, draw_bone
from bot.shells.pictures.letters import LEAD, NOTE, TITLE, fitted

INNER = WIDTH - 2 * MARGIN
_NAME = "Osteon"


def draw_heading(canvas: Canvas, title: str, lead: str, accent: Accent) -> float:
    """The title, and a sentence below it if there is one. Returns where they end."""
    canvas.line([(MARGIN + 5, 60), (MARGIN + 91, 60)], 10, accent.strong)
    bottom = canvas.text(fitted(title, TITLE, INNER, even=True), (MARGIN, 80), canvas.palette.ink)
    if lead:
        bottom = canvas.text(fitted(lead, LEAD, INNER), (MARGIN, bottom + 10), canvas.palette.quiet)
    return bottom


def draw_footer(canvas: Canvas, passages: Iterable[Passage], top: float) -> float:
    """Who shows it, and from which parts of the document; the caption cites the places."""
    colours, parts = canvas.palette, {passage.part for passage in passages}
    draw_bone(Place(canvas, (MARGIN + 26, top + 22), 46, colours.teal.strong, colours.ground))
    told = f"{_NAME} · {', '.join(part.label for part in Part if part in parts)}"
    return canvas.text(fitted(told, NOTE, INNER - 68), (MARGIN + 68, top), colours.quiet) + 36
