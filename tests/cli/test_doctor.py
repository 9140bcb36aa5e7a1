"""The doctor says what must be mended before a crawl, and cron hears it by the exit code."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.words import WORDS
from storage.checkup import (
    NETWORKED,
    Verdict,
    check_clock,
    check_file_system,
    check_room,
    check_sqlite,
    file_system,
)

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
BOTH = pytest.mark.parametrize("lang", ["zh", "en"])


def said(told) -> set[str]:
    return {f"{each['check']}.{each['says']}" for each in json.loads(told.stdout)["checks"]}


@BOTH
@pytest.mark.fault("8.6")
def test_a_machine_that_is_fit_is_said_to_be_fit(run, lang):
    told = run("doctor", lang=lang)
    assert (told.exit_code, told.stderr) == (0, "")
    assert ("可以采集" if lang == "zh" else "Fit to crawl") in told.stdout
    assert json.loads(run("doctor", "--json", lang=lang).stdout)["fit"] is True


def test_no_archive_yet_is_no_fault(run, tmp_path):
    told = run("doctor", "--json", archive=f"sqlite:///{tmp_path}/new/archive.db")
    assert told.exit_code == 0
    assert "archive.none" in said(told)
    assert not (tmp_path / "new").exists(), "the doctor makes nothing"


@pytest.mark.parametrize(
    ("address", "finding"),
    [
        ("archive.db", "address.unusable"),
        ("oracle://nobody@nowhere/x", "address.unusable"),
        ("sqlite:///{tmp}/letter.db", "archive.unusable"),
        ("sqlite:///{tmp}/other.db", "archive.unusable"),
        ("postgresql://nobody:s3cret@127.0.0.1:1/none", "archive.unusable"),
    ],
)
@BOTH
@pytest.mark.fault("8.6")
def test_an_archive_that_cannot_be_used_is_named_with_the_reason(
    run, tmp_path, address, finding, lang
):
    (tmp_path / "letter.db").write_text("a letter to a friend, and no database" * 100)
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    url = address.format(tmp=tmp_path)
    told = run("doctor", "--json", archive=url, lang=lang)
    assert told.exit_code == 4
    assert finding in said(told)
    assert "s3cret" not in told.stdout + told.stderr + run("doctor", archive=url, lang=lang).output


def test_an_archive_that_anybody_may_alter_is_told(run, archive_url, tmp_path):
    path = tmp_path / "open.db"
    shutil.copy(archive_url.removeprefix("sqlite:///"), path)
    path.chmod(0o666)
    told = run("doctor", "--json", archive=f"sqlite:///{path}")
    assert told.exit_code == 0
    assert "permissions.world-writable" in said(told)


@pytest.mark.parametrize("kind", sorted(NETWORKED))
def test_no_database_is_kept_on_a_network_file_system(kind):
    assert check_file_system(kind).verdict is Verdict.BAD


def test_the_file_system_is_that_of_the_deepest_mount(tmp_path):
    assert file_system(Path("/proc/self")) == "proc"
    assert file_system(Path("/dev/shm/none/archive.db")) in ("tmpfs", None, file_system(Path("/")))
    assert file_system(tmp_path / "not" / "yet.db") == file_system(tmp_path)


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ((3, 34, 9), Verdict.BAD),
        ((3, 40, 1), Verdict.WARNING),
        ((3, 51, 2), Verdict.WARNING),
        ((3, 51, 3), Verdict.OK),
        ((3, 53, 0), Verdict.OK),
    ],
)
@pytest.mark.fault("8.6")
@pytest.mark.trap("0.9")
def test_the_known_faults_of_sqlite_are_told(version, verdict):
    assert next(check_sqlite(version)).verdict is verdict


def test_a_clock_that_went_back_is_seen_by_what_was_captured():
    assert check_clock(NOW, None).verdict is Verdict.OK
    assert check_clock(NOW, NOW + timedelta(minutes=1)).verdict is Verdict.OK
    assert check_clock(NOW, NOW + timedelta(hours=2)).verdict is Verdict.BAD


def test_room_is_wanted_for_a_crawl_and_for_a_backup(tmp_path):
    path = tmp_path / "archive.db"
    free = shutil.disk_usage(tmp_path).free
    with path.open("wb") as file:
        file.truncate(free * 2)  # sparse: it takes no room
    assert check_room(path).says == "no-backup"
    with Path(f"{path}-wal").open("wb") as file:
        file.truncate(free)
    assert (check_room(path).verdict, check_room(path).says) == (Verdict.BAD, "full")


def doctor(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cli.main", "doctor", "--json", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "finding", "code"),
    [
        ({"CUNZHENG_DELAY": "0"}, "delay.none", 4),
        ({"ALLOW_PRIVATE_ADDRESSES": "yes"}, "settings.unusable", 4),
        ({"CUNZHENG_TURNS": "/proc/nowhere"}, "settings.unusable", 4),
        ({"CUNZHENG_CONTACT": "archive@example.org"}, "contact.is", 0),
        ({"CUNZHENG_CONTACT": "me"}, "contact.none", 0),
    ],
)
@pytest.mark.fault("8.6")
def test_settings_that_would_stop_a_crawl_are_told_beforehand(
    environment, finding, code, archive_url
):
    told = doctor(environment, "--archive", archive_url)
    assert told.returncode == code, told
    assert finding in said(told)


def test_declared_sites_are_asked_for_their_rules(archive_url, tmp_path):
    from replica import World
    from tests.crawls.wire import wired

    sites = tmp_path / "sites.toml"
    with wired(World(seed=7, size=0.1)) as open_, wired(World(seed=7, size=0.1)) as shut:
        shut.site.robots = "User-agent: *\nDisallow: /\n"
        lines = [f'[{name}]\nurl = "{wire.url}/"\n' for name, wire in (("a", open_), ("b", shut))]
        sites.write_text("".join(lines))
        environment = {"CUNZHENG_SITES": str(sites), "ALLOW_PRIVATE_ADDRESSES": "127.0.0.1"}
        told = doctor(environment, "--online", "--archive", archive_url)
        assert told.returncode == 8, told
        assert {"robots.allows", "robots.forbids"} <= said(told)
        assert open_.paths() == shut.paths() == ["/robots.txt"], "and for nothing else"
        refused = doctor({"CUNZHENG_SITES": str(sites)}, "--online", "--archive", archive_url)
    assert refused.returncode == 9
    assert "site.unreachable" in said(refused)


def test_whatever_the_doctor_finds_has_its_words():
    import ast

    found = set()
    for name in ("cli/doctor.py", "storage/checkup.py"):
        for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Checked":
                says = [n.value for n in ast.walk(node.args[2]) if isinstance(n, ast.Constant)]
                texts = {text for text in says if isinstance(text, str)}
                found |= {f"doctor.{ast.literal_eval(node.args[0])}.{text}" for text in texts}
    assert len(found) > 25
    assert sorted(found - set(WORDS)) == []
