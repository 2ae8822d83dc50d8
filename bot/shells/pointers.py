"""Reads the pointers to passages that authors write, and guesses what they meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process

from bot.corpus.models import Article, Pointer, parse_pointer
from bot.errors import ContentError
from bot.shells.yamlfile import Problem, YamlFile


def read_pointers(
    texts: Sequence[str], article: Article, file: YamlFile, problems: list[Problem], *path: str | int
) -> tuple[Pointer, ...]:
    """The pointers of the list at the key path; one that points to nothing is left out and added to the problems."""
    pointers = []
    for at, text in enumerate(texts):
        try:
            pointers.append(parse_pointer(text, article.passages))
        except ContentError as error:
            hint = did_you_mean(text.split(":")[0], article.passages)
            problems.append(file.problem(f"{error}{hint}", *path, at))
    return tuple(pointers)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the nearest known one, or nothing."""
    found = process.extractOne(name, list(known), score_cutoff=60)
    return f'. Did you mean "{found[0]}"?' if found else ""
