"""Surname and title: 张先生, 欧阳女士, 勾老太, 宣工.

The surname alone is the personal part: the title stays readable when the name is hidden (*先生).
A nickname (客服小李, 老周) names nobody in particular and scores low.
"""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.lexicon import section
from pii_guard.detect.words import compile_words
from pii_guard.model import Hit
from pii_guard.patterns import lazy

TITLES, SHORT = section("titles"), frozenset(section("short"))
UNTITLED = frozenset(section("untitled"))
_TITLES = compile_words(TITLES).pattern
_TITLED = lazy(_TITLES)
_LONG = "|".join(sorted((t for t in TITLES if t not in SHORT), key=len, reverse=True))
TITLE_END = lazy(rf"(?<=.)(?:{_LONG})\Z")  # a title swallowed by a name
_NICK = lazy(
    "[小老阿](?:(?<![\u3400-\u9fff].)|(?<=(?:客服|专员|坐席|师傅|同事|我是).))[\u3400-\u9fff]"
    "(?![\u3400-\u9fff]?[姐妹哥弟说话人板师])"
)


def titled(text: str) -> Iterator[Hit]:
    """A surname right before a title; the shorter and rarer, the lower the score."""
    words = load()
    for found in _TITLED.finditer(text):
        at = found.start()
        size = 2 if text[max(0, at - 2) : at] in words.compound else 1
        start = at - size
        name, before = text[max(0, start) : at], text[max(0, start - 1) : max(0, start)]
        if start < 0 or words.surname(name, 0) != size:
            continue
        if text.startswith(("事务所", "师事务所"), found.end()):
            continue
        if name == "任" and before > "\u3400":  # 曾任, 现任, 担任
            continue
        if name in words.wordy or name + found.group()[0] in UNTITLED:
            continue
        sure = 0.75 if found.group() not in SHORT else 0.35
        if size == 1 and name not in words.common:
            sure -= 0.3 if before > "\u3400" else 0.2  # 自治区主席
        sure -= 0.3 if size == 1 and _joins(before, name) else 0.0
        yield Hit(start, at, "PERSON", max(0.1, sure), (f"title:{found.group()}",))


def _joins(before: str, name: str) -> bool:
    """The character before makes the lone surname part of a word: 现金经理."""
    words = load()
    return before + name in words.everyday or before + name in words.words


def nicknamed(text: str) -> Iterator[Hit]:
    """小李, 老周: found, below the threshold of a report."""
    words = load()
    for found in _NICK.finditer(text):
        if found.group()[1] in words.common:
            yield Hit(found.start(), found.end(), "PERSON", 0.3, ("nickname",))
