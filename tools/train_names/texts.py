"""The training texts: our own sentences with invented people, CrossWOZ turns, and rows of dictionary words.

The rows of words (drawn by their frequency in jieba's dictionary, MIT) are no language, but they show the gate
how many ordinary words begin with a surname.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import people

SENTENCES = Path(__file__).parents[2] / "training" / "person" / "sentences.txt"
SLOTS = ("item", "org", "city", "day")
ROUNDS = 30


def sentences() -> list[str]:
    """The templates."""
    return [line for line in SENTENCES.read_text("utf-8").splitlines() if line and line[0] != "#"]


def filled(template: str, rnd: Random) -> tuple[str, list[int]]:
    """A template with its slots filled, and where the names in it begin."""
    out, starts = "", []
    for part in template.replace("\\n", "\n").split("{"):
        slot, brace, rest = part.partition("}")
        if not brace:
            out += part
            continue
        if slot == "n":
            starts.append(len(out))
        out += value(slot, rnd) + rest
    return out, starts


def value(slot: str, rnd: Random) -> str:
    """Something for a slot."""
    if slot in SLOTS:
        return rnd.choice(people.parts(slot))
    if slot == "n":
        return people.name(rnd)
    return {"tel": f"1{rnd.choice('3578')}000{rnd.randrange(10**6):06d}", "s": rnd.choice(people.parts("top"))}.get(
        slot, str(rnd.randrange(1, 5000))
    )


def rows_of_words(rnd: Random, count: int) -> Iterator[str]:
    """Rows of eight to sixteen words of jieba's dictionary."""
    import jieba

    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    entries = [(w, int(n)) for w, n, kind in map(str.split, lines) if not kind.startswith("nr") and len(w) < 5]
    words, weights = [w for w, _ in entries], [n**0.75 for _, n in entries]
    for _ in range(count):
        yield "".join(rnd.choices(words, weights, k=rnd.randrange(8, 17)))


def turns(path: Path) -> Iterator[str]:
    """The turns of a CrossWOZ file (Apache-2.0), JSON lines with a text."""
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)["text"]


def all_texts(seed: int, crosswoz: Path | None) -> list[tuple[str, list[int]]]:
    """Every training text with the starts of its names."""
    rnd = Random(seed)
    made = [filled(t, rnd) for t in sentences() for _ in range(ROUNDS if "{n}" in t else 8)]
    made += [(t, []) for t in rows_of_words(rnd, 12000)]
    if crosswoz:
        made += [(t, []) for t in turns(crosswoz)]
    rnd.shuffle(made)
    return made
