"""The addresses of the API, and the page that describes it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from reading_room.api import articles, changes, holdings
from reading_room.api.document import document
from reading_room.api.operation import Operation, Question
from reading_room.asked import Answer, Asked
from reading_room.serving import page, place_of, question_of, speaking
from storage.consult.plain import plain

OPERATIONS: tuple[Operation, ...] = (
    *holdings.OPERATIONS,
    *articles.OPERATIONS,
    *changes.OPERATIONS,
)


def described(asked: Asked) -> Answer:
    """What the API answers, for people to read."""
    return Answer("api.html", {"operations": OPERATIONS}, document(OPERATIONS, asked.say))


def openapi(request: Request) -> Response:
    """The same for programs."""
    return JSONResponse(document(OPERATIONS, speaking(request)))


def _route(operation: Operation) -> BaseRoute:
    def answer(request: Request) -> Response:
        values = operation.read(request.path_params, request.query_params)
        archive = question_of(request).archive
        found = operation.ask(Question(archive, values, place_of(request)))
        return JSONResponse(plain(found), headers={"cache-control": "no-cache"})

    return Route(operation.path, answer, methods=["GET"])


ROUTES: list[BaseRoute] = [
    *page("/api", described),
    Route("/openapi.json", openapi, methods=["GET"]),
    *(_route(operation) for operation in OPERATIONS),
]
