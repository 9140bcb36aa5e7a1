"""A program: tries every pattern of the project on long texts that lead patterns into going back.

Prints the name of each pattern before it is tried, so that whoever limits this process's time
knows which one did not end. Patterns that its arguments name are left out."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator

ROOMS = ("crawler", "storage", "cli", "reading_room")
LENGTH = 20_000
STEPS = " \u3000\t\n<>-=.\"'/:1aA第年月日号〔（&;%"


def patterns() -> dict[str, re.Pattern]:
    """Every pattern that a module keeps, by where it stands."""
    found = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if module.name.endswith(".__main__") or "migrations" in module.name:
                continue
            names = vars(importlib.import_module(module.name))
            for name, value in names.items():
                for number, pattern in enumerate(_within(value)):
                    found[f"{module.name}.{name}.{number}"] = pattern
    return found


def _within(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _within(each)
    elif isinstance(value, dict):
        yield from _within(tuple(value.values()))


def texts(pattern: re.Pattern) -> Iterator[str]:
    """Long texts of one character, and of what the pattern itself names."""
    yield from (step * LENGTH for step in STEPS)
    for literal in re.findall(r"[<\w一-龥:=\"'/-]{2,20}", str(pattern.pattern))[:6]:
        yield literal * (LENGTH // len(literal))
        yield (literal + " ") * (LENGTH // (len(literal) + 1))


def main() -> None:
    excused = set(sys.argv[1:])
    for name, pattern in patterns().items():
        if name.rpartition(".")[0] in excused:
            continue
        print(name, flush=True)
        for text in texts(pattern):
            pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
    print("all")


if __name__ == "__main__":
    sys.exit(main())
