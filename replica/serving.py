"""The site in a thread of its own, for tests and benchmarks."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from replica.faults import Faults
from replica.kinds import KINDS
from replica.kinds.base import Kind
from replica.server import listening
from replica.site import Site
from replica.truth import World

_Stop = tuple[asyncio.AbstractEventLoop, asyncio.Event]


@contextmanager
def serve(
    world: World | None = None,
    *,
    kind: str | Kind = "jpage_web",
    day: int = 1,
    port: int = 0,
    faults: Faults | None = None,
) -> Iterator[Site]:
    """Serves a world on 127.0.0.1 while the context is open, from another thread.

    Raises KeyError for a kind that is not known, OSError where the port is taken.
    """
    site = Site(
        world=world or World(),
        kind=KINDS[kind] if isinstance(kind, str) else kind,
        day=day,
        faults=faults or Faults(),
    )
    with _thread(site, port):
        yield site


@contextmanager
def _thread(site: Site, port: int) -> Iterator[None]:
    ready: Future[_Stop] = Future()
    with ThreadPoolExecutor(1, thread_name_prefix="replica") as threads:
        running = threads.submit(lambda: asyncio.run(_until_stopped(site, port, ready)))
        either: tuple[Future[Any], ...] = (ready, running)
        wait(either, return_when=FIRST_COMPLETED)
        if running.done():
            running.result()
        loop, stopped = ready.result()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(stopped.set)


async def _until_stopped(site: Site, port: int, ready: "Future[_Stop]") -> None:
    stopped = asyncio.Event()
    async with listening(site, port=port):
        ready.set_result((asyncio.get_running_loop(), stopped))
        await stopped.wait()
