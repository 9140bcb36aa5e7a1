"""The archive: it keeps every dated version of the articles, and answers questions about them."""

from storage.archive import Archive
from storage.article import Article, ArticleKey, Attachment
from storage.consult import Consultation
from storage.errors import ArchiveError

__all__ = ["Archive", "ArchiveError", "Article", "ArticleKey", "Attachment", "Consultation"]
