"""What an operation may be asked with: each parameter says how it is read and how it is described,
in one place. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from reading_room.api.dates import DAY, MOMENT, fits
from reading_room.cursors import opened
from reading_room.language import Language
from reading_room.params import LONGEST, MOST_WORDS, BadQuestion
from storage.consult.moments import beijing_day, first_moment, last_moment

_MOST_ID = 999_999_999
_SPACES = r"\t-\r \u00a0\u3000"  # named one by one: what \s is differs between languages
_FEW_WORDS = rf"^[{_SPACES}]*(?:[^{_SPACES}]+[{_SPACES}]+){{0,{MOST_WORDS - 1}}}[^{_SPACES}]*$"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address. `read` takes what was typed, and raises BadQuestion for what
    `schema` does not allow; `about` is the key of the words that describe it."""

    name: str
    about: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]
    default: Any = None
    required: bool = False
    repeated: bool = False
    place: str = "query"


def text(name: str, about: str | None = None, *, required: bool = False) -> Parameter:
    """Words as typed; nothing but white space is nothing."""
    schema = {"type": "string", "maxLength": LONGEST}
    return Parameter(name, _about(name, about), schema, partial(_text, name), required=required)


def words(name: str, *, required: bool = False) -> Parameter:
    """Some words, apart by white space: a tuple of them."""
    schema = {"type": "string", "maxLength": LONGEST, "pattern": _FEW_WORDS}
    read, about = partial(_words, name), _about(name)
    return Parameter(name, about, schema, read, default=(), required=required)


def choice(name: str, allowed: type[StrEnum] | Iterable[str], default: Any = None) -> Parameter:
    """One of the values of an enumeration."""
    known = [str(each) for each in allowed]
    schema = {"type": "string", "enum": known} | ({"default": str(default)} if default else {})
    made = allowed if isinstance(allowed, type) else str
    return Parameter(name, _about(name), schema, partial(_choice, name, known, made), default)


def several(name: str, allowed: type[StrEnum] | Iterable[str]) -> Parameter:
    """Any of the values of an enumeration: the parameter may be repeated."""
    one = choice(name, allowed)
    schema = {"type": "array", "items": one.schema}
    return Parameter(name, one.about, schema, one.read, default=(), repeated=True)


def number(name: str, default: int | None, most: int, *, place: str = "query") -> Parameter:
    """A number from 1 to `most`."""
    schema: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": most}
    if default is not None:
        schema["default"] = default
    read = partial(_number, name, most)
    required = place == "path"
    return Parameter(name, _about(name), schema, read, default, required, place=place)


def flag(name: str) -> Parameter:
    """Yes or no."""
    schema = {"type": "boolean", "default": False}
    return Parameter(name, _about(name), schema, partial(_flag, name), default=False)


def moment(name: str, *, last: bool) -> Parameter:
    """A moment; of a day, month or year its last, or its first."""
    schema = {"type": "string", "pattern": MOMENT, "examples": ["2026-03-01", "2026-03-01T08:00Z"]}
    return Parameter(name, _about(name), schema, partial(_moment, name, MOMENT, last))


def day(name: str, *, last: bool) -> Parameter:
    """A day in Beijing; of a month or year its last, or its first."""
    schema = {"type": "string", "pattern": DAY, "examples": ["2026-03-01", "2026-03"]}

    def read(typed: str) -> Any:
        return beijing_day(_moment(name, DAY, last, typed))

    return Parameter(name, _about(name), schema, read)


def cursor(*kinds: type) -> Parameter:
    """Where the page before ended: what its `next` says."""
    schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,400}$"}
    return Parameter("after", _about("after"), schema, partial(_cursor, kinds))


def in_path(name: str, pattern: str, read: Callable[[str], Any]) -> Parameter:
    """A part of the path; `read` takes what is of the pattern."""

    def checked(typed: str) -> Any:
        if not fits(pattern, typed):
            raise BadQuestion("bad.part", name=name, value=typed[:LONGEST])
        return read(typed)

    schema = {"type": "string", "pattern": pattern}
    return Parameter(name, _about(name), schema, checked, required=True, place="path")


def numbered(name: str = "id") -> Parameter:
    """A number of the archive's own, as part of the path."""
    return number(name, None, _MOST_ID, place="path")


def _about(name: str, about: str | None = None) -> str:
    return f"api.p.{about or name}"


def _text(name: str, typed: str) -> str | None:
    if len(typed) > LONGEST:
        raise BadQuestion("bad.long", name=name, most=LONGEST)
    return typed.replace("\x00", "").strip() or None


def _words(name: str, typed: str) -> tuple[str, ...]:
    plain = _text(name, typed) or ""
    if not fits(_FEW_WORDS, typed):
        raise BadQuestion("bad.words", name=name, most=MOST_WORDS)
    return tuple(plain.split())


def _choice(name: str, known: list[str], made: Callable[[str], Any], typed: str) -> Any:
    if typed not in known:
        told = " · ".join(known)
        raise BadQuestion("bad.choice", name=name, value=typed[:LONGEST], known=told)
    return made(typed)


def _number(name: str, most: int, typed: str) -> int:
    plain = typed.isascii() and typed.isdigit() and len(typed) <= len(str(_MOST_ID))
    if not plain or not 1 <= int(typed) <= most:
        raise BadQuestion("bad.number", name=name, value=typed[:LONGEST], most=most)
    return int(typed)


def _flag(name: str, typed: str) -> bool:
    return bool(_choice(name, ["true", "false"], str, typed) == "true")


def _moment(name: str, pattern: str, last: bool, typed: str) -> Any:
    if not fits(pattern, typed):
        raise BadQuestion("bad.date", name=name, value=typed[:LONGEST])
    return last_moment(typed) if last else first_moment(typed)


def _cursor(kinds: tuple[type, ...], typed: str) -> Any:
    try:
        return opened(typed, kinds)
    except ValueError as error:
        raise BadQuestion("bad.cursor") from error


AS_OF = moment("as_of", last=True)
LANG = choice("lang", Language)
