"""Peculiar worlds: what a list may hold besides articles, and what becomes of channels."""

from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from replica import KINDS, Fate, Link, Placed, Turn, Twists, World, serve
from replica.channels import CHANNELS, CONDUCT, DRIVES, NEWS, NOTICES, OPEN, READINGS, TOPICS
from tests.replica.walkers import read, walk

PLAIN = World(seed=7)
ODD = World(seed=7, twists=Twists(links=True, twice=True, hidden=True))
FATES = (
    Fate(CONDUCT, 2, Turn.RENAMED, "作风效能"),
    Fate(READINGS, 2, Turn.EMPTIED),
    Fate(READINGS, 3, Turn.VANISHED),
    Fate(CONDUCT, 3, Turn.MERGED, into=NOTICES),
)
FATED = World(seed=7, twists=Twists(fates=FATES))


@pytest.fixture(scope="module", params=sorted(KINDS))
def odd(request):
    with serve(ODD, kind=request.param) as site:
        yield site


@pytest.fixture(scope="module", params=sorted(KINDS))
def fated(request):
    with serve(FATED, kind=request.param) as site:
        yield site


def status(site, url):
    try:
        with urlopen(urljoin(site.url, url)) as response:
            return response.status
    except HTTPError as error:
        with error:
            return error.code


def paths(site, channel):
    return [path for path, _ in walk(site, channel).rows]


def test_no_twist_is_the_plain_world():
    assert World(seed=7, twists=Twists()).on(3) == PLAIN.on(3)
    assert not any(isinstance(row, Link) for row in PLAIN.on(1).rows(NOTICES))


def test_a_list_may_lead_to_other_hosts_and_to_a_file(odd):
    rows = ODD.on(1).rows(NOTICES)
    truth = [odd.kind.article_path(r) if isinstance(r, Placed) else r.url for r in rows]
    assert paths(odd, NOTICES) == truth
    links = [row.url for row in rows if isinstance(row, Link)]
    assert [url.partition("/")[0] for url in links] == ["https:", "http:", ""]
    with urlopen(odd.url + links[-1]) as response:
        assert response.headers["Content-Type"] == "application/pdf"


def test_what_is_pinned_may_stand_in_its_place_as_well():
    first, *others = ODD.on(1).listed(NOTICES)
    assert first.article.pinned
    assert others.index(first) > 5
    assert len(ODD.on(1).listed(NOTICES)) == len(PLAIN.on(1).listed(NOTICES)) + 1


def test_a_hidden_channel_is_named_by_its_articles_alone(odd):
    address = odd.kind.channel_path(ODD.on(1).tree.named(DRIVES))
    for page in ("/", *(odd.channel_url(c.number) for c in CHANNELS)):
        assert address not in read(odd, page)
    hidden = ODD.on(1).listed(DRIVES)
    assert len(hidden) == 3
    assert address in read(odd, odd.kind.article_path(hidden[0]))
    assert paths(odd, DRIVES) == [odd.kind.article_path(row) for row in hidden]
    assert {*hidden} < {*ODD.on(1).listed(TOPICS)} < {*ODD.on(1).listed(NEWS)}


def test_a_plain_world_has_no_hidden_channel():
    with serve(PLAIN) as site:
        assert status(site, site.channel_url(DRIVES)) == 404


def test_a_channel_may_be_renamed_on_a_day(fated):
    shown = {}
    for day in (1, 2):
        fated.day = day
        shown[day] = read(fated, fated.channel_url(CONDUCT)) + read(fated, "/")
    assert "作风效能" not in shown[1]
    assert "作风效能" in shown[2]
    assert ">作风建设<" not in shown[2]


def test_a_channel_may_be_emptied_while_its_articles_stay(fated):
    fated.day = 1
    before = walk(fated, READINGS).rows
    fated.day = 2
    assert before
    assert walk(fated, READINGS).rows == []
    assert not {path for path, _ in before} & {*paths(fated, OPEN)}
    assert {status(fated, path) for path, _ in before[:3]} <= {200, 404}
    assert status(fated, before[-1][0]) == 200


def test_a_channel_may_vanish(fated):
    fated.day = 3
    address = fated.kind.channel_path(PLAIN.on(1).tree.named(READINGS))
    assert status(fated, address) == 404
    assert address not in read(fated, "/")
    assert address not in read(fated, fated.channel_url(OPEN))
    assert READINGS not in [channel.number for channel in FATED.on(3).channels]
    placed = (FATED.on(3).placed(n, READINGS) for n in FATED.on(3).articles)
    stays = next(p for p in placed if p and p.article.standing == "published")
    assert status(fated, fated.kind.article_path(stays)) == 200


def test_a_channel_may_be_merged_into_another(fated):
    fated.day = 2
    before = FATED.on(2).listed(CONDUCT)
    fated.day = 3
    whole = fated.kind.channel_path(PLAIN.on(1).tree.named(NOTICES))
    assert status(fated, fated.kind.channel_path(PLAIN.on(1).tree.named(CONDUCT))) == 404
    stays = [row for row in before if row in FATED.on(3).listed(NOTICES)]
    assert len(stays) > len(before) / 2
    assert {fated.kind.article_path(row) for row in stays} < {*paths(fated, NOTICES)}
    assert whole in read(fated, fated.kind.article_path(stays[0])), "its breadcrumb leads there"
    assert not {*stays} & {*FATED.on(3).listed(NEWS)}


def test_a_window_cuts_every_list_to_its_newest_rows_and_takes_no_page_away():
    cut = World(seed=7, twists=Twists(window=40))
    whole = PLAIN.on(2).rows(NOTICES)
    assert cut.on(2).rows(NOTICES) == whole[:40]
    with serve(cut, kind="static", day=2) as site:
        assert len(paths(site, NOTICES)) == 40
        assert status(site, site.kind.article_path(whole[-1])) == 200
