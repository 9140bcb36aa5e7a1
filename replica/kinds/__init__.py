"""The site kinds by name. To add one, write a module with a `Kind` and name it here."""

from replica.kinds.base import Kind
from replica.kinds.gbk import GBK
from replica.kinds.jpage_cloud import JPAGE_CLOUD
from replica.kinds.jpage_web import JPAGE_WEB

KINDS: dict[str, Kind] = {kind.name: kind for kind in (JPAGE_WEB, JPAGE_CLOUD, GBK)}
