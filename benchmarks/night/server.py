"""The site, served by a process of its own: `python -m benchmarks.night.server 100000 18080`.

It says a line on standard output when it listens, and answers until it is ended.
"""

import asyncio
import sys

from benchmarks.crawling.server import Door
from benchmarks.night.site import Answers


async def _serve(articles: int, port: int) -> None:
    answers = Answers(articles)
    server = await asyncio.get_running_loop().create_server(
        lambda: Door(answers), "127.0.0.1", port
    )
    print("listening", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
