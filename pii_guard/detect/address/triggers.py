"""The cheap look: places of a text where an address may be.  Passes of compiled patterns, nothing else.

Everything dear (gazetteer, lexer) runs only around these places.  TRIGGER starts with one character class, so
that the regex engine skips from one such character to the next; what stands around it is asked afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

from pii_guard.detect.address.words import COUNT
from pii_guard.patterns import lazy

NUMERAL = f"0-9０-９{COUNT}A-Za-z甲乙丙丁"
HAN = "\u3400-\u9fff"
TRIGGER = lazy(
    "[号號弄栋幢棟座室組组队隊巷户戶铺鋪楼樓层層元商路街道口处區区县镇乡鎮鄉址點点所住于於落箱园園苑村厦廈寓Ff-](?:"
    rf"(?<=[{NUMERAL}][号號弄栋幢棟座室組组队隊巷户戶铺鋪楼樓层層])(?![码碼称線线])|(?<=[{NUMERAL}] [号號])"
    r"|(?<=[首顶底][楼樓层層商])"
    r"|(?<=[单單]元)"
    r"|(?<=[路街道巷])[0-9０-９]{1,5}(?![0-9０-９])|(?<=路)(?=[口与和(（東东西南北侧])|(?<=交叉口)|(?<=交汇处)"
    rf"|(?<=[区县市镇乡鎮鄉道])(?=[{HAN}]{{1,6}}[村路街屯])"
    r"|(?<=[地住]址)(?:[】\])）]?[是为]?\s?[:：]\s?)?|(?<=地[點点])(?:\s?[:：]\s?)?|(?<=住所)\s?[:：]\s?|(?<=[家居]住)|(?<=住)在|(?<=位[于於])|(?<=坐落)|(?<=信箱)"
    r"|(?<=[区園园苑村])(?=[0-9])|(?<=[厦廈寓])(?=[0-9]{3,4}(?![0-9]))|(?<=[0-9][Ff])(?![0-9A-Za-z])"
    r"|(?<=[0-9]-)[0-9]{1,2}-[0-9]{3,4}(?![0-9-]))"
)
LINE = lazy(
    rf"[\n\x1f][ \t　]*(?:[{HAN}]{{1,11}}?[省市区县區縣镇乡鎮鄉路街](?=[{HAN}0-9]{{2}})|"
    rf"[{HAN}A-Za-z0-9、-]{{2,24}}?[0-9](?:[#室栋幢楼F]|(?<=[^0-9.][0-9]{{3}})|(?<=[^0-9][0-9]{{4}})|"
    r"(?<=-[0-9])|(?<=-[0-9]{2})|(?<=-[0-9]{3})|(?<=-[0-9]{4}))[ \t]*$)",
    re.MULTILINE,
)
LATIN = lazy(
    r"\b(?:[Rr]oad|ROAD|[Rr]d|RD|[Ss]treet|STREET|[Ss]t|ST|[Aa]venue|[Aa]ve|[Ll]ane|[Bb]lvd|[Bb]oulevard|Hutong|[Dd]adao|Lu|Jie)\b"
    r"(?![=(:_])"
)
LATIN_PIECES = (
    "oad",
    "OAD",
    "rd",
    "Rd",
    "RD",
    "treet",
    "TREET",
    "St",
    "st",
    "ST",
    "ve",
    "ane",
    "lvd",
    "levard",
    "Hutong",
    "adao",
    "Lu",
    "Jie",
)
COLONS = frozenset(":： ")


def places(text: str) -> Iterator[int]:
    """Offsets of triggers, rising."""
    inner = (match.end() if match[0][-1] in COLONS else match.start() for match in TRIGGER.finditer(text))
    lines = (match.end() - 2 for match in LINE.finditer("\n" + text))  # a line begins with the end of the one before
    return merge(inner, lines)


def latin(text: str) -> bool:
    """Whether a road word in English letters stands somewhere; looked for among the letters, which are few."""
    letters = text.encode("ascii", "ignore").decode("ascii")
    return any(piece in letters for piece in LATIN_PIECES) and LATIN.search(text) is not None
