"""What the archive refuses or cannot do; one class per thing that a person can do about it."""


class ArchiveError(Exception):
    """Root. The message is one line: what is wrong, where, and what to do."""


class NaiveTime(ArchiveError):
    """A time without its zone was handed to the archive. A programming error."""


class NoArchive(ArchiveError):
    """There is no archive at that address yet."""


class ArchiveUnusable(ArchiveError):
    """The database cannot be opened or written: read-only, corrupt, or not an archive."""


class ArchiveVersion(ArchiveError):
    """The database has another version of the schema than this program."""


class ArchiveLocked(ArchiveError):
    """Another program holds the database, or another crawl holds the site."""


class TookTooLong(ArchiveError):
    """A question was given up, since it took longer than whoever asked it allowed."""


class DiskFull(ArchiveError):
    """The disk has no room. Nothing of the open batch was written."""


class UnknownArticle(ArchiveError):
    """No such article, version or channel is held."""


class ExtraMissing(ArchiveError):
    """What was asked for needs a library that is not installed."""


class UnknownCrawl(ArchiveError):
    """There is no crawl of that number."""


class NotHeld(ArchiveError):
    """A crawl is to be released that is not held, or not any more."""


class NoCopy(ArchiveError):
    """A backup cannot be made there: something stands in its place, or the database is not one
    that this program copies."""
