"""The OpenAPI 3.1 document, made from the operations themselves. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from reading_room.api.operation import Operation
from reading_room.api.parameters import Parameter
from reading_room.api.schema import Schemas
from reading_room.language import Say
from reading_room.problems import PROBLEM, Problem

VERSION = "1.0"
_PROBLEMS = ("400", "404", "503")


def document(operations: Iterable[Operation], say: Say) -> dict[str, Any]:
    """The document, in the language of who asks."""
    schemas = Schemas()
    problem = schemas.of(Problem)
    paths = {each.path: {"get": _operation(each, schemas, problem, say)} for each in operations}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": say("api.title"),
            "description": say("api.about"),
            "version": VERSION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas.named},
    }


def _operation(
    operation: Operation, schemas: Schemas, problem: Mapping[str, Any], say: Say
) -> dict[str, Any]:
    answered = {"application/json": {"schema": schemas.of(operation.answers)}}
    refused = {PROBLEM: {"schema": problem}}
    responses: dict[str, Any] = {"200": {"description": say("api.200"), "content": answered}}
    responses |= {
        status: {"description": say(f"status.{status}"), "content": refused} for status in _PROBLEMS
    }
    # Refused before the question is looked at: whoever asks so is no program of ours.
    plain = {"text/plain": {"schema": {"type": "string"}}}
    responses["414"] = {"description": say("api.414"), "content": plain}
    return {
        "operationId": operation.name,
        "summary": say(f"api.{operation.name}"),
        "parameters": [_parameter(each, say) for each in operation.parameters],
        "responses": responses,
    }


def _parameter(parameter: Parameter, say: Say) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "description": say(parameter.about),
        "required": parameter.required,
        "schema": parameter.schema,
    }
    return told | ({"style": "form", "explode": True} if parameter.repeated else {})
