import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.corpus.models import Article, Part
from bot.errors import ContentError
from bot.shells.content import load_article
from bot.shells.library import data_folder

SOURCE_SHA256 = "287354c0a6a600c1cdd5d4a2273f9276039ba58c1833e97f53474192cd970d02"


@pytest.fixture(scope="module")
def article() -> Article:
    return load_article(data_folder("content")).article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of content/ that a test may spoil."""
    return Path(shutil.copytree(data_folder("content"), tmp_path / "content"))


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in load_article(folder).problems]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_document_is_the_published_one_byte_for_byte() -> None:
    source = (data_folder("content") / "article" / "source.txt").read_bytes()
    assert hashlib.sha256(source).hexdigest() == SOURCE_SHA256


def test_the_content_proves_to_be_the_document() -> None:
    assert told(data_folder("content")) == []


@pytest.mark.parametrize(("part", "count"), [(Part.GLOSSARY, 11), (Part.REFERENCES, 5), (Part.REFLECTION, 3)])
def test_the_parts_beside_the_tiers_are_whole(article: Article, part: Part, count: int) -> None:
    assert len(article.of(part)) == count


def test_all_parts_have_passages_and_every_passage_a_place_to_cite(article: Article) -> None:
    assert {passage.part for passage in article.passages.values()} == set(Part)
    assert all(passage.section and passage.label for passage in article.passages.values())


def test_tables_are_tables(article: Article) -> None:
    rows = {passage.columns for passage in article.passages.values() if passage.is_row}
    assert ("Nutrient", "Primary Role in Bone Health", "Common Dietary Sources") in rows
    assert len(rows) == 2


@pytest.mark.parametrize("scrap", ["∞", "male HPG axis", "microscopic-ally"])
def test_no_scrap_of_the_scrape_is_left(article: Article, scrap: str) -> None:
    assert [passage.id for passage in article.passages.values() if scrap in passage.text] == []


def test_every_sentence_of_a_tier_stands_in_the_source_with_its_edits_and_nowhere_else(article: Article) -> None:
    source = (data_folder("content") / "article" / "source.txt").read_text(encoding="utf-8")
    edited = {"remodeling"}  # the typo and the glossary boxes
    whole = [p for p in article.passages.values() if p.text in source or p.id in edited]
    assert len(whole) >= len(article.passages) * 0.7


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("fundamentals.md", "a process called bone remodeling", "a process named bone remodeling", "the tiers show"),
        ("academic.md", " {#vdr-era}", "", 'content/article/academic.md:7: the passage "The interaction between'),
        (
            "academic.md",
            "{#vdr-era}",
            "{#cross-talk}",
            'content/article/academic.md: two passages have the id "cross-talk"',
        ),
        ("edits.yaml", "line: ", "lime: ", "content/article/edits.yaml:"),
        ("source.txt", "bone remodeling", "bone remodelling", "the tiers show"),
    ],
)
def test_a_letter_that_differs_is_told(folder: Path, file: str, old: str, new: str, problem: str) -> None:
    change(folder / "article" / file, old, new)
    assert any(problem in line for line in told(folder))


def test_a_definition_that_differs_is_told(folder: Path) -> None:
    change(folder / "glossary.yaml", "definition: ", "definition: Well, ")
    assert any("is not what its edit removed" in line for line in told(folder))


def test_a_scrap_of_the_scrape_is_told_with_its_file(folder: Path) -> None:
    change(folder / "references.yaml", "text: ", "text: Meaning ∞ ")
    assert any(line.startswith("content/references.yaml: passage") and "never shown" in line for line in told(folder))


@pytest.mark.parametrize(
    "name", ["article/academic.md", "article/source.txt", "article/edits.yaml", "glossary.yaml", "references.yaml"]
)
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"\xff\xfe")])
def test_a_file_that_is_gone_or_no_text_is_told_alone(folder: Path, name: str, spoil: Callable[[Path], object]) -> None:
    spoil(folder / name)
    problems = told(folder)
    assert problems[0].startswith(f"content/{name}: the file ")
    assert len(problems) <= 40


def test_all_faults_are_told_at_once(folder: Path) -> None:
    change(folder / "article" / "academic.md", "{#vdr-era}", "")
    change(folder / "article" / "intermediate.md", "{#magnesium}", "")
    (folder / "glossary.yaml").write_text("- id: term\n  trem: x\n", encoding="utf-8")
    places = [line.split(":")[0] for line in told(folder)]
    assert set(places) == {"content/article/academic.md", "content/article/intermediate.md", "content/glossary.yaml"}


def test_a_folder_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"holds no article/; OSTEON_CONTENT must name a folder like content/"):
        load_article(tmp_path)
