"""Types as JSON Schema (2020-12), as `storage.consult.plain` writes their values. Pure."""

import inspect
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
_PLAIN: Mapping[type, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


class Schemas:
    """Schemas by name, as they are met: each dataclass stands once."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type. Raises TypeError for one that no answer may hold."""
        if kind is Any:
            return {}
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        origin, parts = get_origin(kind) or kind, get_args(kind)
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(part) for part in parts]}
        if origin is tuple:
            return self._tuple(parts)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(parts[1])}
        if isinstance(origin, type) and issubclass(origin, StrEnum):
            return {"type": "string", "enum": [each.value for each in origin]}
        if is_dataclass(origin) and isinstance(origin, type):
            return self._dataclass(origin, parts)
        raise TypeError(f"no answer may hold {kind!r}")

    def _tuple(self, parts: tuple[Any, ...]) -> Schema:
        if parts[-1] is Ellipsis:
            return {"type": "array", "items": self.of(parts[0])}
        each = [self.of(part) for part in parts]
        return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}

    def _dataclass(self, kind: type, parts: tuple[Any, ...]) -> Schema:
        name = "Of".join([kind.__name__, *(part.__name__ for part in parts)])
        if name not in self.named:
            self.named[name] = {}  # so that one that holds itself ends
            self.named[name] = self._object(kind, parts)
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, kind: type, parts: tuple[Any, ...]) -> Schema:
        hints = get_type_hints(kind)
        given = dict(zip(getattr(kind, "__parameters__", ()), parts, strict=True))
        names = [field.name for field in fields(kind)]
        return {
            "type": "object",
            "description": " ".join((inspect.getdoc(kind) or "").split()),
            "properties": {name: self.of(_filled(hints[name], given)) for name in names},
            "required": names,
        }


def _filled(kind: Any, given: Mapping[Any, Any]) -> Any:
    """A type with its variables replaced."""
    if isinstance(kind, TypeVar):
        return given[kind]
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        return tuple[tuple(_filled(part, given) for part in parts)]  # type: ignore[misc]
    return kind
