"""Invented people of the news: Chinese, transliterated, Japanese, Korean names and those of minorities.

Parts come from training/person/news_slots.txt (written by hand) and from the names in jieba's dictionary (MIT): which
characters given names have, and which sounds follow each other in transliterated names.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import people

from pii_guard.detect.person.lexicon import load

SLOTS = Path(__file__).parents[2] / "training" / "person" / "news_slots.txt"
PLACES = "家庄江河山路湖寨村镇爷婆哥姐郎"  # no person's name ends so: 谭家, 白龙江


@cache
def parts(key: str) -> list[str]:
    """One line of the slots file."""
    lines = SLOTS.read_text("utf-8").splitlines()
    return next(line.split(" = ")[1].split() for line in lines if line.startswith(key + " = "))


@cache
def dictionary() -> list[tuple[str, int, str]]:
    """Word, frequency and tag of every entry of jieba's dictionary."""
    import jieba

    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    return [(word, int(count), kind) for word, count, kind in map(str.split, lines)]


@cache
def sounds(kinds: tuple[str, ...] = ("nr", "nrt")) -> list[str]:
    """Words of these tags written with nothing but the characters of foreign names."""
    words = load()
    return [
        w
        for w, _, kind in dictionary()
        if kind in kinds and 2 <= len(w) <= 6 and words.foreign.issuperset(w) and w not in words.never
    ]


@cache
def _followers() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in [*sounds(), *parts("family") * 3]:
        for a, b in zip("^" + word, word + "$", strict=True):
            found.setdefault(a, []).append(b)
    return found


@cache
def known() -> dict[tuple[str, int], list[str]]:
    """Chinese names of the dictionary by surname and length; its mistakes left out as far as we can tell."""
    words = load()
    found: dict[tuple[str, int], list[str]] = {}
    apart = words.words | words.history | words.brands | words.everyday
    for w, _, kind in dictionary():
        if kind not in ("nr", "nrfg") or len(w) not in (2, 3) or w[0] not in words.common:
            continue
        if w not in apart and w[-1] not in PLACES and all(words.given.get(c, 0) > 0 for c in w[1:]):
            found.setdefault((w[0], len(w)), []).append(w)
    return found


@cache
def _given() -> list[tuple[list[str], list[float]]]:
    names = [w for group in known().values() for w in group]
    counts = [Counter(w[1] for w in names if len(w) == 3), Counter(w[2] for w in names if len(w) == 3)]
    counts.append(Counter(w[1] for w in names if len(w) == 2))
    return [(list(c), [n**0.8 for n in c.values()]) for c in counts]


def given(rnd: Random, two: bool = True) -> str:
    """A given name of one or two characters."""
    if rnd.random() < 0.15:
        return "".join(rnd.choice([c for c, k in load().given.items() if k > 0]) for _ in range(1 + two))
    first, second, alone = _given()
    return "".join(rnd.choices(*column)[0] for column in ((first, second) if two else (alone,)))


def chinese(rnd: Random) -> str:
    """A full Chinese name."""
    words, draw, two = load(), rnd.random(), rnd.random() < 0.75
    if draw < 0.03:
        family = rnd.choice(sorted(words.compound))
    elif draw < 0.1:
        family = rnd.choice(sorted(words.singles - words.common))
    else:
        family = rnd.choice(people.parts("top") if draw < 0.6 else sorted(words.common))
    options = known().get((family, 2 + two))
    if options and rnd.random() < 0.4:
        return rnd.choice(options)
    married = rnd.choice(people.parts("top")) if two and rnd.random() < 0.01 else ""
    return family + married + given(rnd, two)


def sounding(rnd: Random) -> str:
    """A transliterated name that nobody bears: each sound drawn by the one before it."""
    while True:
        name, sound = "", "^"
        while len(name) < 8 and (sound := rnd.choice(_followers()[sound])) != "$":
            name += sound
        if 2 <= len(name) <= 7:
            return name


def family(rnd: Random) -> str:
    """A foreign family name."""
    draw = rnd.random()
    return rnd.choice(parts("family")) if draw < 0.45 else rnd.choice(sounds()) if draw < 0.7 else sounding(rnd)


def dotted(rnd: Random) -> str:
    """A foreign name in full, at times with an initial or a name in the middle."""
    first = rnd.choice(parts("first")) if rnd.random() < 0.8 else sounding(rnd)
    draw = rnd.random()
    if draw < 0.12:
        first = first[0]
    elif draw < 0.22:
        first += "·" + rnd.choice(parts("first"))
    elif draw < 0.26:
        first += "·" + rnd.choice("ABCDEFGHJKLMPRSTW")
    return f"{first}·{family(rnd)}"


def japanese(rnd: Random) -> str:
    """A Japanese name."""
    surnames = parts("surnamej") if rnd.random() < 0.6 else sorted(load().japanese)
    return rnd.choice(surnames) + rnd.choice(parts("givenj"))


def korean(rnd: Random) -> str:
    """A Korean name."""
    surnames = parts("surnamek")[:20] + ["金"] * 8 + ["李"] * 6 + ["朴"] * 5 + ["崔"] * 2
    return rnd.choice(surnames) + "".join(rnd.sample(parts("givenk"), 2))


def anybody(rnd: Random) -> str:
    """A name of any kind."""
    draw = rnd.random()
    if draw < 0.6:
        return chinese(rnd)
    if draw < 0.88:
        return family(rnd) if draw < 0.8 else dotted(rnd)
    return japanese(rnd) if draw < 0.95 else korean(rnd)
