"""What rules look at: a stretch of text with its findings, and what is worked out about it when a rule first asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import field
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
PICTURES = frozenset(
    ["jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "heic"]
)  # their recognised text is short: all of it is read

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
    found_marks: tuple[str, ...] | None = None
    score: float | None = None  # of its findings, see thresholds.py
    index: int = -1  # of the segment in its unit; -1 the whole document; -2 and below table rows
    signals: dict[str, tuple[Signal, ...]] = field(default_factory=dict)
    speaking: frozenset[str] | None = None  # flags of the suppressors that speak for its text
    features: set[str] | None = None  # what the classifier reads
    wording: set[int] | None = None  # the same by number, but for what the suppressors say
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
    def marks(self) -> tuple[str, ...]:
        """The fingerprints of the findings in that order: laws about a whole document rest on all of them, one after another."""
        if self.found_marks is None:
            self.found_marks = fingerprints(self.in_order)
        return self.found_marks

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


def fingerprints(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The fingerprints of these, each once."""
    return tuple(dict.fromkeys([f.fingerprint for f in findings if f.fingerprint]))


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
