"""The words the finder knows: surnames, characters of given names, words that are no names.

Read once from data/person_lexicon.txt (written by hand; the 百家姓 and the compound surnames are public
domain) and from the word lists that tools/train_names/make_words.py makes.
"""

from __future__ import annotations

from functools import cache

from pii_guard import data
from pii_guard.records import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of characters and words; `singles` are all surnames of one character."""

    common: frozenset[str]
    singles: frozenset[str]
    wordy: frozenset[str]
    compound: frozenset[str]
    given: dict[str, int]  # character -> 2 often, 1 at times, -3 hardly ever in a given name
    foreign: frozenset[str]  # characters that foreign names are written with
    japanese: frozenset[str]  # surnames of two or three characters
    families: frozenset[str]  # transliterated family names
    blank: frozenset[str]
    history: frozenset[str]
    brands: frozenset[str]
    everyday: frozenset[str]  # frequent words of two characters
    service: frozenset[str]  # words of customer service
    words: frozenset[str]  # words and places that look like a name
    never: frozenset[str]  # words and places that the network takes for names

    def surname(self, text: str, start: int) -> int:
        """How many characters of text[start:] are a surname: 0, 1, 2 or more; the longest wins."""
        for size in (4, 2):
            if text[start : start + size] in self.compound and start + size <= len(text):
                return size
        return int(text[start : start + 1] in self.singles)


@cache
def _sections() -> dict[str, str]:
    lines = _read("person_lexicon.txt").splitlines()
    return dict(line.split(" = ", 1) for line in lines if " = " in line)


def section(name: str) -> tuple[str, ...]:
    """The words of one section of the lexicon."""
    return tuple(_sections()[name].split())


@cache
def load() -> Lexicon:
    """The shipped lexicon."""
    part = _sections()
    given = dict.fromkeys(part["function"], -3)
    given |= dict.fromkeys(part["given2"], 1) | dict.fromkeys(part["given"], 2)
    common = frozenset(part["common"])
    return Lexicon(
        common=common,
        singles=common | frozenset(part["other"]) | frozenset(part["traditional"]),
        wordy=frozenset(part["wordy"]),
        compound=frozenset(part["compound"].split()),
        given=given,
        foreign=frozenset(part["foreign"]),
        japanese=frozenset(part["japanese"].split()),
        families=frozenset(part["families"].split()),
        blank=frozenset(part["blank"].split()),
        history=frozenset(part["history"].split()),
        brands=frozenset(part["brands"].split()),
        service=frozenset(part["service"].split()),
        everyday=frozenset(_read("person_everyday.txt").split()),
        words=frozenset(first + rest for first, *more in _words() for rest in more),
        never=frozenset(part["never"].split()) | frozenset(part["places"].split()),
    )


def _words() -> list[list[str]]:
    """One line for each first character: the character, then what may follow it."""
    return [line.split() for line in _read("person_words.txt").splitlines()]


def _read(name: str) -> str:
    return data.file(name).read_text("utf-8")
