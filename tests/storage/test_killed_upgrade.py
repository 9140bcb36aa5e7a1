"""A migration that is killed anywhere leaves the old archive or the new one, never something
between, and the same command finishes it."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storage import migrations
from storage.crashing import MIGRATING
from tests.crawls import nursery
from tests.places import Database, File, Place
from tests.storage.seeing import DAY, EDITED, JAN, NOTICE, look
from tests.storage.test_files import WITH_PLAN
from tests.storage.test_upgrade import ROOT, at_step, copied
from tests.storage.test_verifying import found_at

KILLED = -signal.SIGKILL
STEPS = int(migrations.HEAD) - 1
RANDOM = 20
EVERY = 7

_SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
    "postgresql": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes
        WHERE schemaname = 'public'
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), '', ''
        FROM pg_trigger WHERE NOT tgisinternal
        ORDER BY 1, 2, 3, 4, 5""",
}


@dataclass
class Old:
    """An archive as the first release left it, of which each trial migrates a copy."""

    kind: str
    place: Place
    folder: Path
    seconds: float = 0.0
    copies: int = 0
    new: Any = None

    def undisturbed(self) -> None:
        """Migrate a copy to its end: what the others must come to."""
        with self.copy() as place:
            began = time.monotonic()
            assert self.migrate(place) == 0
            self.seconds = time.monotonic() - began
            self.new = self.holds(place)

    @contextmanager
    def copy(self) -> Iterator[Place]:
        self.copies += 1
        if isinstance(self.place, Database):
            self.place.close()
            server = self.place.server
            with closing(Database(server, server.new(self.place.name))) as copy:
                yield copy
            server.drop(copy.name)
            return
        assert isinstance(self.place, File)
        path = self.folder / f"copy{self.copies}.db"
        shutil.copy(self.place.path, path)
        yield File(path)

    def migrate(self, place: Place, point: str = "") -> int:
        told = os.environ | ({"CUNZHENG_CRASH": point} if point else {})
        return nursery.run(self._command(place), told, ROOT, self.folder, 60).code

    def killed_after(self, place: Place, seconds: float) -> None:
        begun = nursery.begin(self._command(place), os.environ, ROOT, self.folder)
        time.sleep(seconds)
        begun.kill()
        begun.join(30)

    def holds(self, place: Place) -> Any:
        """The schema, the step and the rows of an archive."""
        tables = ("capture_facts", "version_spans", "events", "contents", "payloads")
        counts = [place.ask(f"SELECT count(*) FROM {table}") for table in tables]
        step = place.ask("SELECT version_num FROM alembic_version")
        schema = place.ask(_SCHEMA[self.kind])
        place.close()
        return step, counts, schema

    def _command(self, place: Place) -> list[str]:
        return ["cli.main", "migrate", "--archive", place.url]


@pytest.fixture
def old(kind: str, told, nowhere: Place, tmp_path: Path) -> Old:
    told.crawl(JAN, look(NOTICE, JAN), look(WITH_PLAN, JAN, "1002"))
    told.crawl(JAN + DAY, look(EDITED, JAN + DAY))
    at_step(nowhere, "0001")
    copied(told, nowhere)
    told.rest()
    made = Old(kind, nowhere, tmp_path)
    made.undisturbed()
    return made


def trial(old: Old, kill: Callable[[Place], object]) -> bool:
    """Whether the kill left the new archive; else it left the old one. It is finished then."""
    with old.copy() as place:
        before = old.holds(place)
        kill(place)
        left = old.holds(place)
        assert left in (before, old.new), "something between"
        assert old.migrate(place) == 0
        assert old.holds(place) == old.new
        problems = {problem for _, problem in found_at(place.url)}
        assert problems <= {"not-indexed"}, "which the first release's rows are not, here"
        assert place.damage() == []
        return bool(left == old.new)


def killed_at(old: Old, point: str) -> tuple[int, bool]:
    """How a migration ended that should be killed at a point, and whether it left the new one."""
    codes: list[int] = []
    new = trial(old, lambda place: codes.append(old.migrate(place, point)))
    return codes[0], new


@pytest.mark.fault("4.34")
@pytest.mark.parametrize(
    "points",
    [
        pytest.param(("migrate.statement:70", "migrate.committed"), id="two"),
        pytest.param((*MIGRATING, f"migrate.step:{STEPS}"), marks=pytest.mark.heavy, id="all"),
    ],
)
def test_killed_at_a_named_point_it_is_the_old_archive_or_the_new_one(
    old: Old, score, points: tuple[str, ...]
) -> None:
    ended = {point: killed_at(old, point) for point in points}
    assert ended == {point: (KILLED, point == "migrate.committed") for point in points}
    score(trials=len(points), lost=0)


@pytest.mark.fault("4.34")
@pytest.mark.heavy
def test_killed_before_a_statement_it_is_the_old_archive(old: Old, score) -> None:
    """As SQLite is tested: fail at one statement, at a later one, and so on until none is left."""
    statement, code = 1, KILLED
    while code == KILLED:
        code, new = killed_at(old, f"migrate.statement:{statement}")
        assert new == (code == 0)
        statement += EVERY
    assert code == 0
    assert statement > 100
    score(trials=statement // EVERY, lost=0)


@pytest.mark.fault("4.34")
@pytest.mark.heavy
def test_killed_at_any_moment_it_is_the_old_archive_or_the_new_one(old: Old, score) -> None:
    chance = random.Random(34)
    for _ in range(RANDOM):
        trial(old, lambda place: old.killed_after(place, chance.uniform(0, old.seconds)))
    score(trials=RANDOM, lost=0)
