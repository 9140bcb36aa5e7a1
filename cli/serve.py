"""`cunzheng serve`: the reading room on the web."""

import socket
from typing import Annotated, Any

import typer

from cli.context import address, errors_told, settings_named, speaking
from cli.options import ArchiveUrl, Lang

_FAILED, _NO_SERVER = 1, 4
_INTERRUPTED = 130
"""As shells have it. uvicorn ends with KeyboardInterrupt, but now and then without a word."""
_BACKLOG = 2048
_MOST_CALLERS = 200
_PATIENCE_S = 3


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="option.host")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="option.port")] = 8000,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="option.name")
    ] = None,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    url = address(archive, say)
    with errors_told(say):
        import uvicorn  # here: no other command needs a server

        from reading_room.app import open_room

        room = open_room(url, [*(name or ()), *_named(host)])
    try:
        listening = _listening(host, port)
    except OSError as error:
        typer.echo(
            say("error.port", host=host, port=port, reason=error.strerror or error), err=True
        )
        raise typer.Exit(_NO_SERVER) from error
    shown = f"[{host}]" if ":" in host else host
    typer.echo(say("serve.open", url=f"http://{shown}:{listening.getsockname()[1]}/"))
    config = uvicorn.Config(
        room,
        log_level="warning",
        **_logging(),
        server_header=False,
        lifespan="on",
        limit_concurrency=_MOST_CALLERS,
        timeout_graceful_shutdown=_PATIENCE_S,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    raise typer.Exit(_INTERRUPTED if server.started else _FAILED)


def _logging() -> dict[str, Any]:
    """uvicorn's own way of logging, or lines of JSON where the settings ask for them."""
    if settings_named().get("LOG_LINES") != "json":
        return {}
    handler = {"class": "logging.StreamHandler", "formatter": "json"}
    return {
        "log_config": {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": "crawler.logs.JsonLines"}},
            "handlers": {"stderr": handler},
            "root": {"handlers": ["stderr"], "level": "WARNING"},
        }
    }


def _listening(host: str, port: int) -> socket.socket:
    """A socket that takes callers at that address. Raises OSError where it is taken or none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, where = found[0]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(where)
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    return made


def _named(host: str) -> list[str]:
    """The name under which the room is asked to be served is one of its own."""
    return [] if host.replace(".", "").isdigit() or ":" in host else [host]
