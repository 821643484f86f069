"""Finds what is wrong with entity files beyond their syntax: no cases, slow patterns."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

from pii_guard.detect import rulebook
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import is_ours
from pii_guard.detect.rules import read_cases
from pii_guard.detect.rules import read_entities
from pii_guard.policy.check_patterns import of_patterns
from pii_guard.policy.checks import Problem


def problems(files: Iterable[Path]) -> Iterator[Problem]:
    """The problems of the files; those of Presidio have no place for cases and owe none."""
    own = rulebook.shipped()
    for file in files:
        shipped = own in file.parents
        name = file.name if shipped else str(file)
        for entity in read_entities([file]):
            if not shipped:
                yield from (Problem(name, entity.entity_type, *said) for said in _of_entity(entity))
        if is_ours(file) and not any(case.spans for case in read_cases(file)):
            zh, en = "没有命中用例：写在 pii_guard: cases: hit", "no hit case: write one into pii_guard: cases: hit"
            yield Problem(name, "cases", zh, en)


def _of_entity(entity: Entity) -> Iterator[tuple[str, str]]:
    for pattern in entity.patterns:
        yield from of_patterns((pattern.regex, pattern.shape), folds=False)
