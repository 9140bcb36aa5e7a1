"""What no database and no encoder takes is replaced before it is written. Pure."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def storable(value: T) -> T:
    """The same value; in its texts NUL and lone surrogates are U+FFFD.

    PostgreSQL takes no NUL, and a lone surrogate (a list in JSON that says `\\ud800`) is no UTF-8.
    Bytes are as they were received. Private-use and direction characters stay.

    >>> storable(("甲\\x00乙", {"备注": "\\ud800"})) == ("甲\\ufffd乙", {"备注": "\\ufffd"})
    True
    """
    return _storable(value)  # type: ignore[no-any-return]


def _storable(value: Any) -> Any:
    match value:
        case Enum():
            return value
        case str():
            return _UNFIT.sub("\ufffd", value)
        case tuple():
            return tuple(_storable(each) for each in value)
        case Mapping():
            return {_storable(key): _storable(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _mended(value)
    return value


def _mended(value: Any) -> Any:
    before = {field.name: getattr(value, field.name) for field in fields(value)}
    mended = {name: after for name, old in before.items() if (after := _storable(old)) != old}
    # The usual value is returned itself: an article keeps the digests that it has worked out.
    return replace(value, **mended) if mended else value
