"""A reply on a terminal: colour, quotes with a bar beside them, buttons as numbers. Elsewhere the same as plain lines.

Everything goes to rich as a Text, never as a string: in a string "[bold]" would be taken for markup, and article and
people alike write brackets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.panel import Panel
from rich.segment import Segment
from rich.text import Text

from bot.corpus.models import Excerpt
from bot.dialogue import words
from bot.dialogue.plain import render_citation, render_plain
from bot.dialogue.reply import Control, Outcome, Reply, Section, Suggestion

WIDEST = 96
"""Columns; longer lines are hard to follow."""
_CONTROLS = {
    Control.SIMPLER: "◀ simpler",
    Control.DEEPER: "deeper ▶",
    Control.MORE: "more",
    Control.SOURCES: "sources",
    Control.TOPICS: "topics",
}


class Quote:
    """Lines with a bar beside each of them, however wide the terminal is; elsewhere as they are."""

    def __init__(self, content: RenderableType) -> None:
        self._content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not console.is_terminal:
            yield self._content
            return
        bar = Segment("▌ ", console.get_style("cyan"))
        for line in console.render_lines(
            self._content, options.update(width=max(options.max_width - 2, 10)), pad=False
        ):
            yield bar
            yield from line
            yield Segment.line()


def print_reply(console: Console, reply: Reply) -> None:
    """The whole reply with its buttons; a file or a pipe gets unbroken lines without colour, fit for searching."""
    print_parts(console, _parts(reply) if console.is_terminal else map(Text, _plain_parts(reply)))


def print_parts(console: Console, parts: Iterable[RenderableType]) -> None:
    """Each part as a paragraph, on a terminal none wider than is easy to read."""
    on_screen = console.file.isatty() or console.is_terminal
    for number, part in enumerate(parts):
        if number:
            console.print()
        if on_screen:
            console.print(part, width=min(console.width, WIDEST))
        else:
            console.print(part, soft_wrap=True)


def one_line(text: str) -> str:
    """What somebody wrote, fit to be shown: no line breaks, nothing that steers a terminal or cannot be written."""
    shown = "".join("\ufffd" if unicodedata.category(c) == "Cs" else c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())


def _plain_parts(reply: Reply) -> Iterator[str]:
    yield render_plain(reply)
    if reply.suggestions:
        yield "\n".join(f"{number}. {suggestion.title}" for number, suggestion in enumerate(reply.suggestions, start=1))
    if reply.controls:
        yield " · ".join(control.value for control in reply.controls)


def _parts(reply: Reply) -> Iterator[RenderableType]:
    if reply.lead:
        yield _lead(reply)
    for section in reply.sections:
        yield _section(section, titled=len(reply.sections) > 1)
    if reply.reading:
        yield _reading(reply.reading)
    if reply.closing:
        yield Text(reply.closing)
    if reply.suggestions or reply.controls:
        yield _buttons(reply.suggestions, reply.controls)


def _lead(reply: Reply) -> RenderableType:
    if reply.outcome == Outcome.URGENT:
        return Panel(Text(reply.lead), border_style="bold red", padding=(0, 1))
    if reply.lead.startswith(words.HELP_FIRST):
        first = Panel(Text(words.HELP_FIRST), border_style="bold red", padding=(0, 1))
        return Group(first, Text(reply.lead.removeprefix(words.HELP_FIRST).strip()))
    return Text(reply.lead)


def _section(section: Section, *, titled: bool) -> RenderableType:
    parts: list[RenderableType] = []
    if titled:
        parts.append(Text(section.title, "bold"))
    if section.note:
        parts += [Text(section.note, "italic"), Text()]
    above: Excerpt | None = None
    for excerpt in section.excerpts:
        parts += [Text(), _quote(excerpt, above)] if above else [_quote(excerpt, None)]
        above = excerpt
    return Group(*parts)


def _quote(excerpt: Excerpt, above: Excerpt | None) -> Quote:
    return Quote(Group(*_words(excerpt), Text(f"— {_place(excerpt, above)}", "dim")))


def _words(excerpt: Excerpt) -> Iterator[Text]:
    """The excerpt, letter for letter; a table row with a line for each of its cells."""
    passage = excerpt.passage
    if passage.is_row:
        for number, cell in enumerate(excerpt.sentences, start=excerpt.first):
            yield Text(cell, "bold") if number == 1 else Text(f"• {cell}")
        return
    text = Text(excerpt.text)
    if excerpt.first == 1 and passage.lead and excerpt.text.startswith(passage.lead):
        text.stylize("bold", 0, len(passage.lead))
    yield text


def _place(excerpt: Excerpt, above: Excerpt | None) -> str:
    """The citation; below a quote from the same section, only what differs."""
    passage = excerpt.passage
    same = above and (above.passage.part, above.passage.section) == (passage.part, passage.section)
    return f"… › {passage.label}" if same and passage.label else render_citation(excerpt)


def _reading(works: Sequence[str]) -> RenderableType:
    return Group(Text(words.READING, "italic"), *(Text(f"• {work}") for work in works))


def _buttons(suggestions: Sequence[Suggestion], controls: Sequence[Control]) -> RenderableType:
    lines: list[RenderableType] = []
    for number, suggestion in enumerate(suggestions, start=1):
        lines.append(Text.assemble((f"{number:>2} ", "bold cyan"), suggestion.title))
    if controls:
        lines.append(Text(f" {' · '.join(_CONTROLS[control] for control in controls)}", "cyan"))
    return Group(*lines)
