"""Where a name that begins at a given character ends.

Han names have a surname and one or two characters more, women of Hong Kong and Taiwan at times two surnames;
names of minorities and transliterated names are joined by a middle dot; Latin names are capitalised words.
"""

from __future__ import annotations

from pii_guard.detect.person.lexicon import Lexicon
from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.lexicon import section
from pii_guard.detect.words import compile_words
from pii_guard.patterns import lazy

HAN = "\u3400-\u9fff\U00020000-\U0003ffff"  # two ranges: `re` compiles and matches them fastest
MIDDLE_DOTS = "·•・‧∙⋅"
DOTTED = lazy(rf"[{HAN}]{{1,7}}(?:[{MIDDLE_DOTS}．.](?:[A-Z]\.?[{MIDDLE_DOTS}])?[{HAN}]{{1,8}}){{1,4}}")
LATIN = lazy(
    r"[A-Z][a-z]{1,14}(?:[ .·][ ]?(?:[A-Z]\.|(?:[A-Z][a-z]{1,3})?[A-Z][a-z]{1,14})){1,2}(?![A-Za-z])"
)
JAPANESE_SURNAME, JAPANESE = 1.0, 1.5
FAMILY = 1.5  # a known family name of another country
GIVEN = -1.0  # two characters usual in given names, no surname
_HAN_ONLY = lazy(rf"[{HAN}]+")
_LETTERS = lazy(r"[A-Za-z][A-Za-z .]*")
_RUN = lazy(rf"[{HAN}〇]{{0,6}}")
# what often follows a name without a break: it ends the name before it
_NEXT = lazy(
    compile_words(section("follows")).pattern
    + r"|[,，。.;；:：!！?？、\s()（）\[\]【】<>《》\"“”'‘’/|\-—~@#*0-9A-Za-z]"
)


def han_end(text: str, start: int) -> int:
    """The likeliest end of a Han name that starts at `start`; `start` itself when none does."""
    words = load()
    run = _RUN.match(text, start)
    size = words.surname(text, start)
    if run is None or not size:
        return start
    room = run.end() - start
    lengths = range(size + 1, min(size + 2, room) + 1)
    options = [(_worth(text, start, size, length), start + length) for length in lengths]
    return max(options)[1] if options and max(options)[0] > 0 else start


def _worth(text: str, start: int, size: int, length: int) -> float:
    given = load().given
    score = 0.0
    for i, char in enumerate(text[start + size : start + length]):
        kind = given.get(char, 0)
        score += kind if kind < 0 else 1.0 + 0.4 * kind - 0.3 * i
    if not text[start + length : start + length + 1] or _NEXT.match(text, start + length):
        score += 2.0
    return score


def bounded(text: str, start: int, end: int) -> bool:
    """No Han character, letter or digit touches text[start:end] on either side."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def is_han(char: str) -> bool:
    """Whether this is one Han character, as HAN has them."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def prior(value: str) -> float:
    """How likely `value` is a name by its shape alone."""
    size = len(value)
    if not _HAN_ONLY.fullmatch(value):
        return _mixed_prior(value)
    words = load()
    if size == 1 or value in words.never or "某" in value:
        return -6.0
    if value in words.families:
        return FAMILY
    return _han_prior(value, words) - (1.5 if value in words.words else 0.0)


def long_prior(value: str, foreign: int) -> float:
    """The same for five Han characters or more, of which `foreign` are such as foreign names are written with."""
    words = load()
    if value in words.never or "某" in value:
        return -6.0
    if value in words.families:
        return FAMILY
    if len(value) <= 6 and (value[:4] in words.compound or value[:2] in words.japanese):
        return _han_prior(value, words)
    weight = foreign_prior(len(value), foreign)
    return weight - 1.5 if value in words.words else weight


def foreign_prior(size: int, foreign: int) -> float:
    """Of `size` Han characters without a surname, `foreign` of them such as foreign names are written with."""
    if foreign == size:
        return -0.8 + 0.3 * (size - 2)
    if size > 4:
        return -3.0 + (1.5 if foreign >= size - 1 else 0.0)
    return -2.0


def _mixed_prior(value: str) -> float:
    """Of a value that does not consist of Han characters only: dots between them, or letters."""
    if any(dot in value for dot in MIDDLE_DOTS):
        return (
            2.0 if len(value) > 2 and value[0] not in MIDDLE_DOTS and value[-1] not in MIDDLE_DOTS else -9.0
        )
    return -2.5 if len(value) > 1 and _LETTERS.fullmatch(value) else -6.0


def _han_prior(value: str, words: Lexicon) -> float:
    known, size = words.surname(value, 0), len(value)
    if known and known < size <= known + 2:
        told = 0.5 * sum(max(-2, words.given.get(c, 0) - 1) for c in value[known:])
        return (-0.3 if size == known + 1 else 0.5) + told - (0.7 if value[0] in words.wordy else 0.0)
    if value[:2] in words.japanese or value[:3] in words.japanese:
        return JAPANESE_SURNAME if value in words.japanese else JAPANESE
    foreign = sum(c in words.foreign for c in value)
    if size == 2 and foreign < 2 and value[0] != value[1] and all(words.given.get(c, 0) > 1 for c in value):
        return GIVEN
    return foreign_prior(size, foreign)
