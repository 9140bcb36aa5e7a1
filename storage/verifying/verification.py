"""All checks, one after the other."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Engine, func, select

from storage.schema import articles, contents, payloads
from storage.verifying.anchors import anchored
from storage.verifying.chains import check_chains
from storage.verifying.contents import check_contents
from storage.verifying.database import check_database, check_values
from storage.verifying.edits import check_edits
from storage.verifying.findings import UNREADABLE, Check, Finding, Looked, Problem, told
from storage.verifying.histories import check_histories
from storage.verifying.index import check_index
from storage.verifying.neighbours import check_neighbours
from storage.verifying.payloads import check_dictionaries, check_payloads
from storage.verifying.seals import check_seals
from storage.verifying.tellings import check_tellings

CHECKS: Mapping[str, Check] = {
    "database": check_database,
    "values": check_values,
    "neighbours": check_neighbours,
    "dictionaries": check_dictionaries,
    "payloads": check_payloads,
    "tellings": check_tellings,
    "contents": check_contents,
    "index": check_index,
    "articles": check_histories,
    "edits": check_edits,
    "chains": check_chains,
    "seals": check_seals,
}


def verify(
    engine: Engine, sample: int | None = None, against: Collection[str] = ()
) -> Iterator[Looked]:
    """Look at everything, some rows a transaction; or at `sample` payloads, contents and articles
    taken by chance, and at all that takes one query. `against` are digests of crawls that were
    written down elsewhere: they prove nothing of what is not looked at."""
    for name, check in (*CHECKS.items(), ("anchors", anchored(against))):
        try:
            yield from check(engine, sample)
        except UNREADABLE as error:
            detail = told(error)
            yield Looked(name, 0, (Finding(name, Problem.STOPPED, detail),))


def planned(engine: Engine, sample: int | None = None) -> int:
    """About how many rows `verify` will look at."""
    with engine.connect() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (payloads, contents, contents, articles)
        ]
    return sum(counts if sample is None else (min(count, sample) for count in counts))
