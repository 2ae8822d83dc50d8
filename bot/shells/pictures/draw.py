"""From a picture as words to a picture as PNG."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.corpus.pictures import Drawing, Picture
from bot.shells.pictures.canvas import Canvas
from bot.shells.pictures.colours import Theme
from bot.shells.pictures.convergence import draw_convergence
from bot.shells.pictures.cycle import draw_cycle
from bot.shells.pictures.letters import PictureError
from bot.shells.pictures.table import draw_table

_DRAWINGS: dict[Drawing, Callable[[Canvas, Picture], float]] = {
    Drawing.TABLE: draw_table,
    Drawing.CYCLE: draw_cycle,
    Drawing.CONVERGENCE: draw_convergence,
}


def draw_picture(picture: Picture, theme: Theme = Theme.LIGHT) -> bytes:
    """A PNG, 1080 pixels wide; the same words give the same bytes. Raises PictureError if the words do not fit."""
    canvas = Canvas(theme)
    return canvas.png(_DRAWINGS[picture.drawing](canvas, picture))


def check_drawings(pictures: Iterable[Picture]) -> Iterator[str]:
    """Yield a problem for each picture whose words do not fit their places."""
    for picture in pictures:
        try:
            draw_picture(picture)
        except PictureError as error:
            yield f'content/pictures.yaml: picture "{picture.id}": {error}'


def write_pictures(pictures: Iterable[Picture], folder: Path) -> Iterator[Path]:
    """Write each picture, light and dark, and yield where. Raises PictureError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            for theme in Theme:
                path = folder / f"{picture.id}-{theme}.png"
                path.write_bytes(draw_picture(picture, theme))
                yield path
    except OSError as error:
        raise PictureError(f"{folder} cannot be written ({error.strerror}); name another folder") from error
