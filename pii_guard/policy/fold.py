"""Folds text for matching, character by character so that offsets hold: Traditional to simplified,
full-width to ASCII, lower case.

The table is data/channels_fold.txt (OpenCC, Apache-2.0).

>>> fold("網銀密碼：ＡＢＣ１２３")
'网银密码:abc123'
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pii_guard.patterns import compiled

_OFTEN = tuple(zip("，：！？（）；“”\u3000", ",:!?();\"\" ", strict=True))
TABLE = Path(__file__).parent.parent / "data" / "channels_fold.txt"


def fold(text: str) -> str:
    """The text as lexicons and the classifier read it; same length."""
    if _seldom().search(text):  # a table look-up for every character costs ten times this search
        folded = text.translate(fold_table())
    else:
        folded = text
        for char, plain in _OFTEN:
            folded = folded.replace(char, plain)
    lowered = folded.lower()
    return lowered if len(lowered) == len(text) else "".join(_lower_one(c) for c in folded)


@cache
def _seldom() -> re.Pattern[str]:
    """A character that folds, the everyday ones aside."""
    often = {ord(char) for char, _ in _OFTEN}
    return compiled("[" + "".join([chr(code) for code in fold_table() if code not in often]) + "]")  # none is special there


def fold_pattern(source: str) -> str:
    """A regular expression that matches in folded text; its ASCII, escapes and classes among it, stays as it is."""
    return "".join([char if char.isascii() else folded for char, folded in zip(source, fold(source), strict=True)])


def unfold(word: str) -> str:
    """The Traditional shape of a simplified word, for searching unfolded text."""
    return word.translate(_reverse())


def _lower_one(char: str) -> str:
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char


@cache
def _lines() -> tuple[str, str]:
    rows = [row for row in TABLE.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return rows[0], rows[1]


@cache
def fold_table() -> dict[int, int]:
    """Code of a character to the code it folds to."""
    traditional, simplified = _lines()
    table = dict(zip(map(ord, traditional), map(ord, simplified), strict=True))
    table.update({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    return table | {ord(a): ord(b) for a, b in zip("\u3000\x1f‘’“”", " \n''\"\"", strict=True)}


@cache
def _reverse() -> dict[int, int]:
    traditional, simplified = _lines()
    return {ord(s): ord(t) for t, s in reversed(list(zip(traditional, simplified, strict=True)))}
