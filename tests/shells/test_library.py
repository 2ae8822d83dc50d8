import shutil
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.shells.library import data_folder, load_library


def test_the_project_s_own_data_have_no_problem() -> None:
    library = load_library(None, None)
    assert (library.problems, library.rules is None) == ((), False)
    assert library.pictures


def test_other_folders_can_be_named(tmp_path: Path) -> None:
    content = shutil.copytree(data_folder("content"), tmp_path / "texts")
    intents = shutil.copytree(data_folder("intents"), tmp_path / "topics")
    library = load_library(Path(content), Path(intents))
    assert library.problems == ()
    assert library.article == load_library(None, None).article


def test_faults_of_content_and_intents_are_told_together(tmp_path: Path) -> None:
    content = Path(shutil.copytree(data_folder("content"), tmp_path / "content"))
    intents = Path(shutil.copytree(data_folder("intents"), tmp_path / "intents"))
    (content / "article" / "reflection.md").unlink()
    (intents / "levels.yaml").unlink()
    (intents / "topics" / "rankl.yaml").write_text("topic: rankl\n", encoding="utf-8")
    library = load_library(content, intents)
    assert library.rules is None
    files = {problem.file for problem in library.problems}
    assert {"content/article/reflection.md", "intents/levels.yaml", "intents/topics/rankl.yaml"} <= files


@pytest.mark.parametrize(("which", "named"), [("content", "OSTEON_CONTENT"), ("intents", "OSTEON_INTENTS")])
def test_a_folder_that_is_none_of_ours_is_refused_with_the_setting_that_names_it(
    tmp_path: Path, which: str, named: str
) -> None:
    with pytest.raises(ContentError, match=named):
        load_library(**{"content": None, "intents": None, which: tmp_path})


def test_the_data_stand_beside_the_package_or_inside_it() -> None:
    assert (data_folder("content") / "article").is_dir()
    assert (data_folder("intents") / "topics").is_dir()
