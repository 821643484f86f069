"""Where a name could begin: what the gate judges, found at the speed of `re`.

Han names begin with a surname and a character that given names may have.  Names with a middle dot, longer
transliterated names and capitalised Latin words always go to the network.
"""

from __future__ import annotations

import re
from functools import cache

from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.detect.words import compile_words


@cache
def starts() -> re.Pattern[str]:
    """A surname, but not an everyday word, before a character that can stand in a given name."""
    words = load()
    singles = "".join(sorted(words.singles | {c[0] for c in words.compound}))
    never = "".join(c for c, kind in words.given.items() if kind < 0)
    everyday = compile_words(words.everyday).pattern
    return re.compile(rf"(?!{everyday})[{singles}](?=[{HAN}])(?![{never}])")


@cache
def foreign() -> re.Pattern[str]:
    """Transliterated names of four characters or more, names with a dot, Latin names."""
    chars = "".join(sorted(load().foreign))
    return re.compile(rf"(?<=[{HAN}])[{MIDDLE_DOTS}](?=[{HAN}])|[{chars}]{{4}}|[A-Z][a-z]{{2}}")
