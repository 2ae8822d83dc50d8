"""Who may talk to the playground: programs and pages of this machine, under its own name.

A page of another site could reach 127.0.0.1 through the browser, or through a name of its own that leads here (DNS
rebinding). So a foreign Host is refused, and so is what a browser says comes from elsewhere.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FRONT_PAGE = "/"
"""The one address that another site may link to."""


class Guard:
    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        if scope["type"] == "http" and not self._is_welcome(scope):
            await PlainTextResponse("This page talks to this machine only.", 403)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _is_welcome(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            return False
        if scope["method"] in ("GET", "HEAD") and scope["path"] == FRONT_PAGE:
            return True
        own_origin = headers.get("origin") in (None, *self._origins)
        return own_origin and headers.get("sec-fetch-site") in (None, "same-origin", "none")
