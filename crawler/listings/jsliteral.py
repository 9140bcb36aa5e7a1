"""JavaScript literals as pages hold them: objects and arrays with bare keys and single quotes.

Not JSON: keys are bare, strings single-quoted, values may be any expression. What is not a
literal (a name, a call, a function) is kept as its own text, `Bare`. Every character is looked
at once, whatever the text.
"""

import re
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

_DEEPEST = 40
_BLANK = re.compile(r"\s*+")
_KEY = re.compile(r"[\w$]++")
_PLAIN = re.compile(r"[^'\"`()\[\]{},;/]++")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_UNTIL = {quote: re.compile(rf"[^{quote}\\\r\n]*+") for quote in "'\"`"}
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_CODES = {"x": 2, "u": 4}
_NOTHING = frozenset({"null", "undefined"})


class Bare(str):
    """A value that is no quoted string: a number, a name, or an expression left as it is."""

    __slots__ = ()


class Unreadable(ValueError):
    """The text is no literal. `position` is where reading stopped."""

    def __init__(self, position: int) -> None:
        super().__init__(f"no JavaScript literal at {position}")
        self.position = position


def read(text: str, start: int = 0) -> tuple[Value, int]:
    """Read one value; returns it and the position after it. Raises Unreadable.

    >>> read("{col:1, webname:'某厅', list:['a','b',], f:function(x){return {a:x}}}")[0]
    {'col': '1', 'webname': '某厅', 'list': ['a', 'b'], 'f': 'function(x){return {a:x}}'}
    """
    reader = _Reader(text, start)
    value = reader.value(0)
    return value, reader.position


def read_arguments(text: str, start: int) -> list[Value]:
    """The arguments of a call whose opening bracket stands right before `start`.

    >>> read_arguments("f('/search.jsp?id='+a(b), 'div4', '', 3)", 2)
    ["'/search.jsp?id='+a(b)", 'div4', '', '3']
    """
    reader = _Reader(text, start)
    return reader.items(")", 0)


def pairs(value: Value) -> tuple[tuple[str, str], ...]:
    """An object as the form that a browser would send: scalars as text, expressions left out.

    >>> pairs(read("{col:1,appid:'1',path:'/',who:login(),key:null}")[0])
    (('col', '1'), ('appid', '1'), ('path', '/'), ('key', ''))
    """
    if not isinstance(value, dict):
        return ()
    return tuple(
        (name, _as_sent(item))
        for name, item in value.items()
        if isinstance(item, str) and (not isinstance(item, Bare) or _is_constant(item))
    )


def number(value: "Value | None") -> int | None:
    """The whole number that a value states, quoted or not; None for anything else."""
    found = isinstance(value, str) and re.fullmatch(r"\s*([0-9]{1,12})\s*", value)
    return int(found[1]) if found else None


def _is_constant(item: Bare) -> bool:
    return item in _NOTHING or item in ("true", "false") or bool(_NUMBER.fullmatch(item))


def _as_sent(item: str) -> str:
    return "" if isinstance(item, Bare) and item in _NOTHING else str(item)


class _Reader:
    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position

    def value(self, depth: int) -> Value:
        self._gap()
        start = self.position
        match self._here():
            case "{" if depth < _DEEPEST:
                return self._object(depth + 1)
            case "[" if depth < _DEEPEST:
                return self._array(depth + 1)
            case "'" | '"' | "`":
                return self._strings(start)
            case _:
                return self._bare(start)

    def _here(self) -> str:
        return self.text[self.position : self.position + 1]

    def _gap(self) -> None:
        while True:
            blank = _BLANK.match(self.text, self.position)
            self.position = blank.end() if blank else self.position
            if self.text.startswith("//", self.position):
                self._skip_past("\n")
            elif self.text.startswith("/*", self.position):
                self._skip_past("*/")
            else:
                return

    def _skip_past(self, end: str) -> None:
        found = self.text.find(end, self.position + 1)
        if found < 0:
            raise Unreadable(len(self.text))
        self.position = found + len(end)

    def _object(self, depth: int) -> dict[str, Value]:
        members: dict[str, Value] = {}
        self.position += 1
        while not self._closes("}"):
            name = self._name()
            self._expect(":")
            members[name] = self.value(depth)
            self._separator("}")
        return members

    def _array(self, depth: int) -> list[Value]:
        self.position += 1
        return self.items("]", depth)

    def items(self, bracket: str, depth: int) -> list[Value]:
        """The values up to the closing bracket, and over it."""
        items: list[Value] = []
        while not self._closes(bracket):
            items.append(self.value(depth))
            self._separator(bracket)
        return items

    def _closes(self, bracket: str) -> bool:
        self._gap()
        if self._here() != bracket:
            return False
        self.position += 1
        return True

    def _separator(self, bracket: str) -> None:
        self._gap()
        if self._here() == ",":
            self.position += 1
        elif self._here() != bracket:
            raise Unreadable(self.position)

    def _expect(self, sign: str) -> None:
        self._gap()
        if self._here() != sign:
            raise Unreadable(self.position)
        self.position += 1

    def _name(self) -> str:
        if self._here() in _UNTIL:
            return self._string()
        key = _KEY.match(self.text, self.position)
        if not key:
            raise Unreadable(self.position)
        self.position = key.end()
        return key[0]

    def _strings(self, start: int) -> str:
        """A string, or several joined by plus signs; anything more is an expression."""
        parts = [self._string()]
        while True:
            self._gap()
            if self._here() in (",", "}", "]", ")", ";", ""):
                return "".join(parts)
            if self._here() != "+":
                return self._bare(start)
            self.position += 1
            self._gap()
            if self._here() not in _UNTIL:
                return self._bare(start)
            parts.append(self._string())

    def _string(self) -> str:
        quote = self._here()
        self.position += 1
        parts: list[str] = []
        while True:
            run = _UNTIL[quote].match(self.text, self.position)
            if run:
                parts.append(run[0])
                self.position = run.end()
            sign = self._here()
            self.position += 1
            if sign == quote:
                return "".join(parts)
            if sign == "\\":
                parts.append(self._escape())
            elif sign and quote == "`":
                parts.append(sign)
            else:
                raise Unreadable(min(self.position, len(self.text)))

    def _escape(self) -> str:
        sign = self._here()
        self.position += 1
        width = _CODES.get(sign, 0)
        code = self.text[self.position : self.position + width]
        if width and re.fullmatch(rf"[0-9A-Fa-f]{{{width}}}", code):
            self.position += width
            return chr(int(code, 16))
        return _ESCAPED.get(sign, sign)

    def _bare(self, start: int) -> Bare:
        depth = 0
        while True:
            plain = _PLAIN.match(self.text, self.position)
            self.position = plain.end() if plain else self.position
            sign = self._here()
            if not sign and depth:
                raise Unreadable(len(self.text))
            if not sign or (not depth and sign in ",;)]}"):
                break
            depth += (sign in "([{") - (sign in ")]}")
            self._step(sign)
        if self.position == start:
            raise Unreadable(start)
        return Bare(self.text[start : self.position].strip())

    def _step(self, sign: str) -> None:
        """Over one sign inside an expression: a string or a comment as a whole."""
        if sign in _UNTIL:
            self._string()
        elif sign == "/" and self.text[self.position + 1 : self.position + 2] in ("/", "*"):
            self._gap()
        else:
            self.position += 1
