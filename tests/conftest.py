import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings

from bot.bootstrap import Core, build_core
from bot.dialogue.knowledge import Knowledge
from bot.settings import Settings

# The same examples on every run and no deadline: a slow machine must not turn a good commit red.
settings.register_profile("osteon", deadline=None, derandomize=True)
settings.load_profile("osteon")


@pytest.fixture(scope="session")
def computed(request: pytest.FixtureRequest) -> Path:
    """A folder for what is computed from content and intents. It outlives the run: only the first one is slow."""
    assert request.config.cache, "pytest's cache is needed; do not run with -p no:cacheprovider"
    return request.config.cache.mkdir("osteon")


@pytest.fixture(scope="session")
def core(computed: Path) -> Core:
    """The real content, intents and encoder, built once, whatever the environment and .env say."""
    own = Settings(_env_file=None, osteon_data=computed, osteon_content=None, osteon_intents=None)  # type: ignore[call-arg]
    with closing(sqlite3.connect(computed / "lock.sqlite3", timeout=600, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")  # one worker computes, the others wait and read
        return build_core(own)


@pytest.fixture(scope="session")
def know(core: Core) -> Knowledge:
    return core.knowledge
