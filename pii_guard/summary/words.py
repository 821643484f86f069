"""Names and texts in the reader's language: of types, channels, rules and articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from pii_guard.messages import Messages
from pii_guard.model import LawReference
from pii_guard.summary.blocks import Badge
from pii_guard.summary.remedies import kind
from pii_guard.summary.values import Broken
from pii_guard.summary.values import Seen

REASONS = frozenset(
    "binary damaged encrypted internal missing_extra over_limit permission truncated undecodable unreadable "
    "unsupported image lfs_pointer excluded broken_link special_file own_file".split()
)


_IN_BRACKETS = re.compile(r"\(([^()]{1,200})\)$")
_REMOVED = re.compile(r"\[已删除:([A-Z_]{2,32})\]")


@dataclass(frozen=True, slots=True)
class Words:
    """What things are called; what is not in a table is called by its id."""

    say: Messages
    types: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)
    rules: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # English title and remedy
    duties: Mapping[str, str] = field(default_factory=dict)  # of articles
    articles: Mapping[str, LawReference] = field(
        default_factory=dict
    )  # as they are cited in the reader's language
    guidance: Mapping[int, tuple[Sequence[str], Sequence[str]]] = field(
        default_factory=dict
    )  # consequences and advice

    @property
    def english(self) -> bool:
        """The report is in English."""
        return self.say.language == "en"

    def type(self, entity_type: str) -> str:
        """A type's name."""
        return self.types.get(entity_type, entity_type)

    def together(self, types: tuple[str, ...]) -> str:
        """A combination of types."""
        return " + ".join(map(self.type, types))

    def badge(self, severity: str) -> Badge:
        """A severity in its colour."""
        return Badge(self.say(f"severity.{severity}"), severity)

    def channel(self, number: int | None) -> str:
        """A channel's number and name."""
        if number is None:
            return self.say("summary.no_channel")
        return f"CH{number} {self.channels.get(number, '')}".strip()

    def message(self, violation: Broken) -> str:
        """What a rule says; results hold it in Chinese."""
        title = self.rules.get(violation.rule_id, ("", ""))[0]
        return (title if self.english else "") or violation.message

    def remedy(self, finding: Seen, rule: Broken | None) -> str:
        """What to do: for the kind of value, then what the rule asks for."""
        text = self.say(f"summary.do.{kind(finding.entity_type)}")
        if rule is None:
            return text
        asked = (self.rules.get(rule.rule_id, ("", ""))[1] if self.english else "") or rule.remedy
        return self.say("summary.do.both", general=text, rule=asked) if asked else text

    def masked(self, finding: Seen) -> str:
        """A masked value; what stands for a removed one is in the reader's language."""
        return _REMOVED.sub(r"[removed:\1]", finding.masked) if self.english else finding.masked

    def detail(self, text: str) -> str:
        """The detail of a document that was not scanned; its English part where it has one."""
        both = _IN_BRACKETS.search(text)
        return both[1] if self.english and both else text or "—"

    def duty(self, law: LawReference) -> str:
        """What an article asks for, paraphrased; the marks of emphasis of rule files left out."""
        return self.duties.get(law.id, "").replace("**", "") or "—"

    def grade(self, law: LawReference) -> str:
        """How well an article's wording is known; one that nobody read says so."""
        return self.say(f"summary.grade.{law.grade if law.grade in 'VP' and law.grade else 'M'}")

    def article(self, law: LawReference) -> str:
        """An article; one whose wording is not verified carries the mark wherever it is named."""
        cited = self.articles.get(law.id, law).article
        text = cited.replace("（待核）", "").replace(" (unverified)", "").strip() or law.id
        unverified = self.grade(law) == self.say("summary.grade.M")
        return f"{text} {self.say('summary.grade.M')}" if unverified else text

    def reason(self, code: str) -> tuple[str, str]:
        """Why a document was not scanned, and what to do about it."""
        known = code if code in REASONS else "other"
        why = self.say(f"summary.why.{known}")
        return (f"{why} ({code})" if known == "other" else why), self.say(f"summary.then.{known}")
