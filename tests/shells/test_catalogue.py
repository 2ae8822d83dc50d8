import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.corpus.models import Article, Tier
from bot.errors import ContentError
from bot.matching.intents import Catalogue
from bot.shells.catalogue import load_catalogue
from bot.shells.content import load_article
from bot.shells.library import data_folder

EXAMPLES = [f"question number {number}" for number in range(15)]


@pytest.fixture(scope="module")
def article() -> Article:
    return load_article(data_folder("content")).article


@pytest.fixture(scope="module")
def catalogue(article: Article) -> Catalogue:
    return load_catalogue(data_folder("intents"), article).catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small intents of one topic, one subject and one kind of small talk, that a test may spoil."""
    folder = tmp_path / "intents"
    (folder / "topics").mkdir(parents=True)
    (folder / "outside").mkdir()
    write(folder / "topics" / "calcium.yaml", topic())
    write(folder / "outside" / "food.yaml", [subject()])
    write(folder / "smalltalk.yaml", {"thanks": {"reply": "Welcome.", "examples": ["thanks"]}})
    write(folder / "synonyms.yaml", {"vitamin d": ["Vit. D", "the sunshine vitamin"]})
    return folder


def topic(**changed: Any) -> dict[str, Any]:
    role = {
        "title": "What calcium does",
        "excerpts": {"fundamentals": ["calcium-protein:1-2"], "intermediate": "gap", "academic": "gap"},
        "examples": EXAMPLES,
    }
    whole = {
        "topic": "calcium",
        "name": "calcium",
        "theme": "Nutrition",
        "names": ["Calcium"],
        "leads_to": ["calcium/role"],
        "references": ["ref-kim"],
        "aspects": {"role": role},
    }
    return whole | changed


def role(**changed: Any) -> dict[str, Any]:
    return {"aspects": {"role": topic()["aspects"]["role"] | changed}}


def subject(**changed: Any) -> dict[str, Any]:
    examples = [f"outside number {number}" for number in range(12)]
    whole = {"subject": "zinc", "about": "zinc", "near": ["calcium"], "names": ["Zinc"], "examples": examples}
    return whole | changed


def write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


def told(folder: Path, article: Article) -> list[str]:
    return [str(problem) for problem in load_catalogue(folder, article).problems]


def test_the_intents_of_the_project_have_no_problem(article: Article) -> None:
    assert told(data_folder("intents"), article) == []


def test_files_become_a_catalogue(folder: Path, article: Article) -> None:
    loaded = load_catalogue(folder, article)
    assert loaded.problems == []
    assert list(loaded.catalogue.intents) == ["calcium/role"]
    assert list(loaded.catalogue.intents["calcium/role"].excerpts) == [Tier.FUNDAMENTALS]
    assert loaded.catalogue.topics["calcium"].names == ("calcium",)
    assert loaded.catalogue.subjects["zinc"].names == ("zinc",)
    assert loaded.catalogue.small_talk["thanks"].reply == "Welcome."
    assert loaded.catalogue.synonyms == {"vit d": "vitamin d", "the sunshine vitamin": "vitamin d"}


def test_what_answers_at_every_level_is_written_once(folder: Path, article: Article) -> None:
    write(folder / "topics" / "calcium.yaml", topic(**role(excerpts={"every_tier": ["ref-kim"]})))
    loaded = load_catalogue(folder, article)
    assert (loaded.problems, set(loaded.catalogue.intents["calcium/role"].excerpts)) == ([], set(Tier))


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"topic": "calcum"}, ':1: topic "calcum" must stand in a file of its own name'),
        ({"leads_to": ["calcium/roll"]}, ':7: there is no intent "calcium/roll". Did you mean "calcium/role"?'),
        ({"references": ["ref-kin"]}, ':9: there is no reference "ref-kin". Did you mean "ref-kim"?'),
        (
            role(excerpts={"fundamentals": ["calcum-protein:1"], "intermediate": "gap", "academic": "gap"}),
            ': excerpt "calcum-protein:1": there is no passage "calcum-protein". Did you mean "calcium-protein"?',
        ),
        (
            role(excerpts={"fundamentals": ["calcium-protein:9"], "intermediate": "gap", "academic": "gap"}),
            'excerpt "calcium-protein:9": passage "calcium-protein" has sentences 1 to 4',
        ),
        (
            role(excerpts={"fundamentals": ["calcium-protein"]}),
            'no excerpts for academic, intermediate; write some, or "gap"',
        ),
        (
            role(excerpts={"fundamentals": "gap", "intermediate": "gap", "academic": "gap"}),
            "no tier answers this intent; write an excerpt",
        ),
        (role(examples=EXAMPLES[:9]), "List should have at least 15 items"),
        (role(examples=[f"{n} bones" for n in range(31)]), "List should have at most 30 items"),
        (role(examples=["?!", *EXAMPLES]), '"calcium/role": the example "?!" holds no word; take it out'),
        (
            role(examples=[*EXAMPLES, "Question number 3?"]),
            '"calcium/role": the example "Question number 3?" stands in "calcium/role" too; keep it once',
        ),
        (role(title="x" * 41), "at most 40 characters"),
        ({"color": "white"}, "color is not a key that is known here"),
    ],
)
def test_a_fault_of_a_topic_is_told_with_file_line_and_remedy(
    folder: Path, article: Article, changed: dict[str, Any], problem: str
) -> None:
    write(folder / "topics" / "calcium.yaml", topic(**changed))
    problems = told(folder, article)
    assert any(problem in line and line.startswith("intents/topics/") for line in problems), problems
    assert all(line.split(":")[1].isdecimal() for line in problems if line.startswith("intents/topics/calcium.yaml"))


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"near": ["calcum"]}, 'intents/outside/food.yaml:4: there is no topic "calcum". Did you mean "calcium"?'),
        ({"guard": "doze"}, "intents/outside/food.yaml:"),
        ({"examples": ["zinc?"]}, "List should have at least 12 items"),
        (
            {"examples": [*subject()["examples"], "question number 3"]},
            'the example "question number 3" stands in "calcium/role" too; keep it once',
        ),
    ],
)
def test_a_fault_of_a_subject_is_told_with_file_line_and_remedy(
    folder: Path, article: Article, changed: dict[str, Any], problem: str
) -> None:
    write(folder / "outside" / "food.yaml", [subject(**changed)])
    problems = told(folder, article)
    assert any(problem in line and line.startswith("intents/outside/food.yaml:") for line in problems), problems


def test_two_subjects_of_one_name_are_told(folder: Path, article: Article) -> None:
    again = [f"other {number}" for number in range(12)]
    write(folder / "outside" / "more.yaml", [subject(examples=again)])
    assert told(folder, article) == [
        'intents/outside/more.yaml:1: there are two subjects "zinc"; give one another name'
    ]


def test_a_catalogue_broken_in_many_ways_tells_all_of_them_at_once(folder: Path, article: Article) -> None:
    broken = topic(leads_to=["calcium/roll"], references=["ref-kin"], **role(examples=["?!", *EXAMPLES]))
    write(folder / "topics" / "calcium.yaml", broken)
    (folder / "topics" / "estrogen.yaml").write_text("topic: [\n", encoding="utf-8")
    write(folder / "topics" / "rankl.yaml", {"topic": "rankl"})
    write(folder / "outside" / "food.yaml", [subject(near=["calcum"])])
    write(folder / "smalltalk.yaml", {"thanks": {"reply": "Welcome.", "examples": ["question number 1"]}})
    (folder / "synonyms.yaml").unlink()
    problems = told(folder, article)
    assert {line.split(":")[0] for line in problems} == {
        "intents/topics/calcium.yaml",
        "intents/topics/estrogen.yaml",
        "intents/topics/rankl.yaml",
        "intents/outside/food.yaml",
        "intents/smalltalk.yaml",
        "intents/synonyms.yaml",
    }
    assert len(problems) >= 12


def test_a_folder_that_is_none_of_ours_is_refused(tmp_path: Path, article: Article) -> None:
    with pytest.raises(ContentError, match=r"holds no topics/; OSTEON_INTENTS must name a folder like intents/"):
        load_catalogue(tmp_path, article)


def test_a_topic_in_a_file_of_another_name_is_no_crash(folder: Path, article: Article) -> None:
    shutil.move(folder / "topics" / "calcium.yaml", folder / "topics" / "milk.yaml")
    assert told(folder, article)[0].startswith('intents/topics/milk.yaml:1: topic "calcium" must stand in a file')


def test_titles_tell_intents_apart(catalogue: Catalogue) -> None:
    titles = [intent.title.casefold() for intent in catalogue.intents.values()]
    assert sorted(set(titles)) == sorted(titles)


def test_names_of_topics_tell_topics_apart(catalogue: Catalogue) -> None:
    names = [name for topic in catalogue.topics.values() for name in topic.names]
    assert sorted(set(names)) == sorted(names)


def test_every_guard_that_refuses_has_a_subject_that_says_whom_to_ask(catalogue: Catalogue) -> None:
    guarded = [subject for subject in catalogue.subjects.values() if subject.guard]
    assert all(subject.ask for subject in guarded)


def test_there_are_as_many_intents_and_subjects_as_the_document_needs(catalogue: Catalogue) -> None:
    assert 80 <= len(catalogue.intents) <= 110
    assert len(catalogue.subjects) >= 50
