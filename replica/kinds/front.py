"""What a home page shows of the channels: the menu, and the newest rows of each."""

from collections.abc import Callable

from replica.channels import LEAVES, Channel, Tree
from replica.kinds.base import View
from replica.kinds.parts import link
from replica.state import Row

_HEADLINES = 6


def nav(tree: Tree, path_of: Callable[[Channel], str]) -> str:
    """The menu: the top of the tree, and what stands directly below."""

    def item(channel: Channel, css: str) -> str:
        return link(path_of(channel), channel.name, css)

    return "\n".join(
        f"<li>{item(top, 'top')}{''.join(item(c, 'sub') for c in tree.children(top))}</li>"
        for top in tree.children(None)
    )


def headlines(view: View, path_of: Callable[[Channel], str], href_of: Callable[[Row], str]) -> str:
    """A short list of each channel that publishes, under a link to its page."""
    standing = (view.day.tree.find(leaf.number) for leaf in LEAVES)
    return "\n".join(
        f"<h3>{link(path_of(channel), channel.name, 'more')}</h3>\n"
        f"<ul>\n{_items(view, channel, href_of)}\n</ul>"
        for channel in standing
        if channel
    )


def _items(view: View, channel: Channel, href_of: Callable[[Row], str]) -> str:
    return "\n".join(
        f"<li>{link(href_of(row), row.title)}<span>{row.dated:%m-%d}</span></li>"
        for row in view.day.rows(channel.number)[:_HEADLINES]
    )
