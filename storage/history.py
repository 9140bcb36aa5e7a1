"""The history of one article as a fold over what its captures showed. Pure.

Recording a capture and rebuilding a history are the same function, so that replaying all captures
in time order gives what recording them one by one gave, whatever the order of arrival.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.judging import Outcome, judge_digests

GONE_AFTER = timedelta(hours=24)
"""How long after the first signal a second one makes a missing article gone."""


class State(StrEnum):
    PRESENT = "present"
    MISSING = "missing"
    GONE = "gone"


class EventKind(StrEnum):
    PUBLISHED = "published"
    EDITED = "edited"
    MISSING = "missing"
    GONE = "gone"
    RESTORED = "restored"
    MOVED = "moved"
    UNLISTED = "unlisted"
    RELISTED = "relisted"


CAPTURE_EVENTS = frozenset(
    {
        EventKind.PUBLISHED,
        EventKind.EDITED,
        EventKind.MISSING,
        EventKind.GONE,
        EventKind.RESTORED,
    }
)
"""The kinds that this fold makes; the others come from listings."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one capture showed of an article: its content, a counted signal of absence, or the
    bytes of one of its files.

    `attached` are the files that the content offers (`storage.article.file_key`); `file` is the
    one fetched, with the digest of its bytes.
    """

    capture_id: int
    at: datetime
    content_id: int | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    absence: str | None = None
    attached: frozenset[str] = frozenset()
    file: tuple[str, str] | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """The place in time order. Between sightings of one instant (an article has several
        addresses) what they show decides, not which was recorded first: an absence, then content,
        then the content's files."""
        rank = 0 if self.absence is not None else 2 if self.file is not None else 1
        return self.at, rank, self.absence or "", sorted(self.digests.items()), self.file or ()


@dataclass(frozen=True, slots=True)
class Span:
    """One version: the content that stood from its first capture to the first of the next.
    `files` are the content's files with the digests of their bytes, None until fetched."""

    number: int
    content_id: int
    digests: Mapping[str, str]
    first_capture_id: int
    first_at: datetime
    last_at: datetime
    files: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the fold. Versions are named by number, None where there is none."""

    kind: EventKind
    at: datetime
    capture_id: int
    number: int | None
    previous_number: int | None = None
    fields: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an article's history has come to: its state, its latest version, since when it is
    absent, when it was sighted last, and when it was first read."""

    state: State = State.PRESENT
    latest: Span | None = None
    absent_since: datetime | None = None
    last_at: datetime | None = None
    first_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One sighting taken in: the new standing, the outcome, and what happened by it."""

    standing: Standing
    outcome: Outcome
    happenings: tuple[Happening, ...] = ()


def step(standing: Standing, sighting: Sighting, gone_after: timedelta = GONE_AFTER) -> Step:
    """Take in the next sighting in time order."""
    if sighting.absence is not None:
        return _absent(standing, sighting, gone_after)
    if sighting.file is not None:
        return _file_shown(standing, sighting, *sighting.file)
    return _shown(standing, sighting)


def fold(
    sightings: Iterable[Sighting], gone_after: timedelta = GONE_AFTER
) -> tuple[Standing, tuple[Span, ...], tuple[Happening, ...], dict[int, Outcome]]:
    """The whole history: standing, versions in order, events in order, outcome by capture."""
    standing = Standing()
    spans: dict[int, Span] = {}
    happenings: list[Happening] = []
    outcomes: dict[int, Outcome] = {}
    for sighting in in_order(sightings):
        taken = step(standing, sighting, gone_after)
        standing = taken.standing
        happenings.extend(taken.happenings)
        outcomes[sighting.capture_id] = taken.outcome
        if standing.latest is not None:
            spans[standing.latest.number] = standing.latest
    return standing, tuple(spans.values()), tuple(happenings), outcomes


def in_order(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Sightings in time order, whatever the order of their arrival."""
    return sorted(sightings, key=lambda sighting: (sighting.order, sighting.capture_id))


def _shown(standing: Standing, sighting: Sighting) -> Step:
    latest = standing.latest
    judgement = judge_digests(latest.digests if latest else None, sighting.digests)
    span = _span(latest, sighting, judgement.outcome)
    happenings: list[Happening] = []
    if standing.state is not State.PRESENT and latest is not None:
        happenings.append(_restored(standing, sighting, span, judgement.outcome))
    if judgement.outcome is Outcome.NEW:
        happenings.append(
            Happening(EventKind.PUBLISHED, sighting.at, sighting.capture_id, span.number)
        )
    elif judgement.outcome is Outcome.CHANGED:
        assert latest is not None
        happenings.append(
            Happening(
                EventKind.EDITED,
                sighting.at,
                sighting.capture_id,
                span.number,
                latest.number,
                judgement.fields,
            )
        )
    after = Standing(
        State.PRESENT, span, None, sighting.at, first_at=standing.first_at or sighting.at
    )
    return Step(after, judgement.outcome, tuple(happenings))


def _span(latest: Span | None, sighting: Sighting, outcome: Outcome) -> Span:
    assert sighting.content_id is not None
    if latest is not None and outcome is Outcome.UNCHANGED:
        return replace(latest, last_at=sighting.at)
    return Span(
        number=latest.number + 1 if latest else 1,
        content_id=sighting.content_id,
        digests=sighting.digests,
        first_capture_id=sighting.capture_id,
        first_at=sighting.at,
        last_at=sighting.at,
        files={key: latest.files.get(key) if latest else None for key in sighting.attached},
    )


def _file_shown(standing: Standing, sighting: Sighting, key: str, digest: str) -> Step:
    """The bytes of a file: they complete a version that lacked them; others are an edit."""
    latest, after = standing.latest, replace(standing, last_at=sighting.at)
    if latest is None or key not in latest.files:
        return Step(after, Outcome.READ)
    known = latest.files[key]
    if known == digest:
        return Step(after, Outcome.UNCHANGED)
    files = {**latest.files, key: digest}
    if known is None:
        return Step(replace(after, latest=replace(latest, files=files)), Outcome.NEW)
    span = Span(
        latest.number + 1, latest.content_id, latest.digests, sighting.capture_id,
        sighting.at, sighting.at, files,
    )  # fmt: skip
    edited = Happening(
        EventKind.EDITED, sighting.at, sighting.capture_id, span.number, latest.number,
        ("attachments",), {"file": key, "bytes": [known, digest]},
    )  # fmt: skip
    return Step(replace(after, latest=span), Outcome.CHANGED, (edited,))


def _restored(standing: Standing, sighting: Sighting, span: Span, outcome: Outcome) -> Happening:
    assert standing.latest is not None
    since = standing.absent_since or sighting.at
    return Happening(
        EventKind.RESTORED,
        sighting.at,
        sighting.capture_id,
        span.number,
        standing.latest.number,
        evidence={
            "was": standing.state.value,
            "absent_since": since.isoformat(),
            "gap_hours": round((sighting.at - since).total_seconds() / 3600, 1),
            "same_text": outcome is Outcome.UNCHANGED,
        },
    )


def _absent(standing: Standing, sighting: Sighting, gone_after: timedelta) -> Step:
    since = standing.absent_since or sighting.at
    state, kind = standing.state, None
    if standing.state is State.PRESENT:
        state, kind = State.MISSING, EventKind.MISSING
    elif standing.state is State.MISSING and sighting.at - since >= gone_after:
        state, kind = State.GONE, EventKind.GONE
    after = replace(standing, state=state, absent_since=since, last_at=sighting.at)
    happenings = (_vanished(kind, standing, sighting, since),) if kind else ()
    return Step(after, Outcome.GONE_SIGNAL, happenings)


def _vanished(
    kind: EventKind, standing: Standing, sighting: Sighting, since: datetime
) -> Happening:
    number = standing.latest.number if standing.latest else None
    evidence: dict[str, Any] = {"class": sighting.absence}
    if kind is EventKind.GONE:
        evidence["first_signal_at"] = since.isoformat()
    return Happening(kind, sighting.at, sighting.capture_id, None, number, evidence=evidence)
