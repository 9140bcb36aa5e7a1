"""Where an article is listed, before a crawl and after it: what that says of it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from storage.history import EventKind


@dataclass(frozen=True, slots=True)
class Relisting:
    """An event that listings alone show, with its evidence."""

    kind: EventKind
    evidence: Mapping[str, Any]


def relisting(
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    listed_earlier: bool,
    pushed_off: Collection[str] = (),
) -> Relisting | None:
    """Compare the channels that listed an article (address by channel) before and after a crawl.

    An article that left one channel and appeared in another has moved: one event, not two. One
    that is still listed somewhere is not unlisted. `listed_earlier` says whether it was ever
    listed before; what is listed for the first time is no event of its own. `pushed_off` are the
    channels that newer entries pushed it out of: evidence that says nothing against the article.
    """
    lost, gained = set(before) - set(after), set(after) - set(before)
    if before and not after:
        window = {"window": sorted(pushed_off)} if pushed_off else {}
        return Relisting(EventKind.UNLISTED, {"channels": sorted(lost)} | window)
    if after and not before:
        kind = EventKind.RELISTED
        return Relisting(kind, {"channels": sorted(gained)}) if listed_earlier else None
    if lost and gained:
        return Relisting(EventKind.MOVED, {"from": sorted(lost), "to": sorted(gained)})
    moved = sorted(c for c in after if c in before and before[c] != after[c])
    if moved:
        return Relisting(
            EventKind.MOVED,
            {"from": [before[c] for c in moved], "to": [after[c] for c in moved]},
        )
    return None
