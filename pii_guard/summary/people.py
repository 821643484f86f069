"""Who is exposed, and by what combination of values.

A person is what the scan linked (`person`).  Groups of several files that share a value which belongs to one person
(an identity number, a phone, a card ...) are taken as the same person, unless their names or identity numbers differ:
a phone can be a family's.  A value found alone joins the person it is known to belong to.
"""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from pii_guard.summary.values import Seen
from pii_guard.summary.values import rank

OWN = frozenset(
    "RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT HKID MACAU_ID TAIWAN_ID MILITARY_ID "
    "DRIVING_LICENCE MOBILE_PHONE FOREIGN_PHONE BANK_CARD BANK_ACCOUNT WECHAT QQ EMAIL_ADDRESS ALIPAY_ACCOUNT".split()
)
_ONCE = ("RESIDENT_ID", "PERSON")
DOCUMENTS = frozenset(
    "RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT HKID MACAU_ID TAIWAN_ID MILITARY_ID".split()
)
_ELEMENTS = (
    frozenset({"PERSON"}),
    DOCUMENTS,
    frozenset({"MOBILE_PHONE", "FOREIGN_PHONE"}),
    frozenset({"BANK_CARD", "BANK_ACCOUNT"}),
)


_ORDER = (
    "PERSON RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT HKID MACAU_ID TAIWAN_ID "
    "MILITARY_ID DRIVING_LICENCE MOBILE_PHONE FOREIGN_PHONE LANDLINE BANK_CARD BANK_ACCOUNT ALIPAY_ACCOUNT WECHAT QQ "
    "EMAIL_ADDRESS ADDRESS BIRTH_DATE".split()
)


def _telling(entity_type: str) -> tuple[int, str]:
    """The order in which values are named: the name first, then what identifies most."""
    return _ORDER.index(entity_type) if entity_type in _ORDER else len(_ORDER), entity_type


@dataclass(frozen=True, slots=True)
class Person:
    """A person as far as the findings tell."""

    id: str
    findings: tuple[Seen, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """What kinds of values are exposed."""
        return tuple(sorted({f.entity_type for f in self.findings}, key=_telling))

    @property
    def named(self) -> Seen:
        """The value with the masked name, or else the most telling one; never stars alone where there is anything else."""
        ordered = sorted(self.findings, key=lambda f: (_telling(f.entity_type), -len(f.masked)))
        return next((f for f in ordered if f.masked.strip("*")), ordered[0])

    @property
    def severity(self) -> str:
        """That of the gravest value."""
        return min((f.severity for f in self.findings), key=rank)

    @property
    def first(self) -> tuple[str, int, int]:
        """Where the person stands first; ids differ with the key, places do not."""
        return min((f.path, f.line, f.start) for f in self.findings)

    @property
    def places(self) -> tuple[str, ...]:
        """Where the person stands first in each of the files."""
        lines: dict[str, int] = {}
        for f in self.findings:
            lines[f.path] = min(f.line, lines.get(f.path, f.line))
        return tuple(f"{path}:{line}" for path, line in sorted(lines.items()))

    @property
    def paths(self) -> tuple[str, ...]:
        """The files the person stands in."""
        return tuple(sorted({f.path for f in self.findings}))

    @property
    def elements(self) -> int:
        """How many of name, document, phone and card are there: what banks verify a customer by."""
        return elements(self.types)


def elements(types: Iterable[str]) -> int:
    """Of the four elements of verification, how many the types cover."""
    present = frozenset(types)
    return sum(bool(element & present) for element in _ELEMENTS)


def exposed(findings: Sequence[Seen]) -> tuple[Person, ...]:
    """All people, the most exposed first."""
    groups = defaultdict[str, list[Seen]](list)
    for finding in findings:
        if finding.person:
            groups[finding.person].append(finding)
    members = _merged(groups)
    owner = {f.value_id: person for person, found in members.items() for f in found if f.entity_type in OWN}
    for finding in findings:
        if not finding.person and finding.entity_type in OWN and (person := owner.get(finding.value_id)):
            members[person].append(finding)
    people = [Person(person, tuple(found)) for person, found in members.items()]
    return tuple(sorted(people, key=lambda p: (-p.elements, rank(p.severity), -len(p.types), p.first)))


def alone(findings: Sequence[Seen], people: Sequence[Person]) -> int:
    """Values of people that could not be linked to anyone, each counted once."""
    linked = {f.value_id for person in people for f in person.findings}
    return len({f.value_id for f in findings if f.entity_type in OWN} - linked)


def combinations(people: Iterable[Person]) -> list[tuple[tuple[str, ...], int]]:
    """Combinations of types with the number of people, the most telling first."""
    counted = Counter(person.types for person in people)
    return sorted(counted.items(), key=lambda item: (-elements(item[0]), -item[1], -len(item[0]), item[0]))


def _merged(groups: dict[str, list[Seen]]) -> dict[str, list[Seen]]:
    """Groups that share a value of one person's own, joined where nothing speaks against it."""
    members: dict[str, list[Seen]] = {}
    home: dict[str, str] = {}  # value -> the person it was first seen with
    for person, found in groups.items():
        own = [f.value_id for f in found if f.entity_type in OWN]
        into = next((home[v] for v in own if v in home and _agree(members[home[v]], found)), person)
        members.setdefault(into, []).extend(found)
        for value in own:
            home.setdefault(value, into)
    return members


def _agree(one: Iterable[Seen], other: Iterable[Seen]) -> bool:
    """No identity number or name of one contradicts the other's."""
    first, second = tuple(one), tuple(other)
    for kind in _ONCE:
        left = {f.value_id for f in first if f.entity_type == kind}
        right = {f.value_id for f in second if f.entity_type == kind}
        if left and right and not left & right:
            return False
    return True
