"""The reading room on a port of this machine, for clients of the world outside."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from reading_room.app import open_room


@pytest.fixture(scope="session")
def room(archive_url) -> Iterator[str]:
    """Where the reading room over the story is served, for as long as the tests last."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(open_room(archive_url), log_level="warning"))
    serving = threading.Thread(target=server.run, args=([listening],), daemon=True)
    serving.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    serving.join(20)
    listening.close()
