"""What an archive tells against what honest answers showed: what it lost and what it made up."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from typing import NamedTuple

from replica.content import Content
from tests.fooled.watching import Watch
from tests.places import File


class Said(NamedTuple):
    """What a version says."""

    title: str
    published: str
    body: str


@dataclass
class Judgement:
    """The numbers of articles with a version or a disappearance that was none (`invented`), and of
    those with one that is not told as it was (`lost`)."""

    invented: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def judgement(watch: Watch, place: File, doubtful: Collection[int] = ()) -> Judgement:
    """Of a site that answered honestly in the end. Of `doubtful` articles an answer said once that
    they are not there: they may have been missing, but not gone."""
    versions, events = defaultdict(list), defaultdict(set)
    for cms_id, *told in place.ask(_VERSIONS):
        versions[cms_id].append(Said(*told))
    for cms_id, kind in place.ask(_EVENTS):
        events[cms_id].add(kind)
    states = dict(place.ask("SELECT cms_id, state FROM articles"))
    found = Judgement()
    for number, looks in watch.seen.items():
        cms_id, due = watch.site.cms_id(number), _versions(looks)
        vanished = {"gone"} if number in doubtful else {"gone", "missing"}
        if len(versions[cms_id]) > len(due) or (None not in looks and events[cms_id] & vanished):
            found.invented.append(number)
        elif versions[cms_id] != due or states.get(cms_id) != _standing(looks):
            found.lost.append(number)
    return found


def _versions(looks: list[Content | None]) -> list[Said]:
    """One for each content that differs from the one before, be it in another field alone."""
    contents = [content for content, _ in groupby(filter(None, looks))]
    return [Said(each.title, _published(each), each.body) for each in contents]


def _published(content: Content) -> str:
    return content.published.replace(" ", "T") + "+08:00"


def _standing(looks: list[Content | None]) -> str | None:
    if not any(looks):
        return None if not looks else ("missing", "gone")[len(looks) > 1]
    absent = len(list(takewhile(lambda look: look is None, reversed(looks))))
    return ("present", "missing", "gone")[min(absent, 2)]


_VERSIONS = """
    SELECT a.cms_id, v.title, v.published, v.body
    FROM versions v JOIN articles a ON a.id = v.article_id ORDER BY v.article_id, v.number"""
_EVENTS = "SELECT a.cms_id, e.kind FROM events e JOIN articles a ON a.id = e.article_id"
