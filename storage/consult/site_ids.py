"""The id of a site by its host, as a part of a question.

A table that names the site itself is asked for its id and not joined with `sites`: the database
then takes the site's rows from an index in their order, where it would look through all of them.
"""

from sqlalchemy import ScalarSelect, select

from storage.schema import sites


def id_of_site(host: str) -> ScalarSelect[int]:
    """The id of the site with that host; NULL where there is none."""
    return select(sites.c.id).where(sites.c.host == host).scalar_subquery()
