"""Write pii_guard/data/person_words.txt (words that look like a name) and person_everyday.txt.

    pip install jieba
    python tools/train_names/make_words.py

From the dictionary of jieba (MIT): words of two and three characters that begin with a surname, are not
tagged as names, and are frequent (高兴, 安全, 方便); places and brands written in the characters of
transliterated names (卡塔尼亚, 斯托克); and the frequent words of two characters.
"""

from __future__ import annotations

from pathlib import Path

import jieba

from pii_guard.detect.person.lexicon import load

DATA = Path(__file__).parents[2] / "pii_guard" / "data"
TARGET, EVERYDAY = DATA / "person_words.txt", DATA / "person_everyday.txt"
EVERY = 200
FREQUENT = {2: 20, 3: 20}
NAMES = ("nr", "nrt", "nrfg")
PLACES = ("ns", "nt", "nz")


def everyday() -> list[str]:
    """The most frequent words of two characters: one by itself is not worth the network's time."""
    found = []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, kind = line.split()
        if kind not in NAMES and len(word) == 2 and int(count) >= EVERY:
            found.append(word)
    return sorted(found)


def words() -> list[str]:
    """The words, in order of code points."""
    lexicon = load()
    found = set()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, kind = line.split()
        if kind in PLACES and len(word) > 1 and lexicon.foreign.issuperset(word):
            found.add(word)
        if kind in NAMES or int(count) < FREQUENT.get(len(word), 1 << 30):
            continue
        if lexicon.surname(word, 0) == 1 and all(lexicon.given.get(c, 0) >= 0 for c in word[1:]):
            found.add(word)
    return sorted(found)


def main() -> None:
    """Write them, one surname a line."""
    EVERYDAY.write_text(" ".join(everyday()) + "\n", "utf-8")
    lines: dict[str, list[str]] = {}
    for word in words():
        lines.setdefault(word[0], []).append(word[1:])
    TARGET.write_text("".join(f"{first} {' '.join(rest)}\n" for first, rest in lines.items()), "utf-8")
    print(f"{TARGET.name}: {sum(map(len, lines.values()))} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
