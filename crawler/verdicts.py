"""Verdicts: what a walk that has stopped shows of a list, against what the list claims. Pure."""

from crawler.claims import Claims
from crawler.ledger import ACCOUNTED
from crawler.tally import Tally


def failed(stop: str | None) -> bool:
    """Whether a walk ended for a reason that is none of the list's."""
    return stop is None or stop.startswith("failed")


def verdict(stop: str | None, claims: Claims, tally: Tally, *, holes: bool) -> str:
    """The verdict of `crawler.ledger.Ledger`. `holes` where pages of the list never came."""
    if failed(stop):
        return "failed"
    if stop == ACCOUNTED:
        return "complete"
    if claims.total is None:
        return _by_pages(claims, holes=holes)
    if claims.shrunk:
        return "shifted"
    lacking = claims.total - tally.distinct
    if lacking > tally.twice:
        return f"short by {lacking}"
    return "complete" if lacking >= 0 else f"over by {-lacking}"


def _by_pages(claims: Claims, *, holes: bool) -> str:
    lacking = claims.bounds.lacking
    if lacking is None:
        return "failed" if holes else "total unknown"
    if claims.bounds.shrunk:
        return "shifted"
    return f"short by {lacking}" if lacking else "complete"
