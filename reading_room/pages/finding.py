"""From an address of a site to the article that is held of it."""

from starlette.routing import BaseRoute

from reading_room.asked import Asked, Elsewhere
from reading_room.params import BadQuestion
from reading_room.serving import page


def find(asked: Asked) -> Elsewhere:
    """The page of the article at an address of its site, or under HOST/CMS_ID."""
    address = asked.params.text("address")
    if address is None:
        raise BadQuestion("bad.address")
    twin = ".json" if asked.here.machine else ""
    return Elsewhere(asked.here.to("articles", f"{asked.archive.find(address).id}{twin}"))


ROUTES: list[BaseRoute] = page("/find", find)
