"""Recorded pages of real sites, read where they lie: a folder beside the checkout."""

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest

PAGES = Path(__file__).resolve().parents[4] / "shared" / "pages"
NO_PAGES = pytest.mark.skip(reason=f"the recorded pages are not beside the checkout: {PAGES}")

ADDRESSES = {
    "fzggw.jiangsu.gov.cn__column__1.html": "http://fzggw.jiangsu.gov.cn/col/col284/index.html",
    "fzggw.zj.gov.cn__column__1.html": "https://fzggw.zj.gov.cn/col/col1229565788/index.html",
    "fzggw.zj.gov.cn__jpaas-unit__1.json": "https://fzggw.zj.gov.cn/col/col1229565788/index.html",
    "wzkj.wenzhou.gov.cn__dataproxy__1.xml": "http://wzkj.wenzhou.gov.cn/col/col1220132/index.html",
    "www.yuhang.gov.cn__dataproxy-fragment__1.xml": "http://www.yuhang.gov.cn/col/col1229165988/",
    "zfcg.nantong.gov.cn__datastore-truncated__1.xml": (
        "http://zfcg.nantong.gov.cn/col/col31685/index.html"
    ),
    "www.coscoshipping.com__home__1.html": "http://www.coscoshipping.com/",
}


class Recorded:
    """One recorded page with the labels that a person gave it."""

    def __init__(self, name, labels):
        self.name = name
        self.labels = labels
        self.text = (PAGES / name).read_text(encoding="utf-8")
        self.url = labels["url"] if labels["kind"] == "article" else ADDRESSES[name]

    @property
    def entries(self):
        """The labelled entries as (title, absolute address, day)."""
        return [
            (entry["title"], urljoin(self.url, entry["url"]), entry["date"])
            for entry in self.labels["entries"]
        ]


def _recorded(kind):
    if not PAGES.is_dir():
        return [pytest.param(None, marks=NO_PAGES)]
    labels = json.loads((PAGES / "labels.json").read_text(encoding="utf-8"))
    return [
        pytest.param(Recorded(name, label), id=name)
        for name, label in labels.items()
        if kind in (label["kind"], _page_of(name, label))
    ]


def _page_of(name, label):
    """`column` for a listing that is a channel's page and not an answer about one."""
    return "column" if label["kind"] == "listing" and name.endswith(".html") else None


def pytest_generate_tests(metafunc):
    for fixture, kind in (
        ("recorded_listing", "listing"),
        ("recorded_column", "column"),
        ("recorded_home", "home"),
        ("recorded_article", "article"),
    ):
        if fixture in metafunc.fixturenames:
            metafunc.parametrize(fixture, _recorded(kind))


@pytest.fixture
def recorded():
    """A recorded page by its name."""

    def find(name):
        if not PAGES.is_dir():
            pytest.skip(f"the recorded pages are not beside the checkout: {PAGES}")
        labels = json.loads((PAGES / "labels.json").read_text(encoding="utf-8"))
        return Recorded(name, labels[name])

    return find
