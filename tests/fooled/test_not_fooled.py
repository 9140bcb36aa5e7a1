"""Thousands of faults among true edits and takedowns: no version and no disappearance is made up,
and what truly happened is told.

All that a site says stands in its world, so that an archive can be held against it: the versions of
each article in their order, and whether it is still there.
"""

from collections.abc import Callable, Mapping
from itertools import cycle
from random import Random

import pytest

from replica.answers import BLANKED, WAF, Answer, notice
from replica.faults import Faults, Slip
from replica.kinds import KINDS
from replica.pace import Pace
from replica.site import Site
from replica.truth import World
from replica.twists import Twists
from tests.fooled.block_pages import ABSENT, BLOCKS, HTML, Asked, Block
from tests.fooled.conftest import Watched
from tests.fooled.watching import Night, Watch
from tests.places import File

heavy = pytest.mark.heavy
some_kinds = pytest.mark.parametrize(
    "site_kind",
    [
        "jpage_web",
        *(
            pytest.param(kind, marks=heavy)
            for kind in ("static", "jpaas", "xxgk", "gbk_mislabelled")
        ),
    ],
)
one_kind = pytest.mark.parametrize("site_kind", ["jpage_web"])


def asked(watch: Watch, number: int) -> Asked:
    """What there is to say of an article today, and of another that stands."""
    path = watch.path(number)
    other = next(each for each in watch.standing() if each != number)
    return Asked(watch.site, path, watch.own(path), watch.own(watch.path(other)))


def told(watched: Watched, score: Callable, doubtful: frozenset[int] = frozenset()) -> None:
    """Nothing was made up and nothing lost; counted in the story's own row and in that of all."""
    judged = watched.judged(doubtful)
    for row in ("", "8.1"):
        score(watched.watch.faults, lost=len(judged.lost), invented=len(judged.invented), row=row)
    assert (judged.invented, judged.lost) == ([], [])


@some_kinds
@pytest.mark.fault("4.10", "8.1")
def test_block_pages_among_honest_ones_are_nothing_and_the_edits_beside_them_are_told(
    watched: Watched, site_kind: str, request: pytest.FixtureRequest, score
) -> None:
    watch, chance = watched.watch, Random(site_kind)
    blocks, absent = cycle(BLOCKS.values()), cycle(ABSENT.values())
    doubtful: set[int] = set()
    last = 2 if site_kind == "jpage_web" else 20
    for day in range(2, last + 1):
        watch.site.day = day
        numbers = chance.sample(sorted(watch.standing()), 21)
        once = [number for number in numbers[-2:] if number not in doubtful]
        doubtful |= set(once)
        instead = {number: next(blocks)(asked(watch, number)) for number in numbers[:-2]}
        instead |= {number: next(absent)(asked(watch, number)) for number in once}
        assert watch.night(day, Night(instead)).held_because is None
    watch.night(last)
    told(watched, score, frozenset(doubtful))


TWO = {name: BLOCKS[name] for name in ("a firewall's question", "a page cut in its text")}


@one_kind
@pytest.mark.fault("4.10", "8.1")
@pytest.mark.parametrize(
    "blocks",
    [TWO, pytest.param({**BLOCKS, **ABSENT}, marks=heavy)],
    ids=["two", "all"],
)
def test_a_block_page_in_the_place_of_every_article_is_no_event(
    watched: Watched, blocks: Mapping[str, Block], score
) -> None:
    watch = watched.watch
    for block in blocks.values():
        numbers = watch.standing()
        watch.night(1, Night({number: block(asked(watch, number)) for number in numbers}))
    watch.night(2)
    told(watched, score)


OUTAGES: dict[str, Callable[[Site], Answer]] = {
    "status 404": lambda site: notice(site, BLANKED, 404),
    "status 503": lambda _: Answer(503, b"", {}),
    "status 410": lambda site: notice(site, BLANKED, 410),
    "soft 404": lambda site: notice(site, BLANKED, 200),
    "nothing": lambda _: Answer(200, b"", HTML),
    "a firewall": lambda _: WAF,
    "the home page": lambda _: Answer(302, b"", {"Location": "/index.html"}),
}


@one_kind
@pytest.mark.fault("4.12", "8.1")
@pytest.mark.parametrize(
    "outage", [*list(OUTAGES)[:1], *(pytest.param(each, marks=heavy) for each in list(OUTAGES)[1:])]
)
def test_an_outage_of_three_nights_takes_nothing_down(watched: Watched, outage: str, score) -> None:
    watch = watched.watch
    for _ in range(3):
        watch.night(1, Night(everything=OUTAGES[outage](watch.site)))
    watch.night(2)
    told(watched, score)


LISTS: dict[str, Callable[[], Faults]] = {
    "half of the rows": lambda: Faults(slips=dict.fromkeys(range(1, 200), Slip.SHORT)),
    "no rows": lambda: Faults(empty_listings=True),
    "rows that come again": lambda: Faults(slips=dict.fromkeys(range(16, 200), Slip.REPEATS)),
    "no rows in the middle": lambda: Faults(slips=dict.fromkeys(range(16, 31), Slip.EMPTY)),
    "a total too high": lambda: Faults(total_drift=9),
    "a total too low": lambda: Faults(total_drift=-9),
    "no total": lambda: Faults(untold=True),
    "fewer rows than asked for": lambda: Faults(cap=4),
    "one row too many": lambda: Faults(pad=True),
    "a firewall": lambda: Faults(slips=dict.fromkeys(range(1, 200), Slip.WAF)),
    "failing answers": lambda: Faults(slips=dict.fromkeys(range(16, 200), Slip.FAILS)),
    "rows that come meanwhile": lambda: Faults(arrivals=3),
    "rows that leave meanwhile": lambda: Faults(departures=3),
}


@some_kinds
@pytest.mark.fault("4.13", "8.1")
def test_lists_that_are_empty_half_repeated_or_wrongly_counted_take_nothing_down(
    watched: Watched, site_kind: str, score
) -> None:
    watch = watched.watch
    some = list(LISTS.items())[:2] if site_kind == "jpage_web" else LISTS.items()
    flagged = {}
    for day, (name, faults) in enumerate(some, 2):
        watch.site.faults = faults()
        watch.night(day)
        flagged[name] = watched.flagged()
    watch.site.faults = Faults()
    watch.night(day)
    assert flagged["no rows"]
    assert flagged["half of the rows"] or site_kind == "static", "its lists stand in its pages"
    told(watched, score)


@heavy
@some_kinds
@pytest.mark.fault("4.11", "8.1")
def test_a_redesign_of_a_thousand_articles_is_five_edits_where_five_were_edited(
    site_kind: str, tmp_path, score
) -> None:
    place = File(tmp_path / "archive.db")
    few = Twists(pace=Pace(edited=0.005, moved=0, restored=0, taken_down=0.003, published=0.003))
    watch = Watch(place.url, Site(world=World(size=8, twists=few), kind=KINDS[site_kind]))
    watch.night(1)
    watch.site.skin = 1
    for day in (2, 2, 3):
        assert watch.night(day).held_because is None
    watch.faults = len(watch.today())
    told(Watched(watch, place), score)
    watch.archive.close()
