"""How an event is told in a few words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from cli.output import clean
from cli.words import WORDS, Language, Say

if TYPE_CHECKING:
    from storage.consult.consultation import Consultation

Names = Mapping[str, str]
"""What the channels of a site are called, by the CMS's id."""

STYLES = {
    "published": "green",
    "edited": "yellow",
    "missing": "red",
    "gone": "bold red",
    "restored": "green",
}


def event_name(kind: str, say: Say) -> str:
    """What this kind of event is called."""
    key = f"event.{kind}"
    return say(key) if key in WORDS else clean(kind)


def field_names(fields: tuple[str, ...], say: Say) -> str:
    """The names of content fields, as one text."""
    names = [say(f"field.{name}") for name in fields]
    return ("、" if say.language is Language.ZH else ", ").join(names)


def channel_names(archive: "Consultation", evidence: Iterable[Mapping[str, Any]]) -> Names:
    """What the channels are called that the evidence of events names by their ids."""
    from storage.consult.listings import channels_called

    keys = ("from", "to", "channels")
    ids = {str(each) for known in evidence for key in keys for each in known.get(key) or ()}
    return archive.ask(channels_called, ids) if ids else {}


def details(
    fields: tuple[str, ...], evidence: Mapping[str, Any], say: Say, names: Names | None = None
) -> str:
    """What is known of an event beyond its kind; channels by their `names` where those are
    known."""
    told = [field_names(fields, say)] if fields else []
    if "class" in evidence:
        told.append(say("evidence.class", value=evidence["class"]))
    if "from" in evidence and "to" in evidence:
        before, after = _listed(evidence["from"], names), _listed(evidence["to"], names)
        told.append(say("evidence.moved", before=before, after=after))
    if "channels" in evidence:
        told.append(say("evidence.channels", value=_listed(evidence["channels"], names)))
    if "gap_hours" in evidence:
        told.append(say("evidence.gap", hours=evidence["gap_hours"]))
        same = evidence.get("same_text")
        told.append(say("evidence.same_text" if same else "evidence.other_text"))
    return clean(("；" if say.language is Language.ZH else "; ").join(told))


def verdict_name(verdict: str | None, say: Say) -> str | None:
    """What a walk's verdict is called, with its number."""
    word, *rest = (verdict or "").split(" ")
    key = f"verdict.{word}"
    return say(key, n=rest[-1] if rest else "") if key in WORDS else verdict


def _listed(values: Any, names: Names | None) -> str:
    called = names or {}
    return ", ".join(called.get(str(value), str(value)) for value in values)
