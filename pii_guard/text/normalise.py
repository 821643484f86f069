"""Undo disguises of a value, with the way back to the original text.

Full-width ASCII, digits of any script and shape, Han numerals (in runs of at least seven digits), emoji
keycaps, hidden characters, odd spaces and dashes, `\\uXXXX`, HTML character references, percent-encoding
and Cyrillic or Greek letters inside an e-mail address. Everything else stays as it is, above all Chinese
punctuation. One search over the text says whether there is anything to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from functools import cached_property
from unicodedata import normalize

from pii_guard.patterns import compiled
from pii_guard.patterns import lazy
from pii_guard.text.characters import DASHES
from pii_guard.text.characters import DIGITS
from pii_guard.text.characters import FULL_WIDTH
from pii_guard.text.characters import HAN_DIGITS
from pii_guard.text.characters import HIDDEN
from pii_guard.text.characters import LETTERS
from pii_guard.text.characters import LOOK_ALIKES
from pii_guard.text.characters import MARKS
from pii_guard.text.characters import NAMED
from pii_guard.text.characters import SPACES
from pii_guard.text.embedded import decode_base64_values
from pii_guard.text.offsets import Pieces

__all__ = ["Normalised", "decode_base64_values", "framed", "normalise", "regions"]

_LAST_BMP = "\uffff"
_HAN = "".join(HAN_DIGITS)
_ODD = "".join(DIGITS)
_ALIKE = "".join(LOOK_ALIKES)
_ALONE = f"{''.join(char for char in _ODD if char <= _LAST_BMP)}{''.join(FULL_WIDTH)}\u24b6-\u24e9{HIDDEN}"
_BESIDE = f"{SPACES}{DASHES}{_HAN}{_ALIKE}"  # these mean something only beside others
_MAPPED = f"{_ODD}{''.join(FULL_WIDTH)}\u24b6-\u24e9\U0001d400-\U0001d6a3"
_JOINT = "[ .\\-·，,、]?"
_STEP = "[ .\\-·，,、\n]?"  # a number may go on in the next line

# one set of BMP characters up front and few look-arounds behind it: this is what `re` searches fast
_SUSPECT = lazy(
    f"[{_ALONE}{_BESIDE}]"
    f"(?:(?<![{_BESIDE}])"
    f"|(?<=[{SPACES}{DASHES}])(?=[0-9])"
    f"|(?<=[{_HAN}])(?:(?<=[0-9]{{3}}.)|(?={_STEP}[0-9{_HAN}](?:{_STEP}[0-9{_HAN}]){{3}}))"
    f"|(?<=[{_ALIKE}])(?:(?=[{LETTERS}@])|(?<=[{LETTERS}@.].)))[{_ALONE}{_BESIDE}]*"
)
_BEYOND_BMP = lazy(
    "[\U000104a0-\U000104a9\U0001d400-\U0001d7ff\U0001f100-\U0001f10c\U0001fbf0-\U0001fbf9]"
)
_ESCAPES = {
    "\\": lazy(r"\\u[0-9a-fA-F]{4}"),
    "%": lazy(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*"),
    "&": lazy(rf"&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|{'|'.join(NAMED)});"),
}
_ONE = {char: digit for char, digit in DIGITS.items() if len(digit) == 1} | FULL_WIDTH | MARKS
_SAME_LENGTH = f"{''.join(_ONE)}{SPACES}{DASHES}"
_DIGIT = f"0-9{''.join(char for char in _ODD if char in _ONE)}{_HAN}"
_HOST_CHARS = f"{LETTERS}0-9{_ALIKE}{''.join(_ONE)}.-"
_MAIL_CHARS = f"_+{_HOST_CHARS}"  # no percent sign: it begins an escape
_MAIL = rf"(?<![{_MAIL_CHARS}])[{_MAIL_CHARS}]{{1,64}}[@＠][{_HOST_CHARS}]{{1,64}}"
_COUNT = lazy(  # 单号YT5491729753556三天没动, JT51 2340 0012 345三天没动
    rf"(?:(?<=[0-9]{{5}})|(?<=[0-9] [0-9])|(?<=[0-9] [0-9]{{2}})|(?<=[0-9] [0-9]{{3}})|(?<=[0-9] [0-9]{{4}}))"
    rf"[ ]?[{_HAN}]{{1,2}}\Z"
)
_MOBILE = lazy(r"1[3-9][0-9]{9}")
_SPOKEN = lazy(f"[{_HAN}]{{3,4}}[，,][{_HAN}]{{3,4}}[，,][{_HAN}]{{4,5}}")
_COMMA = lazy("[，,]")
_SHOWN = lazy(f"[^{HIDDEN}]+")
_FRAME = lazy("[\ufe0f\u20e3]{0,3}")
_TO_ASCII = str.maketrans(_ONE)
_RUN_TO_ASCII = str.maketrans(_ONE | HAN_DIGITS)
_MAIL_TO_ASCII = str.maketrans(_ONE | LOOK_ALIKES)
_SPACE_OR_DASH = lazy(f"([{SPACES}])|[{DASHES}]")
_MARGIN = 128

# the same suspicions without look-arounds, for a matcher that has none: each fires where a stretch may
# need undoing
HINTS = (
    f"[{_ALONE}]",
    f"[{SPACES}{DASHES}][0-9]",
    f"[0-9]{{3}}[{_HAN}]",
    f"[{_HAN}](?:{_STEP}[0-9{_HAN}]){{4}}",
    f"[{_ALIKE}][A-Za-z@]",
    f"[A-Za-z@.][{_ALIKE}]",
    "[\U000104a0-\U000104a9\U0001d400-\U0001d7ff\U0001f100-\U0001f10c\U0001fbf0-\U0001fbf9]",
    r"\\u[0-9a-fA-F]{4}",
    "%[0-9a-fA-F]{2}",
    "&#[0-9xX]",
    f"&(?:{'|'.join(NAMED)});",
)


@cache
def _changes() -> re.Pattern[str]:
    """All that is undone; compiled only where there is something to undo."""
    return compiled(
        rf"(?P<unicode>\\u[0-9a-fA-F]{{4}})|(?P<percent>(?:%[0-9a-fA-F]{{2}})+)|(?P<entity>{_ESCAPES['&'].pattern})"
        rf"|(?P<mail>{_MAIL})|(?P<hidden>[{HIDDEN}]+)"
        rf"|(?P<run>[{_DIGIT}](?:(?:[{HIDDEN}]?{_JOINT}|(?<=[{_HAN}]{{3}})\n)[{_DIGIT}]){{6,4000}})"
        rf"|(?P<flat>[{_SAME_LENGTH}]+)|(?P<mapped>[{_MAPPED}])"
    )


class Normalised:
    """A text without disguises; every character of it maps to a range of the original."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self.text = pieces.text()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that text[start:end] stands for."""
        return self._pieces.span(start, end)

    @cached_property
    def starts(self) -> list[int]:
        """For each character, where it starts in the original."""
        return [self._pieces.source_start(at) for at in range(len(self.text))]

    @cached_property
    def ends(self) -> list[int]:
        """For each character, where it ends in the original."""
        return [self._pieces.source_end(at) for at in range(len(self.text))]


def normalise(text: str) -> Normalised | None:
    """The text without disguises; None when there is none."""
    return _normalise(text, 0, len(text)) if _first(text) else None


def regions(text: str) -> Iterator[Normalised]:
    """Only the stretches with something to undo, widened by context: cheap for large texts.

    Offsets of `span` are those of the whole text.
    """
    for start, end in _stretches(text):
        found = _normalise(text, start, end)
        if found:
            yield found


def framed(text: str, end: int) -> int:
    """Where a value ends together with the frame of its last digit, an emoji keycap.

    >>> framed("1\ufe0f\u20e3.", 1), framed("1.", 1)
    (3, 1)
    """
    frame = _FRAME.match(text, end)
    return frame.end() if frame else end


def _first(text: str) -> bool:
    return any(True for _ in _suspects(text))


def _suspects(text: str) -> Iterator[re.Match[str]]:
    for mark, pattern in _ESCAPES.items():
        if mark in text:
            yield from pattern.finditer(text)
    if not text.isascii():
        yield from _SUSPECT.finditer(text)
        yield from _BEYOND_BMP.finditer(text)


def _stretches(text: str) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for suspect in sorted(found.span() for found in _suspects(text)):
        start, end = max(0, suspect[0] - _MARGIN), min(len(text), suspect[1] + _MARGIN)
        if merged and merged[-1][1] >= start:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _normalise(text: str, start: int, end: int) -> Normalised | None:
    pieces, at = Pieces(), start
    for found in _changes().finditer(text, start, end):
        pieces.copy(text[at : found.start()], at)
        for replacement, first, last in _units(found):
            if last < 0:
                pieces.copy(replacement, first)
            else:
                pieces.stand_in(replacement, first, last)
        at = found.end()
    pieces.copy(text[at:end], at)
    return None if pieces.text() == text[start:end] else Normalised(pieces)


def _units(found: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """(replacement, start, end) for what one match stands for; end -1: character for character."""
    start, end = found.span()
    raw, kind = found.group(), found.lastgroup
    if kind == "run":
        yield from _run(raw, start)
    elif kind == "flat":
        yield _SPACE_OR_DASH.sub(_space_or_dash, raw).translate(_TO_ASCII), start, -1
    elif kind == "mail":
        yield raw.translate(_MAIL_TO_ASCII), start, -1
    elif kind == "percent":
        yield from _percent(raw, start)
    elif kind == "unicode":
        yield _plain(chr(int(raw[2:], 16))), start, end
    elif kind == "entity":
        yield _plain(_entity(raw[1:-1])), start, end
    elif kind == "mapped":
        yield _plain(raw), start, end


def _run(raw: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A run of digits; Han numerals behind ASCII ones count what comes next, unless they complete a mobile number."""
    if _SPOKEN.fullmatch(raw) and _MOBILE.fullmatch(_COMMA.sub("", raw).translate(_RUN_TO_ASCII)):
        raw = _COMMA.sub("-", raw)  # 一三八，零零一三，八零零零: nobody lists three such numbers
    count = _COUNT.search(raw)
    end = len(raw) if count is None or _MOBILE.fullmatch(raw.translate(_RUN_TO_ASCII).replace(" ", "")) else count.start()
    for shown in _SHOWN.finditer(raw, 0, end):
        yield shown.group().translate(_RUN_TO_ASCII), start + shown.start(), -1
    yield raw[end:], start + end, -1


def _space_or_dash(found: re.Match[str]) -> str:
    return " " if found.group(1) else "-"


def _entity(name: str) -> str:
    if name[0] != "#":
        return NAMED[name]
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _percent(raw: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Percent-encoded UTF-8, character by character; other bytes stay as they are."""
    try:
        text = bytes.fromhex(raw.replace("%", "")).decode()
    except UnicodeDecodeError:
        yield raw, start, -1
        return
    for char in text:
        length = 3 * len(char.encode())
        yield _plain(char), start, start + length
        start += length


def _plain(char: str) -> str:
    """A full-width, circled or mathematical character as ASCII."""
    if char.isascii():
        return char
    known = DIGITS.get(char) or FULL_WIDTH.get(char)
    if known:
        return known
    folded = normalize("NFKC", char)
    return folded if folded.isascii() and folded.isalnum() else char
