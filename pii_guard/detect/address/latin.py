"""Chinese addresses in English letters: Room 302, No. 12 Renmin Road, Chaoyang District, Beijing.

A road word is looked for, then the comma-separated pieces around it are taken in as long as each is a room,
building, district, city or province.  A road without a house number is not an address; nor is a number and
a road in a country that nothing says is China's.
"""

from __future__ import annotations

import re

from pii_guard.detect.address.triggers import LATIN as ROAD_WORDS
from pii_guard.model import Hit

REACH = 120
NAME = r"[A-Z][A-Za-z'’-]{1,20}"
ROAD_WORD = r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Boulevard|Blvd|Highway|Alley|Hutong|Dadao|Lu|Jie|Xiang)"
ROAD = re.compile(
    rf"(?:(?P<no>No\.?\s?[0-9]{{1,5}}(?:-[0-9]{{1,4}})?[A-Za-z]?,?\s{{0,2}})|(?P<plain>[0-9]{{1,5}}[A-Za-z]?,?\s))?(?:{NAME}\s){{1,4}}"
    rf"(?:\(?(?:East|West|South|North|Middle|[EWSNM])\.?\)?\s)?{ROAD_WORD}\b\.?(?:\s\(?(?:East|West|South|North|Middle|Central|[EWSNM])\b\.?\)?)?"
    r"(?:,?\s{0,2}(?P<after>No\.?\s?[0-9]{1,5}))?",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"(?:Room|Rm|Unit|Flat|Apt|Apartment|Suite|Building|Bldg|Block|Tower|Floor|Level|Shop|House|No|Sec|Section|Lane|Alley)\.?\s?#?[A-Z]?[0-9]{0,5}[A-Z]?(?:-[0-9]{1,5})?"
    r"|[0-9]{1,3}(?:st|nd|rd|th)?\s?/?(?:F|FL|Floor)|#?[A-Z]?[0-9]{1,5}[A-Z]?(?:-[0-9]{1,5}){0,3}"
    rf"|(?:{NAME}\s){{1,4}}(?:Building|Plaza|Mansion|Gardens?|Tower|Centre|Center|Square|Estate|Court|House|Community|Apartments?|Park|Village)(?:\s[A-Z]?[0-9]{{0,3}})?",
    re.IGNORECASE,
)
AREA = re.compile(
    rf"(?:{NAME}\s?){{1,3}}\s?(?:District|Dist|City|Province|Prov|County|Town|Township|Village|Sub-?district|New Area|Qu|Shi|Sheng)\.?"
    r"(?:\s(?:Beijing|Shanghai|Tianjin|Chongqing))?(?:\s[0-9]{5,6})?"
    r"|(?:Beijing|Shanghai|Tianjin|Chongqing|Guangzhou|Shenzhen|Hangzhou|Nanjing|Wuhan|Chengdu|Xi'?an|Suzhou|Xiamen|Qingdao|Dalian|"
    r"Ningbo|Changsha|Zhengzhou|Jinan|Shenyang|Harbin|Kunming|Fuzhou|Hefei|Guangdong|Zhejiang|Jiangsu|Sichuan|Hubei|Hunan|Shandong|"
    r"Fujian|Henan|Hebei|Hong Kong|HK|Kowloon|New Territories|N\.?T\.?|Macau|Macao|Taipei|Taichung|Kaohsiung|Taiwan)(?:,?\s(?:P\.?\s?R\.?\s?)?China)?(?:\s[0-9]{5,6})?"
    r"|(?:P\.?\s?R\.?\s?)?China\.?|PRC|[0-9]{6}",
    re.IGNORECASE,
)
PLACE = re.compile(r"[A-Z][A-Za-z'’]+(?: [A-Z][A-Za-z'’]+){0,2} ?")
LATIN = re.compile(r"[A-Za-z0-9 .,#/()'’&-]+")
PIECE = re.compile(r"[^,]+")
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
    first, last = road.start(), road.end()
    number = road["no"] or road["after"]
    i = middle - 1
    while text[pieces[i + 1][0]:first].strip(" ,") == "" and i >= 0 and (piece := tail(text, pieces[i])):
        first, i = piece[0], i - 1
        if piece[0] > pieces[i + 1][0] + 1:
            break
    areas, unknown = 0, False
    for a, b in pieces[middle + 1:] if text[last:pieces[middle][1]].strip() == "" else []:
        match = AREA.match(text, skip(text, a, b), b) or UNIT.match(text, skip(text, a, b), b)
        if match is None and not unknown and PLACE.fullmatch(text, skip(text, a, b), b):
            unknown = True
            continue
        if match is None:
            break
        areas += match.re is AREA
        last = match.end()
        if text[last:b].strip(" .)"):
            break
    if not (number or (road["plain"] and areas) or (areas and first < road.start())):
        return None
    return Hit(first, last, "ADDRESS", SCORE, ("latin",))


def skip(text: str, a: int, b: int) -> int:
    """Behind the spaces."""
    return a + len(text[a:b]) - len(text[a:b].lstrip())


def tail(text: str, piece: tuple[int, int]) -> tuple[int, int] | None:
    """The unit or area that a piece ends with."""
    a, b = skip(text, *piece), piece[1]
    for match in re.finditer(r"(?<![A-Za-z0-9])[A-Za-z0-9#]", text[a:b]):
        found = UNIT.fullmatch(text, a + match.start(), b) or AREA.fullmatch(text, a + match.start(), b)
        if found:
            return found.span()
    return None
