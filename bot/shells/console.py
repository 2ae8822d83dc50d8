"""The conversation in a terminal. Nothing that is written in it is kept on disk, the history of lines included."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from io import TextIOWrapper

from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from bot.corpus.models import Part, Tier
from bot.dialogue import words
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.reply import Control, Message
from bot.dialogue.state import ChatState
from bot.dialogue.turn import take_turn
from bot.matching.intents import Topic
from bot.reminders.wording import understand
from bot.reminders.words import ReminderWords
from bot.shells.rich_text import Quote, print_parts, print_reply

GREETING = (
    "Hello, I am Osteon. I answer questions on bone health during SERM therapy from one article, in its own words. "
    "Ask in your words, for example: What does vitamin K2 do?\n"
    "/topics shows all that the article covers, /help what else I understand, and /quit or Ctrl-D ends our talk.\n"
    "I am no doctor. In an emergency call 112, 911, 999 or your local emergency number."
)
HELP = (
    ("1, 2, 3 …", "the numbered suggestion (its title works too)"),
    ("simpler, deeper", "the last answer again, at another level"),
    ("more, sources", "the rest of the last answer; where it stands in the article"),
    ("/topics", "all that the article covers"),
    ("/level", "how deep my answers go"),
    ("/glossary", "the article's definitions"),
    ("/references", "the article's reading list"),
    ("/privacy", "what becomes of what you write"),
    ("/quit", "the end of our talk; Ctrl-D does the same"),
)
PRIVACY = (
    "What you write stays in this program's memory and is gone when you leave. "
    "It is sent nowhere and written to no disk."
)
NO_REMINDERS = (
    "Reminders are for Telegram: there I can write to you by myself, here I speak only when spoken to. "
    "On Telegram send me /reminders, or “remind me to exercise every Tuesday at 7 pm”."
)
GOODBYE = "Goodbye, and take care."
_LEAVING = ("quit", "exit", "/quit", "/exit")


Lines = Callable[[Callable[[], str]], Iterator[str]]
"""Yields what is typed until the person leaves. It gets a function that tells how things stand, in one line."""


class Terminal:
    def __init__(self, know: Knowledge, reminder_words: ReminderWords, *, plain: bool) -> None:
        """`plain`: no colour and no line editing, even where the terminal can do both."""
        self._know = know
        self._reminder_words = reminder_words
        self._console, self._lines = _plain() if plain or _must_be_plain() else _rich()
        self._state = ChatState()
        self._offered: tuple[Control, ...] = ()
        self._commands: dict[str, Callable[[], None]] = {
            "/start": self._greet,
            "/help": self._help,
            "/topics": self._topics,
            "topics": self._topics,
            "/level": self._levels,
            "/glossary": self._glossary,
            "/references": self._references,
            "/privacy": lambda: self._show(Text(PRIVACY)),
        }

    def talk(self) -> None:
        """Greet, and answer line by line until the person leaves."""
        self._greet()
        with suppress(KeyboardInterrupt):
            for line in self._lines(self._hint):
                if line.strip().casefold() in _LEAVING:
                    break
                if line.strip():
                    self._answer(line)
        self._show(Text(GOODBYE))

    def _answer(self, line: str) -> None:
        typed = " ".join(line.casefold().split())
        level = next((tier for tier in Tier if typed == f"/level {tier}"), None)
        control = next((control for control in self._offered if typed == control), None)
        if typed in self._commands:
            self._commands[typed]()
        elif level:
            self._state = replace(self._state, level=level)
            self._show(Text(words.level_set(level)))
        elif _is_number(typed) and not 1 <= int(typed) <= len(self._state.offered):
            self._show(Text(self._no_such_number()))
        elif self._is_about_reminders(line):
            self._show(Text(NO_REMINDERS))
        else:
            self._turn(Message(control=control) if control else Message(line))

    def _is_about_reminders(self, line: str) -> bool:
        """A single word, such as "stop", may mean anything here; and an emergency is none, whatever else is said."""
        if len(line.split()) == 1:
            return False
        command = understand(line, self._reminder_words, None)
        asks = not command.is_none or command.reason is not None
        return asks and self._know.watch.look(line) is None

    def _turn(self, message: Message) -> None:
        self._state, reply = take_turn(self._state, message, self._know)
        self._offered = reply.controls
        print_reply(self._console, reply)

    def _show(self, *parts: RenderableType) -> None:
        print_parts(self._console, parts)

    def _hint(self) -> str:
        return f"{self._state.level.label} level · /topics · /help"

    def _greet(self) -> None:
        self._show(Text(GREETING))

    def _help(self) -> None:
        table = Table.grid(padding=(0, 2))
        for name, told in HELP:
            table.add_row(Text(name, "bold cyan", no_wrap=True), Text(told))
        self._show(Text("Ask whatever you like, in your own words. I also understand:"), table)

    def _topics(self) -> None:
        """All topics under their themes, numbered; a number then picks the first thing to know of its topic."""
        by_theme: dict[str, list[Topic]] = {}
        for topic in self._know.catalogue.topics.values():
            by_theme.setdefault(topic.theme, []).append(topic)
        topics = [topic for found in by_theme.values() for topic in found]
        self._state = replace(self._state, offered=tuple(topic.intents[0].id for topic in topics))
        numbers = itertools.count(1)
        self._show(
            Text("This is what the article covers. Type a number, or ask in your own words."),
            *(
                Group(Text(theme, "bold"), _Grid([_numbered(next(numbers), t) for t in found]))
                for theme, found in by_theme.items()
            ),
        )

    def _levels(self) -> None:
        told = [f"/level {tier}{'   (as now)' if tier == self._state.level else ''}" for tier in Tier]
        lead = "The article tells its story at three levels. I answer from the one you choose."
        self._show(Text(lead), Text("\n".join(told)))

    def _glossary(self) -> None:
        article = self._know.article
        entries = [
            Group(Text(term.term, "bold"), Quote(Text(article.passages[term.id].text))) for term in article.terms
        ]
        self._show(Text("These are the article's own definitions."), *entries)

    def _references(self) -> None:
        works = [Text(f"• {passage.text}") for passage in self._know.article.of(Part.REFERENCES)]
        self._show(Text("The article lists these works."), *works)

    def _no_such_number(self) -> str:
        count = len(self._state.offered)
        if not count:
            return "There is nothing to pick by a number just now. Ask in your own words, or type /topics."
        return f"There is no such number just now; I offered 1 to {count}." if count > 1 else "I offered only number 1."


def _numbered(number: int, topic: Topic) -> Text:
    return Text.assemble((f"{number:>2} ", "bold cyan"), topic.name)


def _is_number(typed: str) -> bool:
    """Of a suggestion; 112, 911 and the like are for the dialogue to read."""
    return typed.isdecimal() and len(typed) <= 2


class _Grid:
    """Short lines side by side, as many as fit; one below the other where nobody looks."""

    def __init__(self, lines: Sequence[Text]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> RenderResult:
        yield Columns(self._lines, equal=True, padding=(0, 2)) if console.is_terminal else Group(*self._lines)


def _must_be_plain() -> bool:
    console = Console()
    return not sys.stdin.isatty() or not console.is_terminal or console.is_dumb_terminal


def _plain() -> tuple[Console, Lines]:
    """For a pipe, a screen reader, or a terminal that can do no more."""
    return Console(force_terminal=False, color_system=None), _plain_lines


def _plain_lines(_hint: Callable[[], str]) -> Iterator[str]:
    echo = not sys.stdin.isatty()
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    while True:
        try:
            line = input("\n> ")
        except (EOFError, KeyboardInterrupt):
            print()  # noqa: T201 - the cursor still stands behind the prompt
            return
        print(line if echo else "", flush=True)  # noqa: T201 - so that a recorded conversation can be read
        yield line


def _rich() -> tuple[Console, Lines]:
    """Colour, line editing, and a history that Ctrl-R searches, in memory only."""
    from prompt_toolkit import PromptSession  # here, since importing it takes 0.1 s that osteon ask need not wait
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import InMemoryHistory

    console = Console()
    names = [name for name, _ in HELP if name.startswith("/")] + [f"/level {tier}" for tier in Tier]
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(), completer=WordCompleter(names, sentence=True), complete_while_typing=False
    )

    def lines(hint: Callable[[], str]) -> Iterator[str]:
        with suppress(EOFError):
            while True:
                console.print()
                typed = session.prompt([("bold ansicyan", "› ")], bottom_toolbar=lambda: f" {hint()}")
                console.print()
                yield typed

    return console, lines
