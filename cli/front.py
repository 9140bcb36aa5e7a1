"""The command's front: its help in the language of whoever asks."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup

from cli.words import WORDS, Language, Say, language_of


class Told(TyperCommand):
    """One command, whose help is keys of the catalogue until `tell` puts in the words."""

    say: Say = Say(Language.EN)

    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx), self.say)


class Front(TyperGroup):
    """All commands. Typer builds it anew for each run, so each has its own language."""

    say: Say = Say(Language.EN)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        given = [_whole(arg) for arg in (sys.argv[1:] if args is None else args)]
        say = Say(_asked(given) or language_of(os.environ))
        for command in (self, *self.commands.values()):
            _tell(command, say)
        return super().main(given, *rest, **extra)

    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx), self.say)


def _whole(arg: str) -> str:
    """An argument without the halves of characters that a terminal in another encoding sends."""
    return arg.encode("utf-8", "replace").decode()


def _asked(args: Sequence[str]) -> Language | None:
    """The language that `--lang` names, before anything else is read."""
    for at, arg in enumerate(args):
        name, _, value = arg.partition("=")
        if name == "--lang":
            wanted = value or next(iter(args[at + 1 :]), "")
            return next((language for language in Language if language == wanted), None)
    return None


def _tell(command: Any, say: Say) -> None:
    command.say = say
    command.help = _said(command.help, say)
    command.epilog = _said(command.epilog, say)
    command.rich_help_panel = say("panel.commands")
    for param in command.params:
        param.help = _said(param.help, say)
        panel = "panel.arguments" if isinstance(param, TyperArgument) else "panel.options"
        param.rich_help_panel = say(panel)


def _told(option: Any, say: Say) -> Any:
    if option is not None:
        option.help = say("option.help")
        option.rich_help_panel = say("panel.options")
    return option


def _said(text: str | None, say: Say) -> str | None:
    return say(text) if text is not None and text in WORDS else text
