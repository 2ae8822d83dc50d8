"""What all pictures have in common: the heading, and the line below that says where the words stand."""

from __future__ import annotations

from bot.corpus.models import Passage
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


def draw_footer(canvas: Canvas, passage: Passage, top: float, title: str = "") -> float:
    """Who shows it, the part of the document, and the section, unless that is the title already."""
    colours = canvas.palette
    centre = (MARGIN + 26, top + 24)
    draw_bone(Place(canvas, centre, 46, colours.teal.strong, colours.ground))
    place = dict.fromkeys((passage.part.label, passage.section))
    text = fitted(f"{_NAME} · {' › '.join(name for name in place if name != title)}", NOTE, INNER - 68)
    return canvas.text(text, (MARGIN + 68, top), colours.quiet) + 36
