"""What runs by itself, and when: written for cron and systemd, and taken away again."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cronsim import CronSim

from cli.scheduling.calendar import BEIJING, Moment
from cli.scheduling.cron import block, with_block, without_block
from cli.scheduling.plan import Job, Night, plan, spread
from cli.scheduling.systemd import units
from crawler.site import Site

ROOT = Path(__file__).resolve().parents[2]
COPIES = Path("/copies")
CALL = ("/a b/python", "-m", "cli.main", "scheduled")
SITES = [Site(name=f"s{n}", title=f"s{n}", url=f"http://s{n}.example.gov.cn/") for n in range(300)]
NOW = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
CRONTAB = "MAILTO=me@example.org\n# mine\n5 4 * * * /usr/local/bin/mine\n"


def lines(text: str) -> list[tuple[str, str]]:
    """The times and the commands of a crontab."""
    found = [line.split(" ", 5) for line in text.splitlines() if line and line[0] not in "#M"]
    return [(" ".join(parts[:5]), parts[5]) for parts in found]


# The plan


def test_sites_spread_over_the_night_and_every_site_keeps_its_time() -> None:
    jobs = [job for job in plan(SITES, COPIES) if job.name.startswith("crawl-")]
    hours = Counter(job.at.minute // 60 for job in jobs)
    assert set(hours) == {22, 23, 0, 1, 2, 3, 4}
    assert max(hours.values()) < 2 * min(hours.values())
    alone = plan([SITES[7]], COPIES)[0]
    assert alone in jobs, "what else is declared moves no site"


def test_a_snapshot_comes_hours_after_its_crawl_and_shares_its_place() -> None:
    crawl, snapshot, *_ = plan(SITES[:1], COPIES, budget=50)
    assert (snapshot.at.minute - crawl.at.minute) % (24 * 60) == 6 * 60
    assert crawl.place == snapshot.place == "s0.example.gov.cn"
    assert snapshot.command[-4:] == ("-a", "site=s0.example.gov.cn", "-a", "budget=50")


def test_the_archive_is_verified_and_copied_too() -> None:
    jobs = {job.name: job for job in plan(SITES[:1], COPIES, keep=9)}
    assert jobs["verify"].command[-2:] == ("--sample", "1000")
    assert jobs["verify-all"].at.day is not None
    assert jobs["backup"].command == ("cunzheng", "backup", "--into", "/copies", "--keep", "9")
    assert plan([], COPIES) == ()


@pytest.mark.parametrize(
    ("moment", "last", "following"),
    [
        (Moment(137), "2026-03-04T02:17+08:00", "2026-03-05T02:17+08:00"),
        (Moment(23 * 60), "2026-03-03T23:00+08:00", "2026-03-04T23:00+08:00"),
        (Moment(12 * 60), "2026-03-04T12:00+08:00", "2026-03-05T12:00+08:00"),
        (Moment(60, weekday=6), "2026-03-01T01:00+08:00", "2026-03-08T01:00+08:00"),
        (Moment(60, day=27), "2026-02-27T01:00+08:00", "2026-03-27T01:00+08:00"),
    ],
)
def test_a_moment_knows_when_it_was_and_when_it_will_be(
    moment: Moment, last: str, following: str
) -> None:
    assert moment.last(NOW) == datetime.fromisoformat(last)
    assert moment.next(NOW) == datetime.fromisoformat(following)


# cron


@pytest.mark.parametrize("hours", [-11, -5, 0, 5.5, 8, 13])
def test_cron_starts_each_job_when_it_is_due_whatever_the_machines_zone(hours: float) -> None:
    zone = timedelta(hours=hours)
    jobs = plan(SITES[:12], COPIES)
    written = dict(
        zip((job.name for job in jobs), lines(block(jobs, ROOT, CALL, zone)), strict=False)
    )
    here = (NOW + zone).replace(tzinfo=None)  # what a clock on the wall shows
    for job in jobs:
        fields, command = written[job.name]
        assert command.endswith(job.name)
        assert next(CronSim(fields, here)) - zone == job.at.next(NOW).astimezone(UTC).replace(
            tzinfo=None
        )


def test_what_was_missed_is_made_up_within_an_hour() -> None:
    fields, command = lines(block(plan(SITES[:1], COPIES), ROOT, CALL, timedelta(0)))[-1]
    assert command.endswith("--missed")
    runs = CronSim(fields, datetime(2026, 1, 1))  # noqa: DTZ001 - a clock on the wall
    assert next(runs) - next(runs) == -timedelta(hours=1)


def test_a_percent_sign_does_not_end_the_command() -> None:
    text = block([Job("j", ("cunzheng",), Moment(0), "j")], Path("/100%"), CALL, timedelta(0))
    assert r"cd /100\%" in text


def test_the_rest_of_a_crontab_is_left_to_the_byte() -> None:
    one, two = (block(plan(SITES[:n], COPIES), ROOT, CALL, timedelta(0)) for n in (1, 2))
    first = with_block(CRONTAB, one, ROOT)
    assert first == CRONTAB + one
    assert with_block(first, one, ROOT) == first
    after = with_block(first + "6 6 * * * later\n", two, ROOT)
    assert after == CRONTAB + two + "6 6 * * * later\n"
    assert without_block(after, ROOT) == CRONTAB + "6 6 * * * later\n"
    assert with_block("1 1 * * * unended", one, ROOT) == "1 1 * * * unended\n" + one


def test_the_block_of_another_checkout_is_somebody_elses() -> None:
    other = block(plan(SITES[:1], COPIES), Path(f"{ROOT}2"), CALL, timedelta(0))
    assert without_block(CRONTAB + other, ROOT) == CRONTAB + other


def test_a_block_without_its_end_is_not_guessed_at() -> None:
    ours = block(plan(SITES[:1], COPIES), ROOT, CALL, timedelta(0))
    with pytest.raises(ValueError, match="lost its last line"):
        without_block("\n".join(ours.splitlines()[:-1]) + "\n5 5 * * * mine\n", ROOT)


# systemd


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    place = tmp_path / "50% off"
    place.mkdir()
    call = (sys.executable, "-m", "cli.main", "scheduled", "--state", str(place))
    texts = units(plan(SITES[:1], COPIES), place, call)
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [program, "verify", "--user", "--man=no", *(str(tmp_path / name) for name in texts)],
        capture_output=True, text=True, check=False,
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "cunzheng" in line]
    assert (done.returncode, said) == (0, []), done.stderr


def test_systemd_understands_when_jobs_are_due() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    for moment in (Moment(137), Moment(1380, weekday=6), Moment(60, day=27)):
        done = subprocess.run(
            [program, "calendar", f"--base-time={NOW:%Y-%m-%d %H:%M:%S} UTC", moment.on_calendar()],
            capture_output=True, text=True, check=True,
            env=os.environ | {"TZ": "UTC", "LC_ALL": "C"},
        )  # fmt: skip
        due = moment.next(NOW).astimezone(UTC)
        assert f"{due:%Y-%m-%d %H:%M:%S} UTC" in done.stdout


def test_a_timer_makes_up_what_was_missed() -> None:
    texts = units(plan(SITES[:1], COPIES), ROOT, CALL)
    assert len(texts) == 12
    for name, text in texts.items():
        assert ("Persistent=true" in text) is name.endswith(".timer")


# The command


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """A machine with a crontab and a systemd of its own: programs that keep what they are given."""
    programs, home = tmp_path / "bin", tmp_path / "home"
    for folder in (programs, home):
        folder.mkdir()
    crontab = f'f={tmp_path}/crontab\nif [ "$1" = -l ]; then cat "$f"; else cat > "$f"; fi\n'
    for name, text in (("crontab", crontab), ("systemctl", f'echo "$@" >> {tmp_path}/calls\n')):
        (programs / name).write_text(f"#!/bin/sh\n{text}")
        (programs / name).chmod(0o755)
    (tmp_path / "sites.toml").write_text('[one]\nurl = "http://one.example.gov.cn/"\n')
    return os.environ | {
        "PATH": f"{programs}:/usr/bin:/bin",
        "HOME": str(home),
        "CUNZHENG_SITES": str(tmp_path / "sites.toml"),
        "CUNZHENG_STATE": str(tmp_path / "state"),
        "ARCHIVE_URL": f"sqlite:///{tmp_path}/archive.db",
        "TZ": "UTC",
    }


def typed(machine: dict[str, str], *args: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", *args, "--lang", "en"],
        cwd=ROOT, env=machine, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done
    return done.stdout + done.stderr


def test_a_crontab_is_filled_once_and_emptied_again(machine, tmp_path) -> None:
    (tmp_path / "crontab").write_text(CRONTAB)
    cron = ("schedule", "--by", "cron")
    assert "crawl-one" in typed(machine, *cron)
    assert (tmp_path / "crontab").read_text() == CRONTAB, "showing alters nothing"
    assert "written: crontab" in typed(machine, *cron, "--install")
    installed = (tmp_path / "crontab").read_text()
    assert installed.startswith(CRONTAB)
    assert "Nothing to change" in typed(machine, *cron, "--install")
    assert "removed: crontab" in typed(machine, *cron, "--remove")
    assert (tmp_path / "crontab").read_text() == CRONTAB


def test_the_settings_of_whoever_installs_are_kept_for_the_jobs_alone(machine, tmp_path) -> None:
    typed(
        machine | {"ARCHIVE_URL": "postgresql://me:geheim@db/a"},
        "schedule",
        "--by",
        "cron",
        "--install",
    )
    kept = tmp_path / "state" / "environment"
    assert "ARCHIVE_URL=postgresql://me:geheim@db/a\n" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "geheim" not in (tmp_path / "crontab").read_text()


def test_units_are_written_once_kept_up_and_removed(machine, tmp_path) -> None:
    folder = tmp_path / "home/.config/systemd/user"
    folder.mkdir(parents=True)
    (folder / "cunzheng-mine.service").write_text("[Service]\nExecStart=/bin/true\n")
    systemd = ("schedule", "--by", "systemd")
    assert "cunzheng-crawl-one.timer" in typed(machine, *systemd, "--install")
    assert "enable --now" in (tmp_path / "calls").read_text()
    assert "Nothing to change" in typed(machine, *systemd, "--install")
    (tmp_path / "sites.toml").write_text('[two]\nurl = "http://two.example.gov.cn/"\n')
    told = typed(machine, *systemd, "--install")
    assert "removed: cunzheng-crawl-one.timer" in told
    typed(machine, *systemd, "--remove")
    assert [path.name for path in folder.iterdir()] == ["cunzheng-mine.service"]


def test_a_unit_of_somebody_else_is_not_overwritten(machine, tmp_path) -> None:
    folder = tmp_path / "home/.config/systemd/user"
    folder.mkdir(parents=True)
    theirs = folder / "cunzheng-crawl-one.service"
    theirs.write_text("[Service]\nExecStart=/bin/true\n")
    told = typed(machine, "schedule", "--by", "systemd", "--install", code=4)
    assert "not of this checkout" in told
    assert theirs.read_text() == "[Service]\nExecStart=/bin/true\n"


def test_what_cannot_be_is_told_in_one_line(machine, tmp_path) -> None:
    assert "no time of the day" in typed(machine, "schedule", "--from", "25:00", code=2)
    (tmp_path / "sites.toml").write_text("")
    assert "no site" in typed(machine, "schedule", code=4)
    (tmp_path / "bin/crontab").unlink()
    (tmp_path / "sites.toml").write_text('[one]\nurl = "http://one.example.gov.cn/"\n')
    assert "no crontab" in typed(
        machine | {"PATH": str(tmp_path / "bin")}, "schedule", "--by", "cron", "--install", code=4
    )


def test_the_plan_as_json_says_what_is_next(machine) -> None:
    plan_ = json.loads(typed(machine, "schedule", "--json"))
    jobs = {job["name"]: job for job in plan_["jobs"]}
    assert jobs["crawl-one"]["command"] == ["scrapy", "crawl", "one"]
    due = datetime.fromisoformat(jobs["crawl-one"]["next"])
    minute = (22 * 60 + spread("one.example.gov.cn", 420)) % 1440
    assert due.astimezone(BEIJING).strftime("%H:%M") == Moment(minute).clock
    assert Night().begins == 22 * 60
