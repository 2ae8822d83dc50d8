"""A reply as pages of Telegram's HTML. The article's words stand in quotes, unchanged; ours stand outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.corpus.models import Excerpt
from bot.dialogue import words
from bot.dialogue.reply import Outcome, Reply, Section
from bot.shells.tgbot.html import Block, Group, Span, bold, italic, lay_out, plain


def render_reply(reply: Reply) -> list[str]:
    """The HTML of each message, without the buttons."""
    return lay_out(list(_groups(reply)))


def render_card(section: Section) -> str:
    """One section as a message of its own, to be read where nobody saw the question."""
    return lay_out([(bold(section.title),), *_section(section)])[0]


def render_excerpts(excerpts: Sequence[Excerpt]) -> Iterator[Group]:
    """Quotes; those that follow each other in one section share a citation."""
    for (part, section), run in groupby(excerpts, key=lambda excerpt: (excerpt.passage.part, excerpt.passage.section)):
        together = list(run)
        labels = dict.fromkeys(excerpt.passage.label for excerpt in together)
        place = dict.fromkeys([part.label, section, " · ".join(filter(None, labels))])
        citation = Block((Span(" › ".join(filter(None, place)), "i"),), close=True)
        yield (*(Block(quoted(excerpt), quote=True) for excerpt in together), citation)


def _groups(reply: Reply) -> Iterator[Group]:
    yield from _lead(reply)
    for section in reply.sections:
        if len(reply.sections) > 1:
            yield (bold(section.title),)
        yield from _section(section)
    if reply.reading:
        yield (plain(words.READING),)
        yield from ((plain(f"• {work}"),) for work in reply.reading)
    yield (plain(reply.closing),)


def _lead(reply: Reply) -> Iterator[Group]:
    """Our own words before the excerpts; a call for help stands out, in bold."""
    for number, line in enumerate(reply.lead.splitlines()):
        stands_out = line == words.HELP_FIRST or (reply.outcome == Outcome.URGENT and number == 0)
        yield (bold(line) if stands_out else plain(line),)


def _section(section: Section) -> Iterator[Group]:
    if section.note:
        yield (italic(section.note),)
    yield from render_excerpts(section.excerpts)


def quoted(excerpt: Excerpt) -> tuple[Span, ...]:
    if excerpt.passage.is_row:
        return tuple(_row(excerpt))
    lead = excerpt.passage.lead
    if lead and excerpt.text.startswith(lead):
        return (Span(lead, "b"), Span(excerpt.text[len(lead) :]))
    return (Span(excerpt.text),)


def _row(excerpt: Excerpt) -> Iterator[Span]:
    """A table row as lines: its first cell is its name, each other cell stands behind its column's heading."""
    columns = excerpt.passage.columns[excerpt.first - 1 : excerpt.last]
    for number, (column, cell) in enumerate(zip(columns, excerpt.sentences, strict=True)):
        if number:
            yield Span("\n")
        if excerpt.first + number == 1:
            yield Span(cell, "b")
        else:
            yield Span(f"{column}:", "b")
            yield Span(f" {cell}")
