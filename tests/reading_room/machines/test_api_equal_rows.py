"""A list whose rows have equal moments and names is gone through once."""

import sqlite3

from starlette.testclient import TestClient

from reading_room.app import open_room
from tests.storage.story import DAYS, STORY, tell


def test_events_of_one_kind_at_one_moment_are_each_told_once(tmp_path):
    path = tmp_path / "archive.db"
    tell(f"sqlite:///{path}", [(DAYS[0], STORY[0])]).close()
    _repeat_the_events(path, times=2)
    with TestClient(open_room(f"sqlite:///{path}"), base_url="http://127.0.0.1:8000") as program:
        whole = program.get("/api/articles/1/events").json()["items"]
        seen, following = [], "/api/articles/1/events?limit=1"
        while following and len(seen) < 10:
            page = program.get(following).json()
            seen, following = seen + page["items"], page["next"]
    assert seen == whole
    assert len({(event["at"], event["kind"]) for event in whole}) == 1
    assert len(whole) == 3


def _repeat_the_events(path, times: int) -> None:
    with sqlite3.connect(path) as archive:
        columns = [row[1] for row in archive.execute("PRAGMA table_info(events)")]
        kept = ", ".join(column for column in columns if column != "id")
        first = "SELECT min(id) FROM events WHERE article_id = 1"
        for _ in range(times):
            archive.execute(
                f"INSERT INTO events ({kept}) SELECT {kept} FROM events WHERE id = ({first})"
            )
    archive.close()
