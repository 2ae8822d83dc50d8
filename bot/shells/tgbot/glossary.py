"""The article's glossary and its reading list, to look things up in."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.corpus.models import Excerpt, Part, Passage
from bot.dialogue.knowledge import Knowledge
from bot.shells.tgbot import texts
from bot.shells.tgbot.html import lay_out, plain
from bot.shells.tgbot.keyboard import Row, button, keyboard
from bot.shells.tgbot.page import Page
from bot.shells.tgbot.presses import Kind, Press
from bot.shells.tgbot.render import render_excerpts
from bot.shells.tgbot.topics import back


def glossary_page(know: Knowledge) -> Page:
    return Page(
        texts.GLOSSARY, keyboard([button(term.term, Press(Kind.GLOSSARY, term.id))] for term in know.article.terms)
    )


def term_page(know: Knowledge, passage_id: str) -> Page | None:
    """A definition with its citation, and what else can be asked about it; None if it is no term."""
    term = next((term for term in know.article.terms if term.id == passage_id), None)
    if term is None:
        return None
    pages = lay_out(list(render_excerpts([_whole(know.article.passages[term.id])])))
    return Page(pages[0], keyboard([*_leads(know, term.id), back("All terms", Press(Kind.GLOSSARY))]))


def references_pages(know: Knowledge) -> list[str]:
    works = [_whole(passage) for passage in know.article.of(Part.REFERENCES)]
    return lay_out([(plain(texts.REFERENCES),), *(group for work in works for group in render_excerpts([work]))])


def references_keyboard(know: Knowledge) -> InlineKeyboardMarkup | None:
    """A button for each work that copies it, to search for it or to show it to somebody."""
    works = know.article.of(Part.REFERENCES)
    buttons = [
        InlineKeyboardButton(texts.copy(work.label), copy_text=CopyTextButton(work.text))
        for work in works
        if len(work.text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT
    ]
    return keyboard(buttons[at : at + 3] for at in range(0, len(buttons), 3))


def _whole(passage: Passage) -> Excerpt:
    return Excerpt(passage, 1, len(passage.sentences))


def _leads(know: Knowledge, passage_id: str) -> list[Row]:
    """One button for each topic that has the definition among its excerpts."""
    intents = {
        intent.topic: intent
        for intent in reversed(list(know.intents.values()))
        if any(pointer.passage == passage_id for pointers in intent.excerpts.values() for pointer in pointers)
    }
    return [[button(intent.title, Press(Kind.ANSWER, intent.id))] for intent in intents.values()]
