"""Files from strangers, read by a process of their own that is cut off when it takes too much."""

import asyncio
import atexit
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from crawler.documents.values import DocumentText, DocumentUnreadable, Limits, Reason
from crawler.documents.wire import (
    NO_READER,
    OUT_OF_MEMORY,
    READY,
    UNFORESEEN,
    answer,
    asked,
    receive,
    send,
)

_ROOT = Path(__file__).resolve().parents[2]
_WORKER = (sys.executable, "-B", "-m", "crawler.documents.worker")
# The worker needs nothing of ours: no address of the archive, no password, no proxy.
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
_BYTES_A_CHARACTER = 6  # as JSON, at most
_ENVELOPE = 64 * 1024
_PATIENCE = 2.0
_LONGEST_START = 60.0

Answer = DocumentText | DocumentUnreadable


class NoReader(RuntimeError):
    """The worker cannot run on this machine: no file is to blame, the installation is."""


class Reader:
    """Reads files one after the other in one worker, which it replaces whenever one failed."""

    def __init__(self, command: tuple[str, ...] = _WORKER) -> None:
        self._command = command
        self._turn = threading.Lock()
        self._worker: _Worker | None = None

    def read(self, data: bytes, name: str, media_type: str | None, limits: Limits) -> Answer:
        """The text of a file, or why there is none; whatever the file does to its reader.

        Raises NoReader, and OSError where no process can be started.
        """
        if len(data) > limits.size:
            return DocumentUnreadable(Reason.LARGE)
        with self._turn:
            worker = self._ready(limits)
            found = worker.read(data, name, media_type, limits)
            if not worker.alive:
                self._worker = None
        return found

    def close(self) -> None:
        """End the worker. The next file starts another."""
        with self._turn:
            if self._worker is not None:
                self._worker.close()
                self._worker = None

    def _ready(self, limits: Limits) -> "_Worker":
        worker = self._worker
        if worker is not None and (worker.served >= limits.documents or not worker.alive):
            worker.close()
            worker = None
        self._worker = worker or _Worker(self._command)
        return self._worker


class _Worker:
    def __init__(self, command: tuple[str, ...]) -> None:
        self.served = 0
        # A session of its own: Ctrl-C is meant for the crawl, which finishes what is in flight.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._questions: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        self._await_ready()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def read(self, data: bytes, name: str, media_type: str | None, limits: Limits) -> Answer:
        self.served += 1
        with _Deadline(self._process, limits.seconds) as deadline:
            message = self._asked(data, asked(name, media_type, limits), limits)
        found = None if message is None or deadline.passed else _understood(message)
        return found or DocumentUnreadable(self._why_it_failed(late=deadline.passed))

    def close(self) -> None:
        """End it by ending its input; by force where that does not do."""
        for pipe in (self._questions, self._answers):
            with suppress(BrokenPipeError):
                pipe.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _asked(self, data: bytes, question: bytes, limits: Limits) -> bytes | None:
        try:
            send(self._questions, question)
            send(self._questions, data)
        except BrokenPipeError:
            return None
        return receive(self._answers, limits.characters * _BYTES_A_CHARACTER + _ENVELOPE)

    def _await_ready(self) -> None:
        with _Deadline(self._process, _LONGEST_START):
            greeting = receive(self._answers, len(READY))
        if greeting != READY:
            self.close()
            raise NoReader(f"the reader of attachments does not start: {self._process.args!r}")

    def _why_it_failed(self, *, late: bool) -> Reason:
        self.close()
        status = self._process.returncode
        if status == NO_READER:
            raise NoReader(
                "attachments are not read: a library is missing, or limits cannot be set"
            )
        if late or status == -signal.SIGXCPU:
            return Reason.SLOW
        if status in {OUT_OF_MEMORY, -signal.SIGKILL}:
            return Reason.MEMORY
        return Reason.DAMAGED if status == UNFORESEEN else Reason.CRASHED


class _Deadline:
    """Kills a process that takes longer than it may; `passed` says that this has happened."""

    def __init__(self, process: "subprocess.Popen[bytes]", seconds: float) -> None:
        self.passed = False
        self._process = process
        self._clock = threading.Timer(seconds, self._strike)

    def __enter__(self) -> Self:
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._clock.cancel()
        self._clock.join()

    def _strike(self) -> None:
        self.passed = True
        self._process.kill()


def _understood(message: bytes) -> Answer | None:
    try:
        return answer(message)
    except (ValueError, TypeError, KeyError):
        return None


_READER = Reader()
_QUEUE = ThreadPoolExecutor(1, "documents")
atexit.register(_READER.close)


def read_document(data: bytes, name: str, media_type: str | None, limits: Limits) -> Answer:
    """The text of an attachment, or why there is none; whatever it does to its reader.

    `name` and `media_type` are what the site says of it: hints, held against the bytes. Blocks
    for `limits.seconds` at most; one file is read at a time, the others wait for their turn.
    Raises NoReader and OSError, where no worker can run on this machine at all.
    """
    return _READER.read(data, name, media_type, limits)


async def read_document_soon(
    data: bytes, name: str, media_type: str | None, limits: Limits
) -> Answer:
    """`read_document` without blocking the event loop: for spiders, on the asyncio reactor."""
    loop = asyncio.get_running_loop()
    # A queue of its own: waiting files must not take the threads that look up host names.
    return await loop.run_in_executor(_QUEUE, read_document, data, name, media_type, limits)
