"""Names by the network: only stretches of text in which the gate sees a possible name are read."""

from __future__ import annotations

import math
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from operator import attrgetter

from pii_guard.detect.person.candidates import foreign
from pii_guard.detect.person.evidence import evidence
from pii_guard.detect.person.gate import open_places
from pii_guard.detect.person.shape import is_han
from pii_guard.detect.person.spans import Span
from pii_guard.detect.person.spans import spans
from pii_guard.detect.person.titles import TITLE_END
from pii_guard.model import DOCUMENT_BREAK
from pii_guard.model import Hit
from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

LOOSE, STRICT = -8.0, 0.0  # scores of the gate, in a short text or near names and elsewhere
LIKELY = -4.0  # from here on a place counts as a possible beginning
SHORT, NEAR = 2000, 256  # characters
TALK = 0.3  # what a name in talk must weigh: nicknames and wares look like names
LONGEST = 80
BEFORE, BEHIND = 12, 16  # what the network sees around a possible name, within the clause
MANY, GIBBERISH = 40, 0.8  # so many possible beginnings, in so large a share of the characters: no language
_BREAKS = "\n\x1f。！？!?；;，,"
_CHATTER = lazy(r"[您请吗呢谢亲啊哦]|@[^\s@]|转发|\[[^\[\]\n]{1,4}\]")  # talk and microblogs: full of nicknames
_NO_NAME = lazy(r"[·•][A-Z]?[0-9]|[*＊]")  # VA·03827, 鲁B·D08163 are plates; 何·*** was masked
_PAGE_END = lazy(DOCUMENT_BREAK)
_LEAD = lazy(rf"[^{_BREAKS}]{{0,{BEFORE}}}\Z")
_TAIL = lazy(rf"[^{_BREAKS}]{{0,{BEHIND}}}[。！？!?；;，,]?")

Stretch = tuple[int, int]


def windows(text: str, places: Collection[int]) -> list[Stretch]:
    """The stretches around possible names: those that touch within a clause are one, of LONGEST at most."""
    found: list[Stretch] = []
    start = end = -1
    for at in sorted(places):
        if at < end and at - start <= LONGEST - BEHIND:
            end = max(end, _end(text, at))
            found[-1] = start, end
        else:
            start, end = _start(text, at), _end(text, at)
            found.append((start, end))
    return found


def language(text: str, stretch: Stretch, opened: Sequence[int]) -> bool:
    """Whether this may be a sentence or a list of names: a name could begin nearly everywhere in mere surnames.

    `opened` are the places in order; measured: at most 0.45 of the characters in news, chats and resumes, 0.75 in
    full names without anything between them.
    """
    begun = bisect_left(opened, stretch[1]) - bisect_left(opened, stretch[0])
    return begun < MANY or begun < GIBBERISH * sum(map(is_han, text[slice(*stretch)]))


def _start(text: str, at: int) -> int:
    lead = _LEAD.search(text, max(0, at - BEFORE), at)
    return lead.start() if lead else at


def _end(text: str, at: int) -> int:
    tail = _TAIL.match(text, at)
    return tail.end() if tail else at


class _Page(NamedTuple):
    """A document of the text: where it begins, the number of its first patch, and the scores that open the gate."""

    start: int
    patch: int
    cut: float
    sure: float
    doubt: float  # what a name has to weigh

    def patch_of(self, at: int) -> int:
        return self.patch + (at - self.start) // NEAR


def _pages(text: str) -> list[_Page]:
    """What is read together with a document does not bear on it: each has its own length, and its own tone."""
    pages: list[_Page] = []
    start = patch = 0
    for end in [*(found.start() for found in _PAGE_END.finditer(text)), len(text)]:
        cut, doubt = (LIKELY, TALK) if _CHATTER.search(text, start, end) else (LOOSE, 0.0)
        pages.append(_Page(start, patch, cut, cut if end - start <= SHORT else STRICT, doubt))
        patch += (end - start) // NEAR + 3  # not beside the last patch of the document before
        start = end
    return pages


def _page_of(pages: Sequence[_Page], at: int) -> _Page:
    return pages[bisect_right(pages, at, key=attrgetter("start")) - 1]


def modelled(text: str, known: Collection[int] = ()) -> list[Hit]:
    """What the network takes for names; `known` are places that need no second opinion.

    In a long document the gate opens wide only near names that it found through the narrow one: most of a chat
    holds none, most of a report holds many.
    """
    pages = _pages(text)
    opened: dict[int, float] = {}
    places: list[tuple[int, _Page]] = []
    for at, score in open_places(text, min(page.cut for page in pages)):
        page = _page_of(pages, at)
        if score > page.cut:
            opened[at] = score
            places.append((at, page))
    surely = set(foreign(text)).union(at for at, page in places if opened[at] > page.sure)
    hits = read(text, surely.difference(known), opened, pages)
    found = ((hit.start, _page_of(pages, hit.start)) for hit in hits)
    near = {page.patch_of(at) + step for at, page in found for step in (-1, 0, 1)}
    more = {at for at, page in places if page.patch_of(at) in near}
    return hits + read(text, more.difference(surely, known), opened, pages)


def read(text: str, places: Collection[int], gate: Mapping[int, float], pages: Sequence[_Page]) -> list[Hit]:
    """What the network finds in the clauses of these places; in talk it has to be surer."""
    opened = sorted(at for at, score in gate.items() if score > LIKELY)
    stretches = [w for w in windows(text, places) if language(text, w, opened)]
    found = evidence([text[start:end] for start, end in stretches])
    return [
        hit_of(text, span)
        for (start, _), pairs in zip(stretches, found, strict=True)
        for span in spans(text, start, pairs, gate, _page_of(pages, start).doubt)
        if not _NO_NAME.search(text, span.start, span.end)
    ]


def hit_of(text: str, span: Span) -> Hit:
    """The span as a hit, without a title at its end."""
    title = TITLE_END.search(text[span.start : span.end])
    end = span.start + title.start() if title else span.end
    return Hit(span.start, end, "PERSON", 1 / (1 + math.exp(-span.weight)), ("model",))
