"""Stocks that are kept: generated once into a folder that git ignores, and used again."""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.stock.filling import fill
from benchmarks.stock.plan import Stock
from storage import migrations
from storage.engine import opened

FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "stock"


def kept(stock: Stock, progress: Callable[[str], None] | None = None) -> str:
    """The address of an SQLite archive that holds the stock, made where there is none yet."""
    path = FOLDER / f"{stock.articles}-{stock.seed}.db"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half.db")
        for leftover in path.parent.glob(f"{half.name}*"):
            leftover.unlink()
        fill(f"sqlite:///{half}", stock, processes=2, progress=progress or tell)
        half.rename(path)
    url = f"sqlite:///{path}"
    with opened(url) as engine, engine.begin() as connection:
        migrations.upgrade(connection)
    return url


def tell(what: str) -> None:
    """A line for whoever waits, past what a program prints."""
    print(f"filling: {what}", file=sys.stderr, flush=True)
