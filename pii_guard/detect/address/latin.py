"""Chinese addresses in English letters: Room 302, No. 12 Renmin Road, Chaoyang District, Beijing.

A road word is looked for, then the comma-separated pieces around it are taken in as long as each is a room,
building, district, city or province.  A road without a house number is not an address; nor is a number and
a road in a country that nothing says is China's.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pii_guard.detect.address.triggers import LATIN as ROAD_WORDS
from pii_guard.model import Hit
from pii_guard.patterns import lazy

REACH = 120
NAME = r"[A-Z][A-Za-z'’-]{1,20}"
ROAD_WORD = r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Boulevard|Blvd|Highway|Alley|Hutong|Dadao|Lu|Jie|Xiang)"
ROAD = lazy(
    rf"(?:(?P<no>No\.?\s?[0-9]{{1,5}}(?:-[0-9]{{1,4}})?[A-Za-z]?,?\s{{0,2}})|(?P<plain>[0-9]{{1,5}}[A-Za-z]?,?\s))?(?:{NAME}\s){{1,4}}"
    rf"(?:\(?(?:East|West|South|North|Middle|[EWSNM])\.?\)?\s)?{ROAD_WORD}\b\.?(?:\s\(?(?:East|West|South|North|Middle|Central|[EWSNM])\b\.?\)?)?"
    r"(?:,?\s{0,2}(?P<after>No\.?\s?[0-9]{1,5}))?",
    re.IGNORECASE,
)
UNIT = lazy(
    r"(?:Room|Rm|Unit|Flat|Apt|Apartment|Suite|Building|Bldg|Block|Tower|Floor|Level|Shop|House|No|Sec|Section|Lane|Ln|Alley|Aly)\.?\s?#?[A-Z]?[0-9]{0,5}[A-Z]?(?:-[0-9]{1,5})?"
    r"|[0-9]{1,3}(?:st|nd|rd|th)?\s?/?(?:FL?\.?|Floor)|#?[A-Z]?[0-9]{1,5}[A-Z]?(?:-[0-9]{1,5}){0,3}"
    rf"|(?:{NAME}\s){{1,4}}(?:Building|Plaza|Mansion|Gardens?|Tower|Centre|Center|Square|Estate|Court|House|Community|Apartments?|Park|Village)(?:\s[A-Z]?[0-9]{{0,3}})?",
    re.IGNORECASE,
)
AREA = lazy(
    rf"(?:{NAME}\s?){{1,3}}\s?(?:District|Dist|City|Province|Prov|County|Town|Township|Village|"
    r"Sub-?district|New Area|Qu|Shi|Sheng)\b\.?"
    r"(?:\s(?:Beijing|Shanghai|Tianjin|Chongqing))?(?:\s[0-9]{3,6})?"
    r"|(?:Beijing|Shanghai|Tianjin|Chongqing|Guangzhou|Shenzhen|Hangzhou|Nanjing|Wuhan|Chengdu|Xi'?an|Suzhou|Xiamen|Qingdao|Dalian|"
    r"Ningbo|Changsha|Zhengzhou|Jinan|Shenyang|Harbin|Kunming|Fuzhou|Hefei|Guangdong|Zhejiang|Jiangsu|Sichuan|Hubei|Hunan|Shandong|"
    r"Fujian|Henan|Hebei|Hong Kong|HK|Kowloon|New Territories|N\.?T\.?|Macau|Macao|Taipei|Taichung|"
    r"Kaohsiung|Taiwan)\b(?:,?\s(?:P\.?\s?R\.?\s?)?China)?(?:\s[0-9]{3,6})?"
    r"|(?:P\.?\s?R\.?\s?)?China|PRC|[0-9]{6}",
    re.IGNORECASE,
)
PLACE = lazy(r"[A-Z][A-Za-z'’]+(?: [A-Z][A-Za-z'’]+){0,2} ?")
LATIN = lazy(r"[A-Za-z0-9 .,#/()'’&-]+")
WORD = lazy(r"(?<![A-Za-z0-9])[A-Za-z0-9#]")
PIECE = lazy(r"[^,]+")
SCORE = 0.75


def find(text: str) -> list[Hit]:
    """Every such address of the text."""
    hits: list[Hit] = []
    done = 0
    for anchor in ROAD_WORDS.finditer(text):
        if anchor.start() >= done and (hit := around(text, anchor.start(), anchor.end(), done)):
            hits.append(hit)
            done = hit.end
    return hits


def around(text: str, start: int, end: int, floor: int) -> Hit | None:
    """The address whose road word stands at text[start:end]."""
    left = max(floor, start - REACH)
    for match in re.finditer(r"[^A-Za-z0-9 .,#/()'’&-]", text[left:start]):
        floor = left + match.end()
    left = max(left, floor)
    run = LATIN.match(text, left, min(len(text), end + REACH))
    if run is None or run.end() < end:
        return None
    pieces = [(p.start() + left, p.end() + left) for p in PIECE.finditer(run[0])]
    middle = next((i for i, (a, b) in enumerate(pieces) if a <= start < b), None)
    return None if middle is None else assembled(text, pieces, middle)


def assembled(text: str, pieces: list[tuple[int, int]], middle: int) -> Hit | None:
    """The road's piece with the units and areas that stand next to it."""
    road = None
    for match in ROAD.finditer(text, *pieces[middle]):
        road = match
    if road is None:
        return None
    first = leftwards(text, pieces[: middle + 1], road.start())
    last, areas = rightwards(text, pieces[middle:], road.end())
    if not (road["no"] or road["after"] or (areas and (road["plain"] or first < road.start()))):
        return None
    return Hit(first, last, "ADDRESS", SCORE, ("latin",))


def leftwards(text: str, pieces: list[tuple[int, int]], first: int) -> int:
    """Where the rooms, floors and buildings before the road begin."""
    for i in range(len(pieces) - 2, -1, -1):
        piece = tail(text, pieces[i]) if not text[pieces[i + 1][0] : first].strip() else None
        if piece is None:
            break
        first = piece
    return first


def rightwards(text: str, pieces: list[tuple[int, int]], last: int) -> tuple[int, int]:
    """Where the districts, cities and buildings behind the road end, and how many areas there are.

    One unknown name may stand between: Quarry Bay, Hong Kong.
    """
    areas, skipped = 0, False
    for before, (a, b) in pairwise(pieces):
        if text[max(last, before[0]) : before[1]].strip() and not skipped:
            break
        start = inner(text, a, b)
        area = AREA.match(text, start, b)
        match = area or UNIT.match(text, start, b)
        if match is None:
            if skipped or not PLACE.fullmatch(text, start, b):
                break
            skipped = True
            continue
        areas, last, skipped = areas + (area is not None), match.end(), False
    return last, areas


def inner(text: str, a: int, b: int) -> int:
    """Behind the spaces."""
    return a + len(text[a:b]) - len(text[a:b].lstrip())


def tail(text: str, piece: tuple[int, int]) -> int | None:
    """Where the unit or area begins that a piece ends with."""
    a, b = inner(text, *piece), piece[1]
    for match in WORD.finditer(text, a, b):
        if UNIT.fullmatch(text, match.start(), b) or AREA.fullmatch(text, match.start(), b):
            return match.start()
    return None
