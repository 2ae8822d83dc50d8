from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from pydantic import SecretStr

from bot.bootstrap import Core, now
from bot.settings import Settings
from bot.shells.playground.run import playing
from bot.shells.playground.stage import Stage

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Playground:
    stage: Stage
    url: str

    @property
    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, trust_env=False, timeout=10)


def settings_for(token: str, base_url: str, data: Path) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        telegram_bot_token=SecretStr(token),
        telegram_api_base_url=base_url,
        osteon_data=data,
    )


@pytest.fixture(scope="module")
def playground(core: Core) -> Iterator[Playground]:
    """The whole of it, in a thread of its own: Playwright's plain API wants a thread without an event loop."""
    opened: list[Playground] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()

    async def play() -> None:
        async with playing(core, settings_for, now, port=0) as (stage, url):
            while not stage.telegram.updates.polled:  # noqa: ASYNC110 - the bot is ready when it asks for updates
                await asyncio.sleep(0.01)
            opened.append(Playground(stage, url))
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(play()))
    thread.start()
    assert ready.wait(60)
    yield opened[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join(10)
    assert not thread.is_alive()
    loop.close()
    assert opened[0].stage.telegram.violations == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no browser is installed: put Chromium on the PATH (on Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield launched
        launched.close()


@dataclass
class Shown:
    """The page in a window of its own, and what must never happen there."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def field(self, who: str = "Ann") -> Locator:
        return self.page.get_by_role("combobox", name=f"Message from {who}")

    def ask(self, text: str, who: str = "Ann") -> Locator:
        """Type a message and wait for the bot's next one in the same chat."""
        pane = self.page.locator(".pane").filter(has=self.field(who))
        answers = pane.locator(".message.bot")
        before = answers.count()
        self.field(who).fill(text)
        self.field(who).press("Enter")
        answers.nth(before).wait_for()
        return answers.nth(before)


@dataclass
class Windows:
    browser: Browser
    url: str
    opened: list[tuple[BrowserContext, Shown]] = field(default_factory=list)

    def open(self, width: int = 1280, height: int = 900, scheme: str = "light") -> Shown:
        size = {"width": width, "height": height}
        context = self.browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        shown = Shown(context.new_page())
        page, troubles = shown.page, shown.troubles
        page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(self.url) else troubles.append(asked.url))
        page.goto(self.url)
        page.get_by_role("button", name="Send").first.wait_for()
        self.opened.append((context, shown))
        return shown


@pytest.fixture
def windows(browser: Browser, playground: Playground) -> Iterator[Windows]:
    windows = Windows(browser, playground.url)
    yield windows
    troubles = [trouble for _, shown in windows.opened for trouble in shown.troubles]
    for context, _ in windows.opened:
        context.close()
    assert troubles == []


@pytest.fixture
def shown(windows: Windows) -> Shown:
    return windows.open()
