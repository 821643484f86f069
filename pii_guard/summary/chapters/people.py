"""Who is exposed, and by what combination."""

from __future__ import annotations

from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.chapters._case import Case
from pii_guard.summary.people import alone
from pii_guard.summary.people import combinations
from pii_guard.summary.people import elements


def write(case: Case) -> Chapter:
    """The chapter."""
    say = case.words.say
    blocks: list[Block] = [Text(say("summary.people.note"), "note")]
    if case.people:
        blocks += [Text(_told(case)), _combinations(case), _people(case)]
    else:
        blocks.append(Text(say("summary.people.none")))
    if n := alone(case.result.findings, case.people):
        blocks.append(Text(say("summary.people.alone", n=n)))
    return Chapter("people", say("summary.people"), tuple(blocks))


def _told(case: Case) -> str:
    full = sum(person.elements >= 3 for person in case.people)
    return case.words.say("summary.people.told", n=len(case.people), full=full)


def _combinations(case: Case) -> Table:
    say, words = case.words.say, case.words
    rows = [(n, elements(types), words.together(types)) for types, n in combinations(case.people)]
    columns = tuple(say("summary.combinations.columns").split("|"))
    return Table(
        say("summary.combinations.caption"), columns, (10, 10, 80), rows, 15, say.text("summary.more")
    )


def _people(case: Case) -> Table:
    say, words = case.words.say, case.words
    rows = [
        (
            words.badge(person.severity),
            person.elements,
            words.together(person.types),
            words.masked(person.named),
            len(person.findings),
            "\n".join(person.places[:3])
            + (f"\n… +{len(person.places) - 3}" if len(person.places) > 3 else ""),
        )
        for person in case.people
    ]
    columns = tuple(say("summary.person.columns").split("|"))
    caption = say("summary.person.caption")
    return Table(caption, columns, (10, 8, 32, 14, 8, 28), rows, 30, say.text("summary.more"))
