from io import BytesIO

import pytest
from PIL import Image

from bot.shells.pictures.canvas import WIDTH
from bot.shells.pictures.colours import Theme
from bot.shells.pictures.letters import PictureError
from bot.shells.pictures.progress import Mark, Week, draw_progress, progress_alt_text

TITLE = "Your last weeks"
MARKS = (Mark.DONE, Mark.SKIPPED, Mark.UNANSWERED, None)
WEEKS = [Week(f"{number} November", MARKS[number % 4], MARKS[number // 3 % 4]) for number in range(12)]


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("count", [1, 5, 12])
def test_a_chart_is_what_telegram_and_a_phone_can_show(count: int, theme: Theme) -> None:
    png = draw_progress(TITLE, WEEKS[:count], theme)
    image = Image.open(BytesIO(png))
    assert len(png) < 100_000
    assert image.width == WIDTH
    assert image.height < 1.2 * WIDTH


@pytest.mark.parametrize("count", [0, 13])
def test_no_weeks_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(PictureError, match=f"1 to 12 weeks, not {count}"):
        draw_progress(TITLE, (WEEKS * 2)[:count])


def test_every_mark_is_another_shape_and_not_only_another_colour() -> None:
    shapes = set()
    for mark in MARKS:
        image = Image.open(BytesIO(draw_progress(TITLE, [Week("", mark, None)]))).convert("L")
        shapes.add(image.crop((0, 150, 200, 400)).point(lambda grey: 255 * (grey > 200)).tobytes())
    assert len(shapes) == len(MARKS)


def test_the_alt_text_counts_and_leaves_out_what_there_was_not() -> None:
    weeks = [Week("1", Mark.DONE, None), Week("2", Mark.DONE, None), Week("3", Mark.SKIPPED, Mark.UNANSWERED)]
    assert progress_alt_text(TITLE, weeks) == (
        "Your last weeks\n"
        "Exercise: done in 2 weeks, skipped in 1 week.\n"
        "Nutrition: no answer in 1 week, no reminder in 2 weeks."
    )
