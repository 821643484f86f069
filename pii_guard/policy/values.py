"""The values of the policy layer: what a rule is, and what it is held against.  All frozen, all plain
data.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import field
from datetime import date

from pii_guard.model import Anchor
from pii_guard.model import Finding
from pii_guard.records import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of the rule language; `kind` names it, the rest are its operands."""

    kind: str
    names: tuple[str, ...] = ()
    parts: tuple[Condition, ...] = ()
    number: float = 0.0
    within: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the severity ladder: the severity where `when` holds as well."""

    severity: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Case:
    """A text with what surrounds it; `[[TYPE:value]]` marks a finding.  `turns` replaces `text` for
    dialogues.
    """

    text: str = ""
    role: str | None = None
    path: str = "case.txt"
    header: str | None = None
    turns: tuple[tuple[str, str], ...] = ()
    at: int | None = None
    app_category: str | None = None
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """What evidence breaks it, how grave that is, which articles and which remedy go with it."""

    id: str
    family: str  # channel, law or conduct
    title: Mapping[str, str]
    severity: str
    when: Condition
    remedy: Mapping[str, str]
    channel: int | None = None
    scope: str = "window"
    hard: bool = False
    enabled: bool = True
    annotation: bool = False
    unless: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    ladder: tuple[Step, ...] = ()
    hits: tuple[Case, ...] = ()
    misses: tuple[Case, ...] = ()
    source: str = ""
    own: bool = True  # shipped with the product


@dataclass(frozen=True, slots=True)
class Obligation:
    """An article of a law or standard as the scanner cites it."""

    id: str
    law: str
    article: Mapping[str, str]
    grade: str
    verified: str
    duty: Mapping[str, str]
    use: str = "reference"
    law_title: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Channel:
    """A leakage channel: its name, consequences and advice."""

    number: int
    title: Mapping[str, str]
    consequences: tuple[str, ...]
    advice: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A list of words; those of a trigger open a window for the rules to look at.

    `trigger`: "" no, "screened" where the screen agrees, "beside" there and beside a number, "plain" everywhere.
    """

    name: str
    words: tuple[str, ...]
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Suppressor:
    """Words that turn soft evidence into talk about evidence; looked for in the window or the document."""

    name: str
    patterns: tuple[str, ...]
    scope: str = "window"
    keeps: tuple[str, ...] = ()  # patterns that break the suppressor


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """Everything the judge needs, as plain data; sets of the same `key` are equal."""

    rules: tuple[Rule, ...] = ()
    lexicons: Mapping[str, Lexicon] = field(default_factory=dict)
    suppressors: Mapping[str, Suppressor] = field(default_factory=dict)
    obligations: Mapping[str, Obligation] = field(default_factory=dict)
    channels: Mapping[int, Channel] = field(default_factory=dict)
    key: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleSet) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class JudgedSegment:
    """A segment's text with its findings; their start and end count in this text.

    `locate`: line and anchor of an offset, for text whose line ends are not those of its document: cells, paragraphs.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    role: str | None = None
    header: str | None = None
    anchor: Anchor = field(default_factory=Anchor)
    line: int = 1
    locate: Callable[[int], tuple[int, Anchor]] | None = None

    def place(self, offset: int) -> tuple[int, Anchor]:
        """Line and anchor in the document of an offset in the text."""
        if self.locate is not None:
            return self.locate(offset)
        return self.line + self.text.count("\n", 0, offset), self.anchor


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """One document, or one bounded stretch of a large one, as the judge sees it.

    `source`: the text of a small file whose segments leave out what probes read (tags of a form, names of permissions).
    """

    path: str = ""
    kind: str = ""  # suffix without the dot
    segments: tuple[JudgedSegment, ...] = ()
    source: str = ""
    app_category: str | None = None
    on_duty: bool = False  # data held while performing duties: criminal thresholds are halved
    language: str = "zh"  # of messages and remedies: zh or en
    today: date | None = None  # the day ages are counted on; None: today


@dataclass(frozen=True, slots=True)
class Signal:
    """What a probe saw: a stable code, a place in the window, and a note that shows no raw value.

    `names`: what the message tells it by; a document has one violation of the rule, which names all of them.
    `artefact`: what it is of; the same one twice in a line or a page is one violation.
    """

    code: str
    start: int
    end: int
    note: str = ""
    names: tuple[str, ...] = ()
    artefact: str = ""
