"""What is held against what is claimed, over several channels and over time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.consult.claims import ChannelClaims, Claim
from storage.consult.moments import BEIJING


@dataclass(frozen=True, slots=True)
class Balance:
    """On a day: how many articles are held of how many that the site claims, entries that lead to
    other sites left out. Where no channel names a total, `claimed` is None and `held` counts all;
    else both are of those that do."""

    at: datetime
    held: int
    claimed: int | None

    @property
    def day(self) -> str:
        return f"{self.at.astimezone(BEIJING):%Y-%m-%d}"


def balances(channels: Iterable[ChannelClaims]) -> list[Balance]:
    """The sums over channels at the end of each day on which one was walked, oldest first: each
    channel counts with its last walk. Days on which nothing altered are left out, but for the
    last."""
    walks = sorted(
        ((claim.walked_at, channel.id, claim) for channel in channels for claim in channel.claims),
        key=lambda walk: walk[:2],
    )
    last: dict[int, Claim] = {}
    days: dict[str, Balance] = {}
    for at, channel_id, claim in walks:
        last[channel_id] = claim
        balance = _sum(at, last.values())
        days[balance.day] = balance
    return _altered(list(days.values()))


def _sum(at: datetime, claims: Iterable[Claim]) -> Balance:
    several = list(claims)
    named = [(c, c.claimed_total) for c in several if c.claimed_total is not None]
    if not named:
        return Balance(at, sum(claim.held for claim in several), None)
    held = sum(claim.held for claim, _ in named)
    return Balance(at, held, sum(total - claim.off_site for claim, total in named))


def _altered(balances: list[Balance]) -> list[Balance]:
    kept: list[Balance] = []
    for n, balance in enumerate(balances):
        said = balance.held, balance.claimed
        if n == len(balances) - 1 or not kept or said != (kept[-1].held, kept[-1].claimed):
            kept.append(balance)
    return kept
