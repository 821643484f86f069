"""Word lists as one regular expression that skips at C speed.

A plain alternation of 400 words tries 400 branches at every character.  Built as a trie, whose first level is a
set of literals, `re` derives a character-set prefix from it and only stops where some word can begin; the
longest word wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator

from pii_guard.patterns import lazy
from pii_guard.patterns import remembered

Trie = dict[str, "Trie"]
_END = ""


def compile_words(words: Iterable[str], *, caseless: bool = False) -> re.Pattern[str]:
    """A pattern that matches the longest of the (lower-case) words at each place.

    `caseless` matches ASCII letters in either case; the first letter stays two literals, because a class there
    would cost the character-set prefix.

    >>> compile_words(["电话", "电话号码", "tel"]).findall("电话号码 tel 电话")
    ['电话号码', 'tel', '电话']
    >>> compile_words(["qq群"], caseless=True).findall("Qq群 qQ群")
    ['Qq群', 'qQ群']
    """
    listed = sorted(set(words))
    name = "\n".join(("words 1", "caseless" if caseless else "", *listed))
    return lazy(remembered(name, lambda: _rendered(listed, caseless)))


def compile_found(words: Iterable[str]) -> re.Pattern[str]:
    """The same of words that stand in a scanned text: these must never reach the cache folder.

    >>> compile_found(["电话"]).findall("打电话")
    ['电话']
    """
    return re.compile(_rendered(sorted(set(words)), caseless=False))


def _rendered(words: Iterable[str], caseless: bool) -> str:
    root: Trie = {}
    for word in words:
        for first in {word[:1], word[:1].upper()} if caseless else {word[:1]}:
            node = root
            for char in first + word[1:]:
                node = node.setdefault(char, {})
            node[_END] = {}
    return _render(root, caseless, top=True) if root else r"(?!)"


def _render(node: Trie, caseless: bool, top: bool = False) -> str:
    branches = [
        _char(c, caseless and not top) + _render(node[c], caseless) for c in sorted(node) if c != _END
    ]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    return f"(?:{body})?" if _END in node else body


def _char(char: str, caseless: bool) -> str:
    if caseless and char.isascii() and char.isalpha():
        return f"[{char.lower()}{char.upper()}]"
    return re.escape(char)


class WordSet:
    """The longest of many words at each place, without a pattern to compile: compiling 1,100 words takes longer
    than reading a small file.  A word that begins inside another and ends behind it is found, too: 加我v holds 加我
    and 我v.

    >>> list(WordSet(["电话", "电话号码", "tel"]).spans("电话号码 Tel 电话"))
    [(0, 4), (5, 8), (9, 11)]
    >>> list(WordSet(["加我", "我v", "v"]).spans("加我v"))
    [(0, 2), (1, 3)]
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Words in lower case; ASCII letters of a text count in either."""
        self._words = frozenset(words) - {""}
        self._lengths: dict[str, list[int]] = {}  # by the first two characters: few words go on from there
        for word in sorted(self._words, key=len, reverse=True):
            lengths = self._lengths.setdefault(word[:2], [])
            if len(word) not in lengths:
                lengths.append(len(word))
        for begin, lengths in self._lengths.items():
            if len(begin) > 1 and begin[0] in self._words:
                lengths.append(1)
        firsts = re.escape("".join(sorted({begin[0] for begin in self._lengths})))
        self._first = lazy(f"[{firsts}]" if firsts else r"(?!)")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The longest at each place that ends behind all before it."""
        words, lengths, after = self._words, self._lengths, 0
        text = text.translate(_LOWER)
        for found in self._first.finditer(text):
            start = found.start()
            for length in lengths.get(text[start : start + 2]) or lengths.get(text[start]) or ():
                word = text[start : start + length]
                if start + len(word) <= after:
                    break
                if word in words:
                    after = start + len(word)
                    yield start, after
                    break


_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def lowered(text: str) -> str:
    """A text in lower case, as long as it was: the small form of İ is two characters, which no word has.

    >>> lowered("TEL"), lowered("İD")
    ('tel', 'İd')
    """
    small = text.lower()
    return small if len(small) == len(text) else text.translate(_LOWER)
