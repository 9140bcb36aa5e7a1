"""The reading room as a web application."""

import hashlib
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reading_room import metrics
from reading_room.api import serving as api
from reading_room.failing import HANDLERS
from reading_room.feeds import serving as feeds
from reading_room.memento import serving as memento
from reading_room.pages import (
    article,
    captures,
    channel,
    compare,
    coverage,
    crawls,
    edits,
    events,
    finding,
    home,
    search,
    series,
    site,
)
from reading_room.rendering import STATIC, templates
from reading_room.security import Guarded
from storage import Consultation
from storage.comparing.word_ends import load_words

LONGEST_S = 10.0
"""Seconds after which a question is given up."""
READERS = 12
"""Questions that are answered at one time: fewer than a pool of SQLAlchemy has connections (15)."""
BUSY_S = 3.0
"""Seconds to wait for a database that another program holds."""

ROUTES: tuple[BaseRoute, ...] = (
    *feeds.ROUTES,
    *home.ROUTES,
    *search.ROUTES,
    *finding.ROUTES,
    *captures.ROUTES,
    *compare.ROUTES,
    *article.ROUTES,
    *site.ROUTES,
    *channel.ROUTES,
    *events.ROUTES,
    *edits.ROUTES,
    *series.ROUTES,
    *coverage.ROUTES,
    *crawls.ROUTES,
    *memento.ROUTES,
    *api.ROUTES,
    *metrics.ROUTES,
)
"""All pages; one more family of pages is one more module and one more line."""


def open_room(url: str, names: Collection[str] = ()) -> Guarded:
    """The reading room over the archive at `url`, open for reading only.

    `names` are the host names under which it is reached (see `Guarded`). Raises NoArchive,
    ArchiveVersion, ArchiveUnusable.
    """
    archive = Consultation.open(url, limit_s=LONGEST_S, busy_timeout_s=BUSY_S)
    return Guarded(room(archive), names)


def room(archive: Consultation) -> Starlette:
    """The pages over an archive, which is closed when the server ends."""
    made = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=STATIC), name="static")],
        exception_handlers=HANDLERS,
        middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
        lifespan=_closing(archive),
    )
    made.state.archive = archive
    made.state.templates = templates()
    made.state.edition = _edition()
    return made


def _closing(
    archive: Consultation,
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # No more readers at a time than there are connections: the others wait in front of them.
        current_default_thread_limiter().total_tokens = READERS
        load_words()
        yield
        archive.close()

    return lifespan


def _edition() -> str:
    """Names the present files of `static/`."""
    files = sorted(path for path in STATIC.iterdir() if path.is_file())
    whole = hashlib.sha256(b"".join(path.read_bytes() for path in files))
    return whole.hexdigest()[:12]
