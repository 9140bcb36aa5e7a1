"""`python -m replica`: a small 大汉版通 site on loopback as a program, until it is told to stop."""

import argparse
import asyncio
import signal
import sys

from replica.kinds import ABOUT, KINDS
from replica.server import LOOPBACK, listening
from replica.site import Site
from replica.truth import World
from replica.twists import Twists


def main(arguments: list[str] | None = None) -> int:
    """Serves until SIGTERM or SIGINT. Answers 2 where the port is taken."""
    options = _parser().parse_args(arguments)
    on = options.twist
    twists = Twists(
        links="links" in on,
        twice="twice" in on,
        hidden="hidden" in on,
        varied="varied" in on,
        window=options.window,
    )
    world = World(options.seed, options.size, twists)
    site = Site(world=world, kind=KINDS[options.kind], day=options.day, skin=options.skin)
    try:
        asyncio.run(_run(site, options.host, options.port))
    except OSError as error:
        print(f"python -m replica: {error.strerror}", file=sys.stderr)
        return 2
    return 0


async def _run(site: Site, host: str, port: int) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with listening(site, host, port):
        print(_summary(site), flush=True)
        await stopped.wait()


def _summary(site: Site) -> str:
    today = site.world.on(site.day)
    listed = {row.article.number for c in today.channels for row in today.listed(c.number)}
    return (
        f"{site.url}/ day {site.day} ({today.date}): {len(today.channels)} channels, "
        f"{len(listed)} articles, kind {site.kind.name}"
    )


def _parser() -> argparse.ArgumentParser:
    kinds = "\n".join(f"  {name:<18}{about}" for name, about in ABOUT.items())
    parser = argparse.ArgumentParser(
        prog="python -m replica",
        description=__doc__,
        epilog=f"kinds:\n{kinds}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=7, help="another seed, another site")
    parser.add_argument("--day", type=_from_one, default=1, help="the simulated day, from 1")
    parser.add_argument(
        "--kind", choices=KINDS, default="jpage_web", metavar="KIND", help="see below"
    )
    parser.add_argument("--skin", type=int, choices=(0, 1), default=0, help="1: redesigned")
    parser.add_argument(
        "--twist",
        action="append",
        default=[],
        choices=("links", "twice", "hidden", "varied"),
        help="rows that lead elsewhere; what is pinned listed twice; a channel in no menu; "
        "articles over several pages, with films, sub-titles and notes",
    )
    parser.add_argument(
        "--window",
        type=_from_one,
        default=0,
        metavar="ROWS",
        help="no list shows more rows than that",
    )
    parser.add_argument("--port", type=int, default=8807, help="0 takes a free one")
    parser.add_argument("--host", choices=LOOPBACK, default="127.0.0.1")
    parser.add_argument("--size", type=float, default=1, help="1 is about 120 articles")
    return parser


def _from_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
