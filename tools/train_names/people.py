"""Invented people: names drawn so that frequent surnames come often and rare ones come too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from pii_guard.detect.person.lexicon import load

SLOTS = Path(__file__).parents[2] / "training" / "person" / "slots.txt"
DOUBLE = 0.72  # share of given names with two characters


@cache
def parts(key: str) -> list[str]:
    """One line of the slots file."""
    lines = SLOTS.read_text("utf-8").splitlines()
    return next(line.split(" = ")[1].split() for line in lines if line.startswith(key + " = "))


def name(rnd: Random) -> str:
    """One name."""
    lexicon = load()
    draw = rnd.random()
    if draw < 0.08:
        return rnd.choice(parts("minority")) if draw < 0.01 else foreign(rnd)
    if draw < 0.1:
        family = rnd.choice(sorted(lexicon.compound))
    elif draw < 0.2:
        family = rnd.choice(sorted(lexicon.singles - lexicon.common))
    else:
        common = sorted(lexicon.common)
        family = rnd.choice(parts("top") if rnd.random() < 0.75 else common)
    count = 2 if rnd.random() < DOUBLE else 1
    return family + "".join(given(rnd) for _ in range(count))


def foreign(rnd: Random) -> str:
    """A transliterated name: a known stem or sounds in a row, at times with a first name and a dot."""
    family = "".join(rnd.choice(parts("sounds")) for _ in range(rnd.randrange(2, 6)))
    if rnd.random() < 0.3:
        family = rnd.choice(parts("stems"))
    return f"{rnd.choice(parts('first'))}·{family}" if rnd.random() < 0.3 else family


def given(rnd: Random) -> str:
    """One character of a given name."""
    rank = 2 if rnd.random() < 0.6 else 1
    return rnd.choice([c for c, kind in load().given.items() if kind == rank])
