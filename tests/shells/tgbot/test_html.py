import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shells.tgbot.html import LONG_QUOTE, Block, Span, bold, cut, lay_out, plain, utf16_length
from tests.shells.tgbot.markup import read_html

spans = st.builds(Span, st.text(max_size=60), st.sampled_from(["", "b", "i"]))
blocks = st.builds(Block, st.lists(spans, max_size=4).map(tuple), quote=st.booleans(), close=st.booleans())
groups = st.lists(st.lists(blocks, max_size=3).map(tuple), max_size=5)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(groups, st.integers(10, 80))
def test_whatever_is_laid_out_is_valid_fits_and_loses_nothing(laid: list[tuple[Block, ...]], limit: int) -> None:
    pages = [read_html(page)[0] for page in lay_out(laid, limit)]
    assert all(page.strip() and utf16_length(page) <= limit for page in pages)
    assert squeezed("".join(pages)) == squeezed("".join(block.text for group in laid for block in group))


@pytest.mark.parametrize("unit", ["word ", "One sentence. ", "😀", "&<>", "x"])
def test_a_text_longer_than_a_message_becomes_several(unit: str) -> None:
    text = unit * (9000 // len(unit))
    pages = [read_html(page)[0] for page in lay_out([(plain(text),)])]
    assert len(pages) > 2 - (unit == "&<>")
    assert all(utf16_length(page) <= 4096 for page in pages)
    assert squeezed("".join(pages)) == squeezed(text)


def test_a_cut_falls_at_the_end_of_a_sentence_where_there_is_one() -> None:
    pieces = [piece.text for piece in cut(plain("First one. Second one, longer. Third."), 25)]
    assert pieces == ["First one.", "Second one, longer.", "Third."]


def test_a_cut_keeps_styles_and_quotes() -> None:
    pieces = list(cut(Block((Span("Vitamin K2", "b"), Span(" directs calcium.")), quote=True), 15))
    assert [piece.html for piece in pieces] == [
        "<blockquote><b>Vitamin K2</b></blockquote>",
        "<blockquote>directs</blockquote>",
        "<blockquote>calcium.</blockquote>",
    ]


def test_only_a_long_quote_is_folded() -> None:
    assert Block((Span("x" * LONG_QUOTE),), quote=True).html.startswith("<blockquote>")
    assert Block((Span("x" * (LONG_QUOTE + 1)),), quote=True).html.startswith("<blockquote expandable>")


def test_a_group_moves_to_the_next_page_rather_than_being_parted() -> None:
    quote, citation = Block((Span("q" * 30),), quote=True), Block((Span("cited"),), close=True)
    pages = lay_out([(plain("p" * 30),), (quote, citation)], 70)
    assert pages == ["p" * 30, f"<blockquote>{'q' * 30}</blockquote>\ncited"]


def test_a_page_holds_no_more_formatted_parts_than_telegram_keeps() -> None:
    pages = lay_out([(bold("b"),)] * 150)
    assert [len(read_html(page)[1]) for page in pages] == [100, 50]
