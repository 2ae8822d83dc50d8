"""A cable to PostgreSQL that can be cut at any exchange: before the server hears of it, or before its answer comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

_SOCKET = ".s.PGSQL.5432"


@dataclass
class Cable:
    cut_at: int = 0
    """The exchange to cut, counted from 1; 0 for none."""
    is_heard: bool = False
    """Whether the server still gets it: then it does what it was asked, and nobody learns of it."""
    exchanges: int = 0

    def is_cut(self) -> bool:
        """At the next exchange."""
        self.exchanges += 1
        return self.exchanges == self.cut_at


@asynccontextmanager
async def through(cable: Cable, url: str, folder: Path) -> AsyncIterator[str]:
    """The address of the same database by way of the cable."""
    parts = urlsplit(url)
    (host,) = parse_qs(parts.query)["host"]
    wires: set[asyncio.Task[None]] = set()

    async def connect(client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        server, to_server = await asyncio.open_unix_connection(f"{host}/{_SOCKET}")
        for wire in (_asked(cable, client, to_server, to_client), _answered(server, to_client)):
            task = asyncio.create_task(wire)
            wires.add(task)
            task.add_done_callback(wires.discard)

    listening = await asyncio.start_unix_server(connect, folder / _SOCKET)
    try:
        yield urlunsplit(parts._replace(query=f"host={folder}"))
    finally:
        listening.close()
        for wire in list(wires):
            wire.cancel()
        await asyncio.gather(*wires, return_exceptions=True)


async def _asked(
    cable: Cable, client: asyncio.StreamReader, to_server: asyncio.StreamWriter, to_client: asyncio.StreamWriter
) -> None:
    try:
        while asked := await client.read(65536):
            if cable.is_cut():
                to_client.transport.abort()
                if not cable.is_heard:
                    to_server.transport.abort()
                    return
            to_server.write(asked)
    finally:
        to_server.close()


async def _answered(server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
    try:
        with suppress(ConnectionError):
            while answer := await server.read(65536):
                to_client.write(answer)
    finally:
        to_client.close()
