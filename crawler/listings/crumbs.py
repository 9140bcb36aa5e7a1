"""Where a page stands in its site's tree of channels: its breadcrumb, and the hidden twin of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from crawler import hanweb
from crawler.reading.breadcrumb import Step, drawn_steps, hidden_steps, introduced_steps


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the chain from the root to the page: a channel's address and its name."""

    url: str
    name: str


def find_crumbs(root: etree._Element, base: str) -> tuple[Crumb, ...]:
    """The channels from the root to the page, each named by the CMS; empty where none is shown.

    What is hidden comes first: it is what the CMS keeps, and the drawing is the template's.
    """
    ways = (hidden_steps, drawn_steps, introduced_steps)
    return next((found for way in ways if (found := _channels(way(root), base))), ())


def _channels(steps: Sequence[Step], base: str) -> tuple[Crumb, ...]:
    found = ((hanweb.absolute(href or "", base), name) for name, href in steps)
    return tuple(Crumb(url, name) for url, name in found if url and hanweb.channel_id(url))
