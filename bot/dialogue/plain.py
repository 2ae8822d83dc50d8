"""A reply as plain text: for the terminal without colour, and for machines."""

from __future__ import annotations

from collections.abc import Iterator

from bot.corpus.models import Excerpt
from bot.dialogue import words
from bot.dialogue.reply import Reply


def render_plain(reply: Reply) -> str:
    """The whole reply without its buttons."""
    return "\n\n".join(_parts(reply))


def render_citation(excerpt: Excerpt) -> str:
    """The place in the document: tier › section › passage."""
    passage = excerpt.passage
    place = dict.fromkeys([passage.part.label, passage.section, passage.label])
    return " › ".join(part for part in place if part)


def _parts(reply: Reply) -> Iterator[str]:
    if reply.lead:
        yield reply.lead
    for section in reply.sections:
        if len(reply.sections) > 1:
            yield f"{section.title}:"
        if section.note:
            yield section.note
        for excerpt in section.excerpts:
            yield f"“{excerpt.text}”\n— {render_citation(excerpt)}"
    if reply.reading:
        yield "\n".join([words.READING, *(f"• {work}" for work in reply.reading)])
    if reply.closing:
        yield reply.closing
