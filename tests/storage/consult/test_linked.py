"""Addresses that lead to articles which are held."""

from storage.consult.linked import articles_at
from tests.storage.story import MOVED, NOTICES, POLICIES, QUIET, address


def test_addresses_in_any_spelling_lead_to_their_articles(archive, article):
    quiet = address(QUIET).replace("http://", "https://") + "#top"
    elsewhere = "http://www.example.org/art_11_1001.html"
    asked = [quiet, elsewhere, "javascript:alert(1)", "http://[::1", ""]
    assert archive.ask(articles_at, asked) == {quiet: article(QUIET).id}
    assert archive.ask(articles_at, []) == {}


def test_an_address_under_any_channel_leads_there(archive, article):
    urls = [address(MOVED, NOTICES), address(MOVED, POLICIES)]
    assert archive.ask(articles_at, urls) == dict.fromkeys(urls, article(MOVED).id)
