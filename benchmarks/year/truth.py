"""What a set of captures proves of one article: computed straight from DESIGN.md's words, apart
from the archive, and simple enough to be believed by reading.

An article's history is told by its looks in time order. A new version begins wherever a page says
something else than the page before it, and wherever a file has other bytes than when it was
fetched before. Between two pages there may be a run of looks that found nothing: its first makes
the article missing, the first that is at least a day later makes it gone, and the page that ends
it restores it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from benchmarks.year.listed import Event, Lists
from benchmarks.year.said import Said, said
from replica.content import Content

A_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Look:
    """What one capture that counts showed of an article: its content, a class of absence, or one
    of its files (its path, the digest of its bytes)."""

    article: str
    at: datetime
    content: Content | None = None
    absence: str | None = None
    file: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is to be held. `files` are paths with the digests of their bytes."""

    number: int
    first_at: datetime
    last_at: datetime
    said: Said
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a capture is to be told to have shown: its outcome, and the version."""

    at: datetime
    outcome: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Stood:
    """How an article stood at an instant, as far as anybody had looked by then."""

    state: str
    version: int | None = None
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Account:
    """All that is to be said of one article."""

    state: str = "present"
    versions: tuple[Version, ...] = ()
    events: tuple[Event, ...] = ()
    captures: tuple[Shown, ...] = ()


def accounts(looks: Iterable[Look]) -> dict[str, Account]:
    """What looks, in any order, prove of each article."""
    by_article: dict[str, list[Look]] = {}
    for look in looks:
        by_article.setdefault(look.article, []).append(look)
    return {article: account(some) for article, some in by_article.items()}


def account(looks: Iterable[Look]) -> Account:
    """What looks at one article, in any order, prove of it."""
    ordered = sorted(looks, key=_in_time)
    texts = _texts(ordered)
    absences, state = _absences(ordered, texts)
    events = sorted((*absences, *texts.events), key=lambda event: (event.at, _rank(event)))
    return Account(state, tuple(texts.versions), tuple(events), tuple(texts.captures))


def stood(looks: Iterable[Look], lists: Iterable[Lists], at: datetime) -> dict[str, Stood]:
    """How each article stood at an instant: what was seen by then proves it, and nothing later."""
    by_then = accounts(look for look in looks if look.at <= at)
    walked = [each.listed for each in lists if each.at <= at]
    listed = walked[-1] if walked else {}
    known = by_then.keys() | {article for each in walked for article in each}
    return {
        article: Stood(
            by_then[article].state if article in by_then else "unknown",
            _last(by_then[article].versions) if article in by_then else None,
            frozenset(listed.get(article, ())),
        )
        for article in known
    }


def _in_time(look: Look) -> tuple[datetime, int]:
    # At one instant what is there has the last word, and a file comes after its page.
    return look.at, 0 if look.absence else 2 if look.file else 1


def _rank(event: Event) -> int:
    return ("missing", "gone", "restored", "published", "edited").index(event.kind)


@dataclass
class _Texts:
    """Versions with the events that began them, and what each capture showed."""

    versions: list[Version] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    captures: list[Shown] = field(default_factory=list)
    content: Content | None = None

    def page(self, at: datetime, content: Content) -> str:
        before, self.content = self.content, content
        if before is None:
            self._begin(at, said(content), (), "published", (), {})
            return "new"
        if said(before) == said(content):
            self.versions[-1] = replace(self.versions[-1], last_at=at)
            return "unchanged"
        offered = {file.path for file in content.attachments}
        files = tuple(each for each in self.versions[-1].files if each[0] in offered)
        self._begin(at, said(content), files, "edited", changed(before, content), {})
        return "changed"

    def file(self, at: datetime, path: str, digest: str) -> str:
        if self.content is None or path not in {f.path for f in self.content.attachments}:
            return "read"
        latest = self.versions[-1]
        known = dict(latest.files)
        files = tuple(sorted((known | {path: digest}).items()))
        if path not in known:
            self.versions[-1] = replace(latest, files=files)
            return "new"
        if known[path] == digest:
            return "unchanged"
        evidence = {"file": path, "bytes": [known[path], digest]}
        self._begin(at, latest.said, files, "edited", ("attachments",), evidence)
        return "changed"

    def _begin(
        self,
        at: datetime,
        text: Said,
        files: tuple[tuple[str, str], ...],
        kind: str,
        fields: tuple[str, ...],
        evidence: Mapping[str, Any],
    ) -> None:
        number = len(self.versions) + 1
        self.versions.append(Version(number, at, at, text, files))
        self.events.append(Event(at, kind, number, number - 1 or None, fields, evidence))


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """The fields in which two contents differ for a reader of the page."""
    old, new = said(before), said(after)
    names = Said.__dataclass_fields__
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _texts(ordered: Sequence[Look]) -> _Texts:
    texts = _Texts()
    for look in ordered:
        if look.content is not None:
            outcome = texts.page(look.at, look.content)
        elif look.file is not None:
            outcome = texts.file(look.at, *look.file)
        else:
            outcome = "gone-signal"
        shows = outcome not in ("gone-signal", "read")
        texts.captures.append(Shown(look.at, outcome, len(texts.versions) if shows else None))
    return texts


def _absences(ordered: Sequence[Look], texts: _Texts) -> tuple[list[Event], str]:
    """The events of absence, and the state that they end in."""
    events: list[Event] = []
    run: list[Look] = []
    pages = [look for look in ordered if look.file is None]
    for is_absent, group in groupby(pages, key=lambda look: look.absence is not None):
        looks = list(group)
        if is_absent:
            run = looks
            events += _vanishing(run, _standing_at(texts.versions, run[0].at))
            continue
        if run and (back := _restored(run, looks[0].at, texts.versions)):
            events.append(back)
        run = []
    state = _state(run)
    return events, state


def _state(run: Sequence[Look]) -> str:
    if not run:
        return "present"
    return "gone" if run[-1].at - run[0].at >= A_DAY else "missing"


def _vanishing(run: Sequence[Look], standing: int | None) -> list[Event]:
    first = run[0]
    events = [Event(first.at, "missing", None, standing, (), {"class": first.absence})]
    later = [look for look in run if look.at - first.at >= A_DAY]
    if later:
        evidence = {"class": later[0].absence, "first_signal_at": first.at.isoformat()}
        events.append(Event(later[0].at, "gone", None, standing, (), evidence))
    return events


def _restored(run: Sequence[Look], at: datetime, versions: Sequence[Version]) -> Event | None:
    """None for an article that had never been read: it is published only now."""
    before, after = _standing_at(versions, run[0].at), _standing_at(versions, at)
    if before is None:
        return None
    previous = _standing_at([v for v in versions if v.first_at < at], at)
    since = run[0].at
    evidence = {
        "was": _state(run),
        "absent_since": since.isoformat(),
        "gap_hours": round((at - since).total_seconds() / 3600, 1),
        "same_text": previous == after,
    }
    return Event(at, "restored", after, previous, (), evidence)


def _last(versions: Sequence[Version]) -> int | None:
    return versions[-1].number if versions else None


def _standing_at(versions: Sequence[Version], at: datetime) -> int | None:
    """The number of the version that stood at an instant."""
    return _last([version for version in versions if version.first_at <= at])
