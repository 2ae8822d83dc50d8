from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from bot.reminders.progress import Progress, StreamProgress, Week
from bot.reminders.records import Mark
from bot.reminders.streams import Stream
from bot.shells.pictures.canvas import WIDTH
from bot.shells.pictures.colours import Theme
from bot.shells.pictures.progress import draw_progress

TITLE = "Your last twelve weeks"
WEEKS = (Week(True, Mark.DONE), Week(True, Mark.SKIPPED), Week(True), Week())


def progress(*weeks: Week) -> Progress:
    mondays = tuple(date(2026, 9, 7) + timedelta(weeks=number) for number in range(12))
    return Progress(mondays, tuple(StreamProgress(stream, weeks * (12 // len(weeks))) for stream in Stream))


@pytest.mark.parametrize("theme", list(Theme))
def test_a_chart_is_what_telegram_and_a_phone_can_show(theme: Theme) -> None:
    png = draw_progress(TITLE, progress(*WEEKS), theme)
    image = Image.open(BytesIO(png))
    assert len(png) < 100_000
    assert image.width == WIDTH
    assert image.height < 1.2 * WIDTH


def test_every_mark_is_another_shape_and_not_only_another_colour() -> None:
    shapes = set()
    for week in WEEKS:
        image = Image.open(BytesIO(draw_progress(TITLE, progress(week)))).convert("L")
        shapes.add(image.crop((0, 150, 200, 400)).point(lambda grey: 255 * (grey > 200)).tobytes())
    assert len(shapes) == len(WEEKS)
