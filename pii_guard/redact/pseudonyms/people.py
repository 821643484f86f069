"""Pseudonyms of names and addresses: from fixed lists, and of a place that does not exist."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pii_guard.redact.pseudonyms.draw import Draw

_TITLES = re.compile(r"(?:先生|女士|小姐|太太|老师|经理|医生|律师|总)\Z")
_DATA = Path(__file__).resolve().parents[2] / "data" / "pseudonym_names.txt"


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """Sections of the name file: a line `name: words`."""
    lines = (line for line in _DATA.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {head: tuple(words.split()) for head, _, words in (line.partition(": ") for line in lines)}


def person(value: str, draw: Draw) -> str:
    """A name from the lists: Latin for Latin, with the title for a titled one, as long as it was."""
    lists = _lists()
    if re.search(r"[A-Za-z]", value):
        return f"{draw.pick(lists['latin_given'])} {draw.pick(lists['latin_surname'])}"
    surname = draw.pick(lists["surname"])
    title = _TITLES.search(value)
    if title:
        return surname + draw.pick(lists["given"]) + title.group()
    return surname + draw.pick(lists["given"]) + ("" if len(value) == 2 else draw.pick(lists["given"]))


def address(value: str, draw: Draw) -> str:
    """A house in 示例市, which no map has."""
    street = "".join(draw.pick(_lists()["street"]) for _ in range(2))
    return f"示例市虚拟区{street}路{1 + draw.below(9999)}号{1 + draw.below(99)}栋{1 + draw.below(9999)}室"


SHAPES = {"PERSON": person, "ADDRESS": address}
