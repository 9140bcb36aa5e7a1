"""Sending a message to the addresses that the operator gave, through apprise. An address holds its
secret, so that it is named by its place and its service alone."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from storage.errors import ExtraMissing


class NoAddress(ValueError):
    """An address that is none; `place` is its place in the list, from 1."""

    def __init__(self, place: int) -> None:
        super().__init__(f"address {place}")
        self.place = place


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether a message reached one address."""

    place: int
    service: str
    arrived: bool


def send(addresses: Sequence[str], title: str, body: str) -> tuple[Delivery, ...]:
    """Send a message to each address. Raises NoAddress before anything is sent, ExtraMissing where
    apprise is not installed."""
    try:
        from apprise import Apprise, AppriseAsset, NotifyFormat, PersistentStoreMode
    except ImportError as error:
        raise ExtraMissing("cunzheng notify needs apprise: pip install -e '.[notify]'") from error
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines name addresses whole
    asset = AppriseAsset(
        app_id="Cunzheng",
        app_desc="存证",
        app_url="",
        storage_mode=PersistentStoreMode.MEMORY,
        secure_logging=True,
    )
    targets = []
    for place, address in enumerate(addresses, 1):
        target = Apprise.instantiate(address, asset=asset, suppress_exceptions=True)
        if target is None:
            raise NoAddress(place)
        targets.append(target)
    return tuple(
        Delivery(
            place,
            str(target.service_name),
            bool(target.notify(body=body, title=title, body_format=NotifyFormat.TEXT)),
        )
        for place, target in enumerate(targets, 1)
    )


def addresses_of(setting: str) -> tuple[str, ...]:
    """The addresses that a setting holds, with white space between them.

    >>> addresses_of(" json://127.0.0.1/a \\n wecombot://key ")
    ('json://127.0.0.1/a', 'wecombot://key')
    """
    return tuple(setting.split())
