"""ZIP files from strangers: held to limits before they are unpacked; XML without entities."""

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from crawler.documents.values import Limits, Reason, Unreadable

# Small documents may well compress beyond any ratio: a sheet of empty, formatted rows does.
_SMALL = 20 * 2**20
_ENCRYPTED = 0x1
_XML = (".xml", ".rels")
_HEAD = 4096


class Packed:
    """A document that is a ZIP of parts. Raises Unreadable from every method."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = unpackable(data, limits)
        self._names = frozenset(self._zip.namelist())
        if any(part.flag_bits & _ENCRYPTED for part in self._zip.infolist()):
            raise Unreadable(Reason.ENCRYPTED)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def refuse_entities(self) -> None:
        """For a library that would read the parts itself. Raises Unreadable (ENTITIES)."""
        for name in self._names:
            if name.endswith(_XML):
                with self._zip.open(name) as part:
                    if b"<!DOCTYPE" in part.read(_HEAD):
                        raise Unreadable(Reason.ENTITIES)

    def xml(self, name: str) -> Element:
        """The root of one part. Raises Unreadable where it is missing, damaged or hostile."""
        try:
            root: Element = fromstring(self._zip.read(name), forbid_dtd=True)
        except DefusedXmlException as error:
            raise Unreadable(Reason.ENTITIES) from error
        except (KeyError, ParseError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise Unreadable(Reason.DAMAGED) from error
        return root


def unpackable(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The ZIP, if it declares no more than is allowed: zipfile gives no byte beyond that.

    Raises Unreadable (BOMB, DAMAGED).
    """
    packed = zip_of(data)
    if unpacks_hugely(packed, len(data), limits):
        raise Unreadable(Reason.BOMB)
    return packed


def zip_of(data: bytes) -> zipfile.ZipFile:
    """The ZIP, opened and nothing of it unpacked. Raises Unreadable (DAMAGED)."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise Unreadable(Reason.DAMAGED) from error


def unpacks_hugely(packed: zipfile.ZipFile, size: int, limits: Limits) -> bool:
    """Whether what a ZIP of `size` bytes declares is beyond the limits."""
    parts = packed.infolist()
    total = sum(part.file_size for part in parts)
    dense = total > _SMALL and total > limits.ratio * size
    return len(parts) > limits.files or total > limits.unpacked or dense


def local(node: Element) -> str:
    """An element's name without its namespace.

    >>> local(Element("{urn:x}p"))
    'p'
    """
    return str(node.tag).rpartition("}")[2]


def beside(part: str, location: str) -> str:
    """A part's name, as another part of the same ZIP refers to it.

    >>> beside("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), beside("OFD.xml", "/Doc_0/D.xml")
    ('Doc_0/Pages/Page_0/Content.xml', 'Doc_0/D.xml')
    """
    joined = posixpath.join("/", posixpath.dirname(part), location)
    return posixpath.normpath(joined).lstrip("/")
