"""`cunzheng verify`: whether all that is held is what it was."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Desk, opened, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import clean, print_json
from cli.waiting import waiting
from cli.words import Language

if TYPE_CHECKING:
    from storage.verifying import Finding

FOUND = 1
"""The exit code where something is wrong."""

_COUNTED = ("payloads", "contents", "index", "articles")
"""The checks whose rows are planned for."""

_DIGEST = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)


def verify(
    sample: Annotated[
        int | None, typer.Option("--sample", metavar="N", min=1, help="option.sample")
    ] = None,
    against: Annotated[
        list[str] | None, typer.Option("--against", metavar="DIGEST", help="option.against")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    digests = _digests(against or (), sample, lang)
    with opened(archive, lang) as desk:
        rows, findings = _looked(desk, sample, digests, tell=not as_json)
        if as_json:
            print_json({"rows": rows, "sample": sample, "findings": findings})
        elif findings:
            typer.echo(desk.say("verify.found", n=len(findings)), err=True)
        else:
            typer.echo(desk.say("verify.sound", **rows))
    if findings:
        raise typer.Exit(FOUND)


def _digests(against: Sequence[str], sample: int | None, lang: Language | None) -> list[str]:
    """The digests as the archive writes them. Raises typer.BadParameter; also for a sample, which
    is no proof of what was not looked at."""
    if not all(_DIGEST.fullmatch(digest) for digest in against):
        raise typer.BadParameter(speaking(lang)("error.digest"))
    if against and sample is not None:
        raise typer.BadParameter(speaking(lang)("error.sampled"))
    return [digest.lower() for digest in against]


def _looked(
    desk: Desk, sample: int | None, against: Sequence[str], *, tell: bool
) -> tuple[dict[str, int], list["Finding"]]:
    """How many rows were looked at, by kind, and what is wrong; told line by line as found."""
    rows = Counter({"payloads": 0, "contents": 0, "articles": 0})
    findings: list[Finding] = []
    planned = desk.archive.to_verify(sample)
    with waiting(lambda done, of: desk.say("verify.progress", done=done, of=of)) as progress:
        for looked in desk.archive.verify(sample, against):
            rows[looked.check] += looked.rows
            findings.extend(looked.findings)
            for finding in looked.findings if tell else ():
                typer.echo(_line(desk, finding))
            progress(sum(rows[name] for name in _COUNTED), planned)
    return dict(rows), findings


def _line(desk: Desk, finding: "Finding") -> str:
    key = f"neighbour.{finding.detail}"
    detail = desk.say(key) if desk.say.knows(key) else finding.detail
    said = desk.say(f"problem.{finding.problem.value}", detail=detail)
    return clean(f"{finding.row}: {said}").replace("\n", " ").strip()
