"""Reads intents/ into a Catalogue, and checks it against the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.corpus.models import Article, Pointer, Tier
from bot.errors import ContentError
from bot.matching.intents import Catalogue, Guard, Intent, SmallTalk, Subject, Topic
from bot.matching.normalise import fold
from bot.shells.pointers import did_you_mean, read_pointers
from bot.shells.yamlfile import FileModel, Problem, YamlFile

FEWEST_EXAMPLES, MOST_EXAMPLES = 15, 30
FEWEST_SUBJECT_EXAMPLES = 12
LONGEST_TITLE = 40
"""Characters; a longer button is cut off on a narrow phone."""

Pointers = list[str] | Literal["gap"]


class AspectEntry(FileModel):
    title: Annotated[str, Field(max_length=LONGEST_TITLE)]
    excerpts: dict[Literal["fundamentals", "intermediate", "academic", "every_tier"], Pointers]
    examples: Annotated[list[str], Field(min_length=FEWEST_EXAMPLES, max_length=MOST_EXAMPLES)]


class TopicFile(FileModel):
    topic: str
    name: str
    theme: str
    names: list[str]
    leads_to: list[str]
    references: list[str]
    aspects: dict[str, AspectEntry]


class SubjectEntry(FileModel):
    subject: str
    guard: Guard | None = None
    about: str
    ask: str = ""
    near: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    examples: Annotated[list[str], Field(min_length=FEWEST_SUBJECT_EXAMPLES)]


class SmallTalkEntry(FileModel):
    reply: str
    examples: list[str]


@dataclass(frozen=True)
class LoadedCatalogue:
    catalogue: Catalogue
    problems: list[Problem]


@dataclass(frozen=True)
class _Examples:
    """The examples of one intent, subject or kind of small talk, and where they stand."""

    owner: str
    texts: tuple[str, ...]
    file: YamlFile
    path: tuple[str | int, ...]

    def problem(self, at: int, message: str) -> Problem:
        return self.file.problem(f'"{self.owner}": the example "{self.texts[at]}" {message}', *self.path, at)


def load_catalogue(folder: Path, article: Article) -> LoadedCatalogue:
    """Read and check the topics, outside subjects, small talk and synonyms of intents/."""
    if not (folder / "topics").is_dir():
        raise ContentError(f"{folder} holds no topics/; OSTEON_INTENTS must name a folder like intents/ of the project")
    problems: list[Problem] = []
    examples: list[_Examples] = []
    topics = dict(_topics(folder, article, examples, problems))
    subjects: dict[str, Subject] = {}
    for path in sorted((folder / "outside").glob("*.yaml")):
        _add_subjects(subjects, YamlFile(path), topics, examples, problems)
    small_talk = _small_talk(folder, examples, problems)
    catalogue = Catalogue(topics, subjects, small_talk, load_synonyms(folder, problems))
    problems += _check_references(folder, catalogue, article)
    problems += _check_examples(examples)
    return LoadedCatalogue(catalogue, problems)


def load_synonyms(folder: Path, problems: list[Problem]) -> dict[str, str]:
    """From what people write to what the article writes, both folded."""
    groups: dict[str, list[str]] = YamlFile(folder / "synonyms.yaml").parse(dict[str, list[str]], problems) or {}
    return {fold(other): fold(word) for word, others in groups.items() for other in others}


def _topics(
    folder: Path, article: Article, examples: list[_Examples], problems: list[Problem]
) -> Iterator[tuple[str, Topic]]:
    for path in sorted((folder / "topics").glob("*.yaml")):
        file = YamlFile(path)
        entry: TopicFile | None = file.parse(TopicFile, problems)
        if entry is None:
            continue
        if entry.topic != path.stem:
            problems.append(file.problem(f'topic "{entry.topic}" must stand in a file of its own name', "topic"))
        intents = tuple(
            _intent(entry.topic, name, aspect, article, file, problems) for name, aspect in entry.aspects.items()
        )
        examples += [_Examples(it.id, it.examples, file, ("aspects", it.aspect, "examples")) for it in intents]
        yield (
            entry.topic,
            Topic(
                id=entry.topic,
                name=entry.name,
                theme=entry.theme,
                names=tuple(fold(name) for name in entry.names),
                leads_to=tuple(entry.leads_to),
                references=tuple(entry.references),
                intents=intents,
            ),
        )


def _intent(
    topic: str, name: str, aspect: AspectEntry, article: Article, file: YamlFile, problems: list[Problem]
) -> Intent:
    excerpts: dict[Tier, tuple[Pointer, ...]] = {}
    for key, texts in aspect.excerpts.items():
        if texts == "gap":
            continue
        pointers = read_pointers(texts, article, file, problems, "aspects", name, "excerpts", key)
        for tier in Tier if key == "every_tier" else (Tier(key),):
            excerpts[tier] = pointers
    missing = set(Tier) - {Tier(key) for key in aspect.excerpts if key != "every_tier"}
    if missing and "every_tier" not in aspect.excerpts:
        tiers = ", ".join(sorted(missing))
        problems.append(file.problem(f'no excerpts for {tiers}; write some, or "gap"', "aspects", name, "excerpts"))
    if not any(excerpts.values()):
        problems.append(file.problem("no tier answers this intent; write an excerpt", "aspects", name, "excerpts"))
    return Intent(topic, name, aspect.title, excerpts, tuple(aspect.examples))


def _add_subjects(
    subjects: dict[str, Subject],
    file: YamlFile,
    topics: Mapping[str, Topic],
    examples: list[_Examples],
    problems: list[Problem],
) -> None:
    entries: list[SubjectEntry] = file.parse(list[SubjectEntry], problems) or []
    for number, entry in enumerate(entries):
        if entry.subject in subjects:
            message = f'there are two subjects "{entry.subject}"; give one another name'
            problems.append(file.problem(message, number, "subject"))
        problems += [
            file.problem(f'there is no topic "{id_}"{did_you_mean(id_, topics)}', number, "near", at)
            for at, id_ in enumerate(entry.near)
            if id_ not in topics
        ]
        subjects[entry.subject] = Subject(
            id=entry.subject,
            guard=entry.guard,
            about=entry.about,
            ask=entry.ask,
            near=entry.near,
            names=tuple(fold(name) for name in entry.names),
            examples=tuple(entry.examples),
        )
        examples.append(_Examples(entry.subject, tuple(entry.examples), file, (number, "examples")))


def _small_talk(folder: Path, examples: list[_Examples], problems: list[Problem]) -> dict[str, SmallTalk]:
    file = YamlFile(folder / "smalltalk.yaml")
    entries: dict[str, SmallTalkEntry] = file.parse(dict[str, SmallTalkEntry], problems) or {}
    examples += [_Examples(id_, tuple(entry.examples), file, (id_, "examples")) for id_, entry in entries.items()]
    return {id_: SmallTalk(id_, entry.reply, tuple(entry.examples)) for id_, entry in entries.items()}


def _check_references(folder: Path, catalogue: Catalogue, article: Article) -> Iterator[Problem]:
    """What a topic leads to, and the references that it names, must be there."""
    intents = catalogue.intents
    for topic in catalogue.topics.values():
        file = YamlFile(folder / "topics" / f"{topic.id}.yaml")
        for at, id_ in enumerate(topic.leads_to):
            if id_ not in intents:
                yield file.problem(f'there is no intent "{id_}"{did_you_mean(id_, intents)}', "leads_to", at)
        for at, id_ in enumerate(topic.references):
            if id_ not in article.passages:
                hint = did_you_mean(id_, article.passages)
                yield file.problem(f'there is no reference "{id_}"{hint}', "references", at)


def _check_examples(groups: Iterable[_Examples]) -> Iterator[Problem]:
    """An example that stands twice, once folded, pulls both ways."""
    seen: dict[str, str] = {}
    for group in groups:
        for at, example in enumerate(group.texts):
            folded = fold(example)
            if not folded:
                yield group.problem(at, "holds no word; take it out")
            elif folded in seen:
                yield group.problem(at, f'stands in "{seen[folded]}" too; keep it once')
            else:
                seen[folded] = group.owner
