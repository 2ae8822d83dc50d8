"""The list of questions for the doctor as a page to print: one file that needs nothing else, not even a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from bot.dialogue.compose import answer
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.plain import render_citation
from bot.dialogue.state import ChatState
from bot.ports import Question
from bot.shells.tgbot import opinion_texts as texts
from bot.shells.tgbot.render import quoted

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 14pt/1.45 Georgia, "Times New Roman", serif; color: #000; background: #fff; max-width: 178mm;
  margin: 8mm auto; padding: 0 4mm; overflow-wrap: anywhere; }
h1 { font-size: 24pt; margin: 0 0 6mm; }
h2 { font-size: 17pt; line-height: 1.3; margin: 0 0 3mm; white-space: pre-line; break-after: avoid; }
section { border-top: 1pt solid #000; padding-top: 5mm; margin-top: 8mm; }
.blanks { display: grid; gap: 5mm; }
.blank { border-bottom: 1pt solid #000; padding-top: 4mm; }
.label { font-size: 12pt; margin: 0 0 2mm; break-after: avoid; }
blockquote { margin: 0 0 4mm; padding-left: 4mm; border-left: 3pt solid #999; white-space: pre-line;
  break-inside: avoid; }
cite { display: block; font-size: 12pt; }
.notes { break-inside: avoid; }
.line { border-bottom: 1pt solid #999; height: 10mm; }
footer { border-top: 1pt solid #000; margin-top: 10mm; padding-top: 3mm; font-size: 12pt; break-inside: avoid; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""
_LINES = 4
"""To write on, below each question."""


def render_sheet(questions: Sequence[Question], know: Knowledge) -> str:
    """HTML. What people wrote stands there as they wrote it; what the article says, word for word with its place."""
    blanks = "".join(f'<div class="blank label">{escape(name)}:</div>' for name in texts.SHEET_BLANKS)
    sections = "\n".join(
        f"<section>\n{''.join(_section(number, question, know))}</section>"
        for number, question in enumerate(questions, start=1)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(texts.SHEET_TITLE)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>{escape(texts.SHEET_TITLE)}</h1>\n<div class="blanks">{blanks}</div>\n{sections}\n'
        f"<footer>{escape(texts.SHEET_FOOT)}</footer>\n</body>\n</html>\n"
    )


def about(question: Question, know: Knowledge) -> str:
    """What was answered, in brackets, unless the question says so itself: "why?" alone says nothing to a doctor."""
    title = _title(question, know)
    return f" ({title})" if title and title != question.text else ""


def _section(number: int, question: Question, know: Knowledge) -> Iterator[str]:
    yield f"<h2>{number}. {escape(question.text)}</h2>\n"
    title = _title(question, know)
    if title and title != question.text:
        yield _label(texts.SHEET_ABOUT.format(title=title))
    yield from _answer(question, know)
    lines = '<div class="line"></div>' * _LINES
    yield f'<div class="notes">{_label(f"{texts.SHEET_NOTES}:")}{lines}</div>\n'


def _answer(question: Question, know: Knowledge) -> Iterator[str]:
    """As it was shown; an intent that is known no more has none."""
    intent = know.intents.get(question.intent or "")
    if intent is None:
        yield _label(texts.SHEET_NO_ANSWER)
        return
    _, reply = answer(ChatState(level=question.level), [intent.id], know)
    yield _label(f"{texts.SHEET_ARTICLE.format(level=intent.nearest_tier(question.level).label)}:")
    for excerpt in reply.excerpts:
        words = "".join(span.html for span in quoted(excerpt))
        yield f"<blockquote>{words}<cite>{escape(render_citation(excerpt))}</cite></blockquote>\n"


def _label(text: str) -> str:
    return f'<p class="label">{escape(text)}</p>\n'


def _title(question: Question, know: Knowledge) -> str | None:
    intent = know.intents.get(question.intent or "")
    return intent.title if intent else None
