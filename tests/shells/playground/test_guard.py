"""Who is let in: raw requests, as a page of another site or a name that leads here would make them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.shells.playground.conftest import Playground

SAY = {"person": 1001, "chat": 1001, "text": "hello"}
FOREIGN = "http://example.org"


def status(playground: Playground, method: str, path: str, **headers: str) -> int:
    content: dict[str, Any] = {"json": SAY} if method == "POST" else {}
    with playground.client as client:
        return client.request(method, path, headers=headers, **content).status_code


@pytest.mark.parametrize("path", ["/", "/script.js", "/inspect/1001/1", "/file/file-1", "/events", "/bot1:x/getMe"])
@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost.example.org", ""])
def test_a_foreign_host_is_refused_everywhere(playground: Playground, path: str, host: str) -> None:
    assert status(playground, "GET", path, Host=host) == 403


@pytest.mark.parametrize(
    "headers",
    [{"Origin": FOREIGN}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/do/say"), ("GET", "/events"), ("GET", "/inspect/1001/1"), ("POST", "/bot1:x/getMe")]
)
def test_what_another_site_starts_is_refused(
    playground: Playground, method: str, path: str, headers: dict[str, str]
) -> None:
    assert status(playground, method, path, **headers) == 403
    assert not playground.stage.accounts[1001].private.messages


def test_another_site_may_link_to_the_front_page_but_not_act(playground: Playground) -> None:
    assert status(playground, "GET", "/", **{"Sec-Fetch-Site": "cross-site"}) == 200
    assert status(playground, "POST", "/", **{"Sec-Fetch-Site": "cross-site"}) == 403


def test_localhost_is_us_too(playground: Playground) -> None:
    port = httpx.URL(playground.url).port
    own = {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}", "Sec-Fetch-Site": "same-origin"}
    assert status(playground, "GET", "/inspect/1001/999", **own) == 404


def test_a_form_of_another_site_cannot_speak_json(playground: Playground) -> None:
    with playground.client as client:
        answer = client.post("/do/say", content=b'{"person": 1001}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/", "/style.css", "/nothing", "/inspect/1001/999"])
def test_every_answer_is_hardened(playground: Playground, path: str) -> None:
    with playground.client as client:
        headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_the_token_of_the_playgrounds_bot_is_nowhere_on_the_page(playground: Playground) -> None:
    with playground.client as client, client.stream("GET", "/events") as stream:
        first = next(stream.iter_lines())
        page = client.get("/").text
    assert playground.stage.telegram.token not in first + page
