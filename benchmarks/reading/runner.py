"""The readers as running processes, asked in turn so that a busy minute hurts all alike."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile
from time import monotonic
from typing import Any

from benchmarks.reading.others import Answer
from benchmarks.reading.pages import Page

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = (Path(sys.executable), ROOT / ".venv" / "bench" / "bin" / "python")
_WARMING = 5


class Stopped(Exception):
    """A reader's process ended although it was asked for more: it broke on a page."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a reader made of each page, and the CPU seconds of each: its median over the rounds."""

    version: str
    answers: Sequence[Answer]
    seconds: Sequence[float]


@dataclass(slots=True)
class Runner:
    """One reader in its own process. `missing` says which package it lacks, if it does."""

    name: str
    process: "subprocess.Popen[str]"
    version: str = ""
    missing: str = ""

    def ask(self, want: str, pages: Sequence[int]) -> Any:
        """The `answers` or the `seconds` for the pages of these numbers. Raises Stopped."""
        assert self.process.stdin, "opened with a pipe"
        try:
            print(json.dumps({"want": want, "pages": list(pages)}), file=self.process.stdin)
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise Stopped(self.name) from error
        return self.hear()

    def hear(self) -> Any:
        """The next reply. Raises Stopped."""
        assert self.process.stdout, "opened with a pipe"
        if line := self.process.stdout.readline():
            return json.loads(line)
        raise Stopped(self.name)


@dataclass(slots=True)
class Progress:
    """Says on the terminal what is at work, from the third second on."""

    began: float = field(default_factory=monotonic)

    def say(self, words: str) -> None:
        spent = monotonic() - self.began
        if spent > 2:
            print(f"{spent:4.0f} s  {words}", file=sys.stderr, flush=True)


@contextmanager
def handed_over(pages: Sequence[Page]) -> Iterator[Path]:
    """A file with the pages for the processes to read."""
    with NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump([[page.html, page.url] for page in pages], file)
        file.flush()
        yield Path(file.name)


@contextmanager
def running(name: str, pages: Path) -> Iterator[Runner]:
    """A reader in this project's environment or, where that lacks it, in the one beside it."""
    with ExitStack() as stack:
        for python in filter(Path.exists, PYTHONS):
            runner = Runner(name, stack.enter_context(_process(python, name, pages)))
            told = runner.hear()
            runner.version, runner.missing = told.get("version", ""), told.get("missing", "")
            if not runner.missing:
                break
        yield runner


@contextmanager
def _process(python: Path, name: str, pages: Path) -> Iterator["subprocess.Popen[str]"]:
    # What the tools warn of, page after page, would drown the table.
    with subprocess.Popen(
        [python, "-W", "ignore", "-m", "benchmarks.reading.worker", name, pages],
        cwd=ROOT,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def measure(
    names: Sequence[str], pages: Sequence[Page], rounds: int, progress: Progress
) -> tuple[Mapping[str, Measured], Mapping[str, str]]:
    """Every reader on every page, the rounds interleaved; and, by name, why a reader is absent."""
    every = range(len(pages))
    with handed_over(pages) as file, ExitStack() as stack:
        runners = {name: stack.enter_context(running(name, file)) for name in names}
        absent = {n: f"{r.missing} is not installed" for n, r in runners.items() if r.missing}
        answers: dict[str, Any] = {}
        for name in [name for name in names if name not in absent]:
            progress.say(f"{name} reads {len(pages)} pages")
            try:
                answers[name] = runners[name].ask("answers", every)
            except Stopped:
                absent[name] = "it broke on one of the pages"
        took = _rounds({name: runners[name] for name in answers}, every, rounds, progress)
    return {
        name: Measured(runners[name].version, answers[name], took[name]) for name in answers
    }, absent


def _rounds(
    runners: Mapping[str, Runner], pages: Sequence[int], rounds: int, progress: Progress
) -> Mapping[str, Sequence[float]]:
    took: dict[str, list[Any]] = {name: [] for name in runners}
    for number in range(1, rounds + 1):
        for name, runner in runners.items():
            progress.say(f"round {number} of {rounds}: {name}")
            runner.ask("seconds", pages[:_WARMING])
            took[name].append(runner.ask("seconds", pages))
    return {name: [median(page) for page in zip(*each, strict=True)] for name, each in took.items()}
