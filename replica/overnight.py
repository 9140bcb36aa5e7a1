"""What happens to the site between one day and the next."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from replica import channels, known, writing
from replica.content import Content
from replica.edits import ALL_EDITS, EDITS
from replica.pace import Pace, happening
from replica.state import Article, Change, ChangeKind, Day, Standing

_NEW_EACH_DAY = 3
_OF_ONE_OFFICE = 0.45


class Night:
    """One night's changes, made one after another; no article is touched twice."""

    def __init__(self, rng: Random, before: Day) -> None:
        self._rng = rng
        self._before = before
        self._day = before.number + 1
        self._articles = dict(before.articles)
        self._latest = max(before.articles)
        self._changes: list[Change] = []
        self._touched: set[int] = {known.NUMBER}

    def pass_by(self, size: float = 1) -> Day:
        """The next day. All kinds of change happen `size` times over, rounded up."""
        self._known_fate()
        for _ in range(math.ceil(size)):
            self._edit_some()
            self._revert_one()
            self._move_one()
            self._restore_one()
            self._take_down(Standing.TAKEN_DOWN)
            self._take_down(Standing.BLANKED)
            self._publish_some()
        return self._next_day()

    def rename_an_office(self) -> None:
        """Nearly half of the articles name another source from now on."""
        for article in list(self._untouched()):
            if article.content.source is not None and self._rng.random() < _OF_ONE_OFFICE:
                renamed = replace(article.content, source=f"{article.content.source}（改组）")
                self._edited(article, renamed, "renamed")

    def pass_at(self, pace: Pace) -> Day:
        """The next day of a site that changes by chance, at a pace."""
        down = sum(a.standing is not Standing.PUBLISHED for a in self._articles.values())
        here = len(self._articles) - down
        rng = self._rng
        self._known_fate()
        for _ in range(happening(rng, pace.edited * here)):
            self._edit_one(rng.choice([*ALL_EDITS, "revert"]))
        for _ in range(happening(rng, pace.moved * here)):
            self._move_one()
        for _ in range(happening(rng, pace.restored * down)):
            self._restore_one(rng.choice([None, None, *ALL_EDITS]))
        for _ in range(happening(rng, pace.taken_down * here)):
            self._take_down(rng.choice(list(Standing)[1:]))
        for _ in range(happening(rng, pace.published * here)):
            self._publish(rng.choice(channels.LEAVES).number, ago=1, how="")
        return self._next_day()

    def _next_day(self) -> Day:
        date = self._before.date + timedelta(days=1)
        return Day(self._day, date, self._articles, tuple(self._changes))

    def _known_fate(self) -> None:
        article = self._articles[known.NUMBER]
        match known.FATE.get(self._day):
            case None:
                return
            case "revert":
                self._edited(article, article.earlier[-1], "revert")
            case act:
                content = EDITS[act](self._rng, article.content)
                assert content is not None
                self._edited(article, content, act)

    def _edit_some(self) -> None:
        for act, edit in EDITS.items():
            for article in self._untouched():
                content = edit(self._rng, article.content)
                if content is not None:
                    self._edited(article, content, act)
                    break

    def _edit_one(self, act: str) -> None:
        if act == "revert":
            self._revert_one()
            return
        for article in self._untouched():
            content = ALL_EDITS[act](self._rng, article.content)
            if content is not None and content != article.content:
                self._edited(article, content, act)
                return

    def _revert_one(self) -> None:
        for article in self._untouched():
            if article.earlier:
                self._edited(article, article.earlier[-1], "revert")
                return

    def _move_one(self) -> None:
        swap = {channels.WORK: channels.NOTICES, channels.NOTICES: channels.WORK}
        for article in self._untouched():
            left = article.channels[0]
            if len(article.channels) == 1 and left in swap and not article.pinned:
                moved = replace(article, channels=(swap[left],), changed_on=self._day)
                self._keep(moved, Change(ChangeKind.MOVED, article.number, how=str(left)))
                return

    def _restore_one(self, act: str | None = None) -> None:
        """One article back; with another text where an edit can be made of it."""
        for article in self._untouched(published=False):
            edited = ALL_EDITS[act](self._rng, article.content) if act else None
            content = edited or article.content
            back = replace(
                article, standing=Standing.PUBLISHED, content=content, changed_on=self._day
            )
            fields = content.changed_fields(article.content)
            how = str(article.standing)
            self._keep(back, Change(ChangeKind.RESTORED, article.number, fields, how))
            return

    def _take_down(self, standing: Standing) -> None:
        for article in self._untouched():
            if not article.pinned:
                down = replace(article, standing=standing, changed_on=self._day)
                how = str(standing)
                self._keep(down, Change(ChangeKind.TAKEN_DOWN, article.number, how=how))
                return

    def _publish_some(self) -> None:
        for _ in range(_NEW_EACH_DAY):
            self._publish(self._rng.choice(channels.LEAVES).number, ago=1, how="")
        self._publish(channels.NOTICES, ago=self._rng.randint(30, 60), how="back-dated")

    def _publish(self, channel: int, *, ago: int, how: str) -> None:
        self._latest += self._rng.randint(2, 9)
        number = self._latest
        day = self._before.date + timedelta(days=1 - ago)
        content = writing.write(self._rng, channel, day)
        layout = self._rng.choice(writing.LAYOUTS)
        article = Article(number, (channel,), content, layout, changed_on=self._day)
        self._keep(article, Change(ChangeKind.NEW, number, how=how))

    def _edited(self, article: Article, content: Content, how: str) -> None:
        after = replace(
            article,
            content=content,
            earlier=(*article.earlier, article.content),
            changed_on=self._day,
        )
        fields = content.changed_fields(article.content)
        self._keep(after, Change(ChangeKind.EDITED, article.number, fields, how))

    def _keep(self, article: Article, change: Change) -> None:
        self._articles[article.number] = article
        self._touched.add(article.number)
        self._changes.append(change)

    def _untouched(self, *, published: bool = True) -> Iterator[Article]:
        """The articles not touched this night, in random order, of one standing."""
        numbers = sorted(self._articles.keys() - self._touched)
        self._rng.shuffle(numbers)
        for number in numbers:
            article = self._articles[number]
            if (article.standing is Standing.PUBLISHED) is published:
                yield article
