"""Beside: a recorder at work in a thread of its own, so that who gives to it goes on meanwhile."""

import sys
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from storage.article import ArticleKey
from storage.recorder import Closed, Recorder, Todo
from storage.rereading import Mended, Reader
from storage.values import Recordable

P = ParamSpec("P")
T = TypeVar("T")

MOST_WAITING = 400
"""So many values may wait for the thread before whoever gives them should pause."""

_AT_ONCE = 100
"""So many values are handed over together: the thread, once awake, takes turns with the other."""

_SWITCH_S = 0.0005
"""Seconds for which one thread may keep another one waiting that wants to run. Python's 5 ms are
waited anew after each of the ten system calls of a download while the recorder works."""


class Beside:
    """A recorder of which one thread owns all that it writes with. `add` and `flush_soon` never
    wait; what the thread met (ArchiveError) they raise the next time, and what waits goes on
    waiting. The other questions wait for their answer, and for all that was added before.

    Not for more than one thread besides its own.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.crawl_id = recorder.crawl_id
        self._recorder = recorder
        self._given: deque[Recordable] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recorder")
        self._work: Future[None] | None = None
        sys.setswitchinterval(_SWITCH_S)

    @property
    def behind(self) -> bool:
        """Whether more waits for the thread than should: a reason to download less."""
        return len(self._given) > MOST_WAITING

    def add(self, value: Recordable) -> None:
        """Take a value in; it is durable after the next flush. Raises ArchiveError for what was
        added before."""
        self._given.append(value)
        if len(self._given) >= _AT_ONCE and (self._work is None or self._work.done()):
            self._begin(self._record)

    def flush_soon(self) -> None:
        """Let all that waits be written, in one transaction if it is little. Raises ArchiveError
        as `add`."""
        if self._work is None or self._work.done():
            self._begin(self._flush)

    def flush(self) -> None:
        """Write all that waits. Raises ArchiveError."""
        self._ask(self._recorder.flush)

    def reread(self, key: ArticleKey, reader: Reader, version: str) -> Mended:
        """See `Recorder.reread`."""
        return self._ask(self._recorder.reread, key, reader, version)

    def todo(self) -> list[Todo]:
        """See `Recorder.todo`."""
        return self._ask(self._recorder.todo)

    def done(self) -> frozenset[str]:
        """See `Recorder.done`."""
        return self._ask(self._recorder.done)

    def close_soon(self, finish_reason: str, stats: Mapping[str, Any]) -> Future[Closed]:
        """Begin to settle and end the crawl, after all that was added: see `Recorder.close`. What
        the thread met before is tried once more with it."""
        closing = self._thread.submit(self._close, finish_reason, stats)
        self._thread.shutdown(wait=False)
        return closing

    def _begin(self, work: Callable[[], None]) -> None:
        ended, self._work = self._work, None
        if ended is not None:
            ended.result()
        self._work = self._thread.submit(work)

    def _ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._thread.submit(self._record).result()
        return self._thread.submit(question, *args, **kwargs).result()

    def _record(self) -> None:
        # What the recorder has taken it keeps, also where it then raises.
        while self._given:
            self._recorder.add(self._given.popleft())

    def _flush(self) -> None:
        self._record()
        self._recorder.flush()

    def _close(self, finish_reason: str, stats: Mapping[str, Any]) -> Closed:
        self._recorder.take(self._given)
        self._given.clear()
        return self._recorder.close(finish_reason, stats)
