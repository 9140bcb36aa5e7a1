"""`scrapy crawl`, with an exit code that means something and a report of one screen."""

import argparse
import json
import logging
import os
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl

from cli.output import clean
from cli.report_lines import fell_short, happened, unusual
from cli.words import Language, Say, language_of
from cli.words_crawl import in_chinese
from crawler.archiving import ArchivingSpider
from crawler.ending import ExitCode, exit_code
from crawler.logs import FORMATS, be_discreet, log_as_json
from crawler.progress.ways import WAYS
from crawler.report import report
from storage import ArchiveError, Consultation
from storage.consult.nights import night


class Command(ScrapyCrawl):
    """Runs one spider. Scrapy's own command exits with 0 on nearly everything; this one keeps the
    contract of docs/operating.md."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--progress",
            choices=WAYS,
            help="how far the crawl has come: a table on a terminal and lines elsewhere (auto), "
            "lines (plain), JSON lines (json), nothing (none)",
        )

        parser.add_argument(
            "--log-format",
            choices=FORMATS,
            help="logs as lines for people (text), or as JSON, a document a line (json)",
        )

        parser.add_argument(
            "--lang",
            choices=[each.value for each in Language],
            help="in which language what is said to people is",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        assert self.settings is not None
        if opts.progress is not None:
            self.settings.set("PROGRESS", opts.progress, priority="cmdline")
        if opts.lang is not None:
            os.environ["CUNZHENG_LANG"] = opts.lang
            self.settings.set("LOCALE", opts.lang, priority="cmdline")
        if opts.log_format is not None:
            self.settings.set("LOG_LINES", opts.log_format, priority="cmdline")
        if self._as_json:  # what is logged before the spider is there is JSON, too
            log_as_json(self.settings)
        be_discreet(self.settings)

    @property
    def _as_json(self) -> bool:
        assert self.settings is not None
        return bool(self.settings["LOG_LINES"] == "json")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process is not None
        known = sorted(self.crawler_process.spider_loader.list())
        if len(args) != 1 or args[0] not in known:
            asked = f"there is no spider {args[0]}" if args else "say which spider"
            self._end(ExitCode.USAGE, f"{asked}; there are: {', '.join(known)}")
            return
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        spider = crawler.spider
        if not isinstance(spider, ArchivingSpider) or spider.ending is None:
            self.exitcode = ExitCode.INTERNAL
            return
        code = exit_code(spider.ending)
        if spider.problem is not None:
            self._end(code, spider.problem.line)
        else:
            lines = [_told(report(spider.name, spider.target(), spider.ending, code))]
            lines += [f"  {x}" for x in _from_archive(spider.archive.url, spider.ending.crawl_id)]
            self._tell("\n".join(lines), code, spider.ending.crawl_id)
            self.exitcode = code

    def _tell(self, text: str, code: ExitCode, crawl: int | None) -> None:
        """The report: as people read it, or one JSON document in one line."""
        told = {"report": text, "crawl": crawl, "exit_code": int(code), "ending": code.name}
        print(json.dumps(told, ensure_ascii=False) if self._as_json else text)

    def _end(self, code: ExitCode, line: str) -> None:
        if self._as_json:
            logging.getLogger("cunzheng").error(_told(line))
        else:
            print(f"cunzheng: {_told(line)}", file=sys.stderr)
        self.exitcode = code


def _from_archive(url: str, crawl_id: int | None) -> list[str]:
    """What the archive adds: what happened to articles, why lists fell short, what is unusual."""
    if crawl_id is None:
        return []
    say = Say(language_of(os.environ))
    try:
        archive = Consultation.open(url)
        try:
            (crawl,) = archive.ask(night, crawl_id).crawls
        finally:
            archive.close()
    except ArchiveError:  # the crawl has ended well: that it cannot be told more of is no failure
        return []
    return [
        clean(line)
        for line in (*happened(crawl, say), *fell_short(crawl, say), *unusual(crawl, say))
    ]


def _told(text: str) -> str:
    """What the crawler says, in the language of the operator's locale."""
    return in_chinese(text) if language_of(os.environ) is Language.ZH else text
