"""Texts for the name network: news sentences with their slots filled, some of their words exchanged.

Nouns, verbs and adjectives give way to others of the same length and kind from jieba's dictionary (MIT), drawn by
frequency: the sentences get odd, but show many more words that are no names beside names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

import strangers
import texts

FOLDER = Path(__file__).parents[2] / "training" / "person"
CHANNELS = FOLDER.parent / "channels"
SLOT = re.compile(r"\{(\w+)\}")
KINDS = {  # tags that can stand for each other
    **dict.fromkeys(("n", "nz", "nr", "nrt"), "n"),
    **dict.fromkeys(("v", "vn"), "v"),
    **dict.fromkeys(("a", "ad"), "a"),
    **dict.fromkeys(("i", "l"), "i"),
    **dict.fromkeys(("ns", "nt"), "ns"),
    **{kind: kind for kind in "bjts"},
}
PERSON: dict[str, Callable[[Random], str]] = {
    "n": strangers.chinese,
    "x": strangers.anybody,
    "f": strangers.family,
    "d": strangers.dotted,
    "e": lambda rnd: strangers.dotted(rnd) if rnd.random() < 0.45 else strangers.family(rnd),
    "j": strangers.japanese,
    "js": lambda rnd: rnd.choice(strangers.parts("surnamej")),
    "k": strangers.korean,
    "m": lambda rnd: rnd.choice(strangers.parts("minority")),
    "g": strangers.given,
}

Span = tuple[int, int]
Text = tuple[str, list[Span], list[Span]]  # the text, its names, and stretches left to the teacher


def lines(path: Path) -> list[str]:
    """The templates of a file."""
    return [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]


def filled(template: str, rnd: Random, mixed: float = 0.0) -> Text:
    """A template with its slots filled; a share `mixed` of the Chinese names gives way to any name."""
    out, names, open_ = "", [], []
    for i, part in enumerate(SLOT.split(template.replace("\\n", "\n"))):
        if i % 2 == 0:
            out += part
            continue
        slot = "x" if part == "n" and rnd.random() < mixed else part
        value = PERSON[slot](rnd) if slot in PERSON else thing(slot, rnd)
        if slot in PERSON:
            names.append((len(out), len(out) + len(value)))
        elif slot == "s":  # a lone surname: what belongs to it is the teacher's affair
            open_.append((max(0, len(out) - 1), len(out) + len(value) + 3))
        out += value
    return out, names, open_


def thing(slot: str, rnd: Random) -> str:
    """What is no person."""
    if slot == "abroad" and rnd.random() < 0.25:
        return rnd.choice(strangers.sounds(("ns",)))
    if slot in ("abroad", "place", "club"):
        return rnd.choice(strangers.parts(slot))
    if slot == "year":
        year = str(rnd.randrange(1900, 2025))
        return "".join("零一二三四五六七八九"[int(c)] for c in year) if rnd.random() < 0.3 else year
    return str(rnd.randrange(1, 500)) if slot == "num" else texts.value(slot, rnd)


@cache
def _by_kind() -> dict[tuple[str, int], tuple[list[str], list[float]]]:
    found: dict[tuple[str, int], tuple[list[str], list[float]]] = {}
    for word, count, kind in strangers.dictionary():
        if kind in KINDS and not kind.startswith("nr") and len(word) <= 4 and count >= 3:
            words, weights = found.setdefault((KINDS[kind], len(word)), ([], []))
            words.append(word)
            weights.append(count**0.6)
    return {key: (words, list(accumulate(weights))) for key, (words, weights) in found.items()}


@cache
def _words(piece: str) -> list[tuple[str, str]]:
    import jieba.posseg

    found = [(token.word, token.flag) for token in jieba.posseg.cut(piece)]
    return [(w, KINDS.get(kind, "") if len(w) > 1 or kind in ("n", "a") else "") for w, kind in found]


def varied(template: str, rnd: Random, rate: float) -> str:
    """The template with a share `rate` of its words exchanged."""
    out = ""
    for i, part in enumerate(SLOT.split(template)):
        if i % 2:
            out += f"{{{part}}}"
            continue
        for word, kind in _words(part):
            pool = _by_kind().get((kind, len(word))) if rnd.random() < rate else None
            out += rnd.choices(pool[0], cum_weights=pool[1])[0] if pool else word
    return out


def rows(rnd: Random, count: int) -> Iterator[Text]:
    """Rows of dictionary words, most with a name between marks among them."""
    known = [(w, n**0.6) for w, n, kind in strangers.dictionary() if not kind.startswith("nr") and len(w) <= 5]
    words, weights = [w for w, _ in known], list(accumulate(n for _, n in known))
    for _ in range(count):
        row = rnd.choices(words, cum_weights=weights, k=rnd.randrange(5, 12))
        at, name = rnd.randrange(len(row)), strangers.anybody(rnd)
        before = "".join(row[:at]) + rnd.choice("，、：。“ ")
        after = rnd.choice("，、。”：（ ") + "".join(row[at:])
        named = rnd.random() < 0.6
        where = [(len(before), len(before) + len(name))]
        yield (before + name + after, where, []) if named else ("".join(row), [], [])


def talk(rnd: Random) -> Iterator[str]:
    """The texts of the channel classifier, twice with other alternatives: here the teacher has the say."""
    for path in sorted(CHANNELS.glob("*.txt")):
        for template in lines(path) if path.name != "slots.txt" else ():
            for _ in range(2):
                chosen = re.sub(r"\{([^{}]*)\}", lambda found: rnd.choice(found[1].split("|")), template)
                yield re.sub(r"@[^\W\d_]", rnd.choice(["人", "号", "单", "钱", "他", ""]), chosen)

