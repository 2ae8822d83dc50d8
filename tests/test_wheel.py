"""The built wheel carries all that it needs, and works from any folder."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).parents[1]
NEEDED = (
    "bot/_data/content/article/source.txt",
    "bot/_data/content/article/edits.yaml",
    "bot/_data/content/article/fundamentals.md",
    "bot/_data/content/glossary.yaml",
    "bot/_data/content/references.yaml",
    "bot/_data/content/themes.yaml",
    "bot/_data/content/pictures.yaml",
    "bot/shells/pictures/fonts/Inter-Regular.otf",
    "bot/shells/pictures/fonts/Inter-SemiBold.otf",
    "bot/shells/pictures/fonts/OFL.txt",
    "bot/_data/intents/topics/vitamin-k2.yaml",
    "bot/_data/intents/outside/food.yaml",
    "bot/_data/intents/urgent.yaml",
    "bot/_data/intents/calibration.yaml",
    "bot/shells/encoder/vocab.txt",
    "bot/shells/playground/page/index.html",
    "bot/shells/storage/migrations/env.py",
    "bot/shells/storage/migrations/versions/r0001_chats.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, PROJECT, within=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_the_data_and_the_licences(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert [name for name in NEEDED if name not in names] == []
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}
    assert [name for name in names if not name.startswith(("bot/", "osteon-"))] == []


def test_every_file_of_content_and_intents_is_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if name.startswith("bot/_data/")}
    files = [path for folder in ("content", "intents") for path in (PROJECT / folder).rglob("*") if path.is_file()]
    assert packed == {f"bot/_data/{path.relative_to(PROJECT).as_posix()}" for path in files}


@pytest.mark.usefixtures("core")  # so that what it computes is there to be shared
def test_an_installed_osteon_answers_from_any_folder(wheel: Path, computed: Path, tmp_path: Path) -> None:
    python = installed(wheel, tmp_path / "environment")
    anywhere = tmp_path / "anywhere"
    anywhere.mkdir()
    where = ran(python, "-c", "import bot; print(bot.__file__)", within=anywhere)
    assert Path(where.strip()).is_relative_to(tmp_path), "the source tree must not be what is tested"
    question = ("ask", "What does vitamin K2 do?", "--json")
    said = json.loads(ran(python.with_name("osteon"), *question, within=anywhere, OSTEON_DATA=str(computed)))
    assert (said["outcome"], said["intent"]) == ("answer", "vitamin-k2/role")
    assert "critical director of calcium traffic" in said["excerpts"][0]["text"]
    migrated = ran(python.with_name("osteon"), "migrate", within=anywhere, OSTEON_DATA=str(anywhere))
    assert migrated == f"Brought the database {anywhere / 'osteon.sqlite3'} up to date.\n"


def installed(wheel: Path, folder: Path) -> Path:
    """Install the wheel into an empty environment without a network; give its Python.

    It borrows the dependencies from where the tests run, by a path that stands behind its own packages. The editable
    install of the project does not come along: .pth files of a borrowed folder are not read.
    """
    ran(sys.executable, "-m", "venv", folder, within=folder.parent)
    python = next(folder / name for name in ("bin/python", "Scripts/python.exe") if (folder / name).exists())
    ran(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, within=folder.parent)
    own = ran(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", within=folder.parent)
    borrowed = "\n".join(dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib")))
    (Path(own.strip()) / "borrowed.pth").write_text(borrowed, encoding="utf-8")
    return python


def ran(*command: str | Path, within: Path, **settings: str) -> str:
    """What a program says, run in a folder without any setting of Osteon but these."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OSTEON_", "TELEGRAM_", "PYTHON"))
    }
    done = subprocess.run(  # noqa: S603 - our own programs
        command, cwd=within, env=kept | settings, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
