"""From an address of a site to the article that is held of it."""

from starlette.routing import BaseRoute

from reading_room.asked import Asked, Elsewhere
from reading_room.here import path_to
from reading_room.params import BadQuestion
from reading_room.serving import page


def find(asked: Asked) -> Elsewhere:
    """The page of the article at an address of its site, or under HOST/CMS_ID."""
    address = asked.params.text("address")
    if address is None:
        raise BadQuestion("bad.address")
    path = path_to("articles", asked.archive.find(address).id)
    return Elsewhere(f"{path}.json" if asked.here.machine else path)


ROUTES: list[BaseRoute] = page("/find", find)
