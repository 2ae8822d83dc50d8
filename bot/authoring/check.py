"""What an author wants to know beside what keeps the bot from starting: unreachable text, copied questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.corpus.models import Article, Passage
from bot.dialogue.knowledge import Knowledge
from bot.matching.intents import Catalogue
from bot.matching.normalise import fold

NEAR_COPY = 90.0
"""Likeness, in [0, 100], from which an example is reported as a near copy of a labelled question."""


def unreachable(article: Article, catalogue: Catalogue) -> Iterator[str]:
    """Yield a problem for each sentence of the document, table row, definition and reference that no intent shows."""
    shown: dict[str, set[int]] = {}
    for intent in catalogue.intents.values():
        for pointer in (pointer for pointers in intent.excerpts.values() for pointer in pointers):
            shown.setdefault(pointer.passage, set()).update(range(pointer.first, pointer.last + 1))
    for passage in article.passages.values():
        for number in _sentence_numbers(passage) - shown.get(passage.id, set()):
            sentence = passage.sentences[number - 1]
            shortened = f'sentence {number}, "{sentence[:60]}"'
            yield f'passage "{passage.id}": no intent shows {shortened}; add it to the excerpts of one'


def _sentence_numbers(passage: Passage) -> set[int]:
    return set(range(1, len(passage.sentences) + 1))


def copied_examples(catalogue: Catalogue, questions: Iterable[str]) -> Iterator[str]:
    """Yield a problem for each example that equals a labelled question once folded: it would be measured on itself."""
    asked = {fold(question) for question in questions}
    for owner, example in all_examples(catalogue):
        if fold(example) in asked:
            yield f'"{owner}": the example "{example}" is a labelled question, and these only measure; take it out'


def guarded_examples(know: Knowledge) -> Iterator[str]:
    """Yield a problem for each example of an intent that a guard refuses: its pattern is too broad."""
    for intent in know.intents.values():
        for example in intent.examples:
            guard = know.matcher.guard_of(example)
            if guard:
                yield f'"{intent.id}": the guard "{guard}" refuses the example "{example}"; narrow its pattern'


def near_copies(catalogue: Catalogue, questions: Sequence[str]) -> list[tuple[str, str, str]]:
    """Examples that nearly equal a labelled question, as (owner, example, question). A hint, not a problem."""
    folded = [fold(question) for question in questions]
    found = []
    for owner, example in all_examples(catalogue):
        best = process.extractOne(fold(example), folded, scorer=fuzz.ratio, score_cutoff=NEAR_COPY)
        if best and len(folded[best[2]].split()) > 2:  # "k2 foods" is how everybody would write it
            found.append((owner, example, questions[best[2]]))
    return found


def all_examples(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every example with the id of the intent, subject or small talk that it belongs to."""
    owners: Mapping[str, Sequence[str]] = {
        **{intent.id: intent.examples for intent in catalogue.intents.values()},
        **{subject.id: subject.examples for subject in catalogue.subjects.values()},
        **{kind.id: kind.examples for kind in catalogue.small_talk.values()},
    }
    for owner, examples in owners.items():
        for example in examples:
            yield owner, example
