"""Stretches of a document that rules look at: utterances around trigger words, records, whole documents."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import field
from functools import partial
from itertools import islice
from operator import itemgetter

from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.policy import classifier
from pii_guard.policy import probes
from pii_guard.policy.fold import fold
from pii_guard.policy.joined import Joined
from pii_guard.policy.people import identity
from pii_guard.policy.people import people
from pii_guard.policy.plan import LEAK
from pii_guard.policy.plan import Plan
from pii_guard.policy.plan import Shelf
from pii_guard.policy.trigger import openings
from pii_guard.policy.values import JudgedSegment
from pii_guard.policy.values import JudgedUnit
from pii_guard.policy.values import Rule
from pii_guard.policy.values import Signal
from pii_guard.records import dataclass

LONG = 4000  # above this, lexicons are looked for one by one, when a rule asks for them
FEW = 6
HEAD = 160  # characters of a document that tell what kind of text it is
WHOLE = 280  # a text up to this long is one utterance
ENOUGH_CONCEPTS = 2  # lexicons of which a word must stand in a window for the classifier to be asked
REACH = 110  # how far a window reaches to each side of its trigger word
NEAR = 30  # sentences that end closer to the trigger word do not end the window
DOCUMENT = 200_000  # characters of a document that document-scope rules read
PICTURES = frozenset(
    ["jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "heic"]
)  # their recognised text is short: all of it is read
ASIDE = 60  # characters of a record on each side of its findings
BREAKS = "\n。！？!?"
NUMBERS = frozenset(
    "RESIDENT_ID PASSPORT HKID MACAU_ID TAIWAN_ID DRIVING_LICENCE HK_MACAU_PERMIT TAIWAN_PERMIT FOREIGN_RESIDENT_ID "
    "MILITARY_ID BANK_CARD CARD_EXPIRY CVV GPS_LOCATION".split()
)  # beside them every trigger word is worth a look

Span = tuple[int, int]


@dataclass(slots=True)
class Window:
    """A stretch of text with its findings; what has been computed about it is kept."""

    plan: Plan
    unit: JudgedUnit
    segment: JudgedSegment
    text: str
    start: int = 0
    findings: tuple[Finding, ...] = ()
    found_folded: str | None = None
    found_words: dict[str, list[Span]] | None = None
    few: dict[str, list[Span]] = field(default_factory=dict)  # of a sparse window, by lexicon
    absent: frozenset[str] | None = None  # tokens of the wording (plan.py) known not to be in it; None: nothing is known
    begins: Callable[[], list[int] | None] | None = None  # where words may begin in it, where that can be told
    found_concepts: int | None = None
    found_people: int | None = None
    found_order: list[Finding] | None = None
    found_kinds: frozenset[str] | None = None
    index: int = -1  # of the segment in its unit; -1 the whole document; -2 and below table rows
    signals: dict[str, tuple[Signal, ...]] = field(default_factory=dict)
    speaking: frozenset[str] | None = None  # flags of the suppressors that speak for its text
    features: set[str] | None = None  # what the classifier reads
    at_most: float | None = None  # how likely a leak it can be, whatever its flags
    scores: tuple[float, ...] | None = None
    repeated: frozenset[str] | None = None  # of a turn: values that more than one turn holds, where that is known
    background: str | None = None  # folded head of the document, for document-wide suppressors; None: of the dialogue
    around: Callable[[], Dialogue] | None = None  # of a turn: the dialogue as seen from there
    violated: frozenset[str] = frozenset()  # rules and channels (CH7) violated in the unit so far
    rule_channel: int | None = None
    sparse: bool = False  # few rules ask for words: each lexicon is looked for by itself
    telling: bool = True  # what stands around its trigger word tells of a leak, as the screen sees it
    joined: Joined | None = None  # of a whole document: its segments

    @property
    def folded(self) -> str:
        """The text as rules read it; folded when first asked for."""
        if self.found_folded is None:
            self.found_folded = fold(self.text)
        return self.found_folded

    @property
    def kinds(self) -> frozenset[str]:
        """The types of the findings."""
        if self.found_kinds is None:
            self.found_kinds = frozenset([f.entity_type for f in self.findings])
        return self.found_kinds

    @property
    def people(self) -> int:
        """At least how many people the findings speak of."""
        if self.found_people is None:
            self.found_people = people(self.findings)
        return self.found_people

    @property
    def in_order(self) -> Sequence[Finding]:
        """The findings as they stand in the document."""
        if self.found_order is None:
            self.found_order = sorted(self.findings, key=lambda f: (f.line, f.start))
        return self.found_order

    @property
    def spans(self) -> dict[str, list[Span]]:
        """Where words of all lexicons stand; worked out when first asked for."""
        if self.found_words is None:
            self.found_words = word_spans(self.plan, self.folded, self.begins() if self.begins else None)
        return self.found_words

    @property
    def concepts(self) -> int:
        """How many lexicons of the classifier have a word in it."""
        if self.found_concepts is None:
            self.found_concepts = sum([name[0] != "_" for name in self.spans])
        return self.found_concepts

    @property
    def dialogue(self) -> Dialogue:
        """The dialogue it is a turn of, made when a rule first looks at it; an empty one where it is none."""
        return self.around() if self.around else Dialogue()

    @property
    def head(self) -> str:
        """The folded head of its document or dialogue."""
        if self.background is None:
            turns = self.dialogue.turns
            self.background = fold(turns[0].text[:HEAD]) if turns else ""
        return self.background

    def __post_init__(self) -> None:
        self.sparse = self.sparse or len(self.text) > LONG

    def places(self, name: str) -> list[Span]:
        """Where words of one lexicon stand; only the first few where lexicons are looked for one by one."""
        if self.absent and f"w:{name}" in self.absent:
            return []
        if not self.sparse:
            return self.spans.get(name, [])
        if name not in self.few:
            self.few[name] = _first_few(self.plan.lexicons.get(name, ()), self.folded)
        return self.few[name]

    def candidates(self, shelf: Shelf) -> Sequence[Rule]:
        """The rules of which everything they cannot do without is there, as far as that is known."""
        if self.sparse:
            return shelf.rules(self.kinds, self.violated, self.absent or frozenset())
        absent = self.absent
        if absent is None:
            absent = frozenset([token for token in shelf.wording if token.startswith("w:") and token[2:] not in self.spans])
        idle = [token for token in shelf.probes if token in absent or not probes.worth(token[2:], self)]
        if shelf.leak is not None and not self.leaks(shelf.leak):
            idle.append(LEAK)
        return shelf.rules(self.kinds, self.violated, absent, frozenset(idle))

    def leaks(self, cut: float) -> bool:
        """Whether the classifier takes it for a leak; long texts offer many windows, so each must be clearer to count."""
        if not self.telling or self.concepts < ENOUGH_CONCEPTS:
            return False
        return classifier.leaks(self, cut + (1 - cut) / 2 if len(self.segment.text) > WHOLE else cut)

    def share(self, other: Window) -> None:
        """Take over what has been computed about another window of the same content."""
        self.found_folded, self.found_words, self.few, self.signals = other.found_folded, other.found_words, other.few, other.signals
        self.speaking, self.features, self.at_most, self.scores = other.speaking, other.features, other.at_most, other.scores

    def place(self, offset: int) -> tuple[int, Anchor]:
        """Line and anchor in the document of an offset in the window."""
        return self.segment.place(self.start + offset) if self.joined is None else self.joined.place(offset)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a conversation as seen from one of them; `first`: the turn that each value stands in first."""

    turns: Sequence[Window] = ()
    position: int = 0
    first: Mapping[str, int] = field(default_factory=dict)


def first_turns(turns: Sequence[Window]) -> dict[str, int]:
    """The turn, from 0, that each value stands in first."""
    return {identity(f): turn for turn in range(len(turns) - 1, -1, -1) for f in turns[turn].findings}


def word_spans(plan: Plan, folded: str, begins: Iterable[int] | None = None) -> dict[str, list[Span]]:
    """Where words of the lexicons occur; `begins`: the only places where they may."""
    spans: dict[str, list[Span]] = defaultdict(list)
    words = plan.words
    everywhere = range(len(folded) - 1) if begins is None else [at for at in begins if at + 1 < len(folded)]
    pairs = [(at, folded[at : at + 2]) for at in everywhere]
    found = [(at, word) for at, pair in pairs if pair in words for word in words[pair] if folded.startswith(word[0], at)]
    if single := [(at, word) for char in plan.singles if char in folded for word in words[char] for at in _everywhere(char, folded)]:
        found = sorted(found + single, key=itemgetter(0))
    for at, (word, names) in found:
        span = at, at + len(word)
        for name in names:
            spans[name].append(span)
    return dict(spans)


def _first_few(words: Iterable[str], folded: str) -> list[Span]:
    found = ((at, at + len(w)) for w in words if w in folded for at in islice(_everywhere(w, folded), FEW))
    return list(islice(found, FEW))


def _everywhere(word: str, folded: str) -> Iterator[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)


def utterances(plan: Plan, unit: JudgedUnit, joined: Joined) -> Iterator[Window]:
    """The windows of a document that hold a trigger word; one search runs over all its segments."""
    if unit.kind in PICTURES or 0 < sum(len(segment.text) for segment in unit.segments) <= WHOLE:
        yield from (
            Window(plan, unit, s, s.text[:DOCUMENT], 0, s.findings, index=i)
            for i, s in enumerate(unit.segments)
        )
        return
    starts, done = joined.starts, 0
    touching: dict[int, _Touching] = {}
    numbers = sorted(
        base + f.start
        for base, segment in zip(starts, unit.segments, strict=False)
        for f in segment.findings
        if f.entity_type in NUMBERS
    )
    cut: list[tuple[int, int, int, bool]] = []  # the segment, the stretch of the joined text, whether it tells of a leak
    for found, telling in openings(plan, joined, numbers, screened=len(joined.text) > WHOLE):
        if found < done:
            continue
        number = bisect_right(starts, found) - 1
        text, base = unit.segments[number].text, starts[number]
        start, end = _around(text, found - base, found - base + 1)
        cut.append((number, base + start, base + end, telling))
        whole = end == len(text) or text[end - 1] in BREAKS
        done = base + end - (0 if whole else REACH // 3)
    absent = {
        telling: iter(_absent(plan, joined, [(start, end) for _, start, end, tells in cut if tells == telling], scope))
        for telling, scope in ((True, "window"), (False, "quiet"))
    }
    found_words = joined.sought(plan.ruleset)
    for number, start, end, telling in cut:
        segment, base = unit.segments[number], starts[number]
        if number not in touching:
            touching[number] = _Touching(segment.findings)
        inside = touching[number].between(start - base, end - base)
        folded = joined.folded(start, end)
        window = Window(plan, unit, segment, segment.text[start - base : end - base], start - base, inside, folded, index=number, telling=telling)
        window.absent = next(absent[telling])
        window.begins = partial(found_words.begins, start, end) if found_words else None
        yield window


class _Touching:
    """The findings of a segment by place: a large segment has too many to look at all for every window."""

    __slots__ = ("_longest", "_ordered", "_starts")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._ordered = sorted(findings, key=lambda f: f.start)
        self._starts = [f.start for f in self._ordered]
        self._longest = max((f.end - f.start for f in findings), default=0)

    def between(self, start: int, end: int) -> tuple[Finding, ...]:
        """Those that touch text[start:end]."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_left(self._starts, end)
        return tuple(f for f in self._ordered[first:last] if f.end > start)


def _around(text: str, start: int, end: int) -> Span:
    """Whole sentences within reach of the trigger word, or a plain cut where there are none."""
    left = max(0, start - REACH)
    if left:
        breaks = [b for mark in BREAKS if (b := text.rfind(mark, left, start - NEAR)) >= 0]
        left = max(breaks) + 1 if breaks else left
    right = min(len(text), end + REACH)
    if right < len(text):
        breaks = [b for mark in BREAKS if (b := text.find(mark, end + NEAR, right)) >= 0]
        right = min(breaks) + 1 if breaks else right
    return left, right


def document(plan: Plan, unit: JudgedUnit, joined: Joined) -> Window:
    """The whole document as one window (its first 200,000 characters)."""
    text = joined.text[:DOCUMENT]
    findings = joined.findings()
    first = unit.segments[0] if unit.segments else JudgedSegment("")
    whole = JudgedSegment(text, findings, first.role, first.header, first.anchor, first.line)
    absent = _absent(plan, joined, [(0, len(text))], "document")[0] if findings else None
    folded = joined.folded(0, len(text))
    return Window(plan, unit, whole, text, 0, findings, folded, absent=absent, joined=joined)


def _absent(plan: Plan, joined: Joined, stretches: Sequence[Span], scope: str) -> Sequence[frozenset[str] | None]:
    """Of each stretch of the text, the lexicons of the scope's rules that are known to have no word there."""
    found = joined.sought(plan.ruleset) if scope in plan.rules and stretches else None
    return found.absent(stretches, scope) if found else [None] * len(stretches)


def records(plan: Plan, unit: JudgedUnit, joined: Joined) -> Iterator[Window]:
    """Findings that belong together: a table row, or neighbouring lines whose findings complement one
    another.
    """
    groups = [
        (number, group, max(0, min([f.start for f in group]) - ASIDE), max([f.end for f in group]) + ASIDE)
        for number, segment in enumerate(unit.segments)
        for group in _clusters([f for f in segment.findings if f.anchor.row is None])
    ]
    stretches = [(joined.starts[number] + start, joined.starts[number] + end) for number, _, start, end in groups]
    absent = _absent(plan, joined, stretches, "row")
    shelf = plan.rules.get("row")
    for (number, group, start, end), (first, _), lacking in zip(groups, stretches, absent, strict=True):
        kinds = frozenset([f.entity_type for f in group])
        if shelf is None or not shelf.rules(kinds, frozenset(), lacking or frozenset()):
            continue
        segment = unit.segments[number]
        window = Window(plan, unit, segment, segment.text[start:end], start, tuple(group), index=number, sparse=True)
        window.found_folded = joined.folded(first, first + len(window.text))
        window.absent, window.found_kinds = lacking, kinds
        yield window
    yield from _rows(plan, unit)


def _rows(plan: Plan, unit: JudgedUnit) -> Iterator[Window]:
    rows: dict[tuple[str | None, int | None, int], list[Finding]] = {}
    headers: dict[int, str] = {}
    for segment in unit.segments:
        for finding in segment.findings:
            if finding.anchor.row is not None:
                rows.setdefault((finding.anchor.part, finding.anchor.page, finding.anchor.row), []).append(
                    finding
                )
                headers[id(finding)] = segment.header or ""
    found: dict[str, dict[str, list[Span]]] = {}  # words by text: most rows have the same headers
    for number, group in enumerate(rows.values()):
        text = " ".join(dict.fromkeys(headers[id(finding)] for finding in group))
        segment = JudgedSegment(text, tuple(group), anchor=group[0].anchor, line=group[0].line)
        words = found.setdefault(text, {})
        yield Window(plan, unit, segment, text, 0, tuple(group), few=words, index=-2 - number, sparse=True)


def _clusters(findings: list[Finding]) -> Iterator[list[Finding]]:
    group: list[Finding] = []
    for line in _lines(findings):
        kinds = {f.entity_type for f in group}
        if group and (line[0].line - group[-1].line > 2 or kinds & {f.entity_type for f in line}):
            yield group
            group = []
        group = group + line
    if group:
        yield group


def _lines(findings: list[Finding]) -> Iterator[list[Finding]]:
    line: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.start):
        if line and finding.line != line[-1].line:
            yield line
            line = []
        line.append(finding)
    if line:
        yield line
