"""The cheap look: places of a text where an address may be.  One pass of a compiled pattern, nothing else.

Everything dear (gazetteer, lexer) runs only around these places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

from pii_guard.detect.address.words import COUNT

DIGIT = rf"0-9０-９{COUNT}A-Za-z甲乙丙丁"
TRIGGER = re.compile(
    rf"[号號](?<=[{DIGIT}].)(?![码碼称線线])|号(?<=[{DIGIT}] .)|[弄栋幢棟座室组組队隊巷户戶铺鋪](?<=[{DIGIT}].)|[楼樓层層](?<=[{DIGIT}首顶底].)|单元|單元|底商|"
    r"[路街道巷](?=[0-9０-９]{1,5}(?![0-9０-９]))|路(?=[口与和(（東东西南北侧])|交叉口|交汇处|[区县镇乡鎮鄉](?=[\u3400-\u9fff]{1,6}[村路街屯])|"
    r"(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])|(?:地址|住址|地點|地点|住所)[】\])）]?(?:[是为]?\s?[:：]\s?)?|家住|住在|位于|位於|坐落|信箱|[小花家嘉][区園园苑](?=[0-9])|村(?=[0-9])"
)


LATIN = re.compile(
    r"\b(?:[Rr]oad|ROAD|[Rr]d|RD|[Ss]treet|STREET|[Ss]t|ST|[Aa]venue|[Aa]ve|[Ll]ane|[Bb]lvd|[Bb]oulevard|Hutong|[Dd]adao|Lu|Jie)\b(?![=(:_])"
)
LINE = re.compile(
    r"(?:^|(?<=\x1f))[ \t　]*(?:[\u3400-\u9fff]{1,11}?[省市区县區縣镇乡鎮鄉路街](?=[\u3400-\u9fff0-9]{2})|"
    r"[\u3400-\u9fffA-Za-z0-9、-]{2,24}?[0-9](?:[#室栋幢楼F]|(?<=[^0-9.][0-9]{3})|(?<=[^0-9][0-9]{4})|(?<=-[0-9])|(?<=-[0-9]{2})|(?<=-[0-9]{3})|(?<=-[0-9]{4}))[ \t]*$)",
    re.MULTILINE,
)


def places(text: str) -> Iterator[int]:
    """Offsets of triggers, rising."""
    inner = (match.end() if match[0][-1] in ":： " else match.start() for match in TRIGGER.finditer(text))
    lines = (match.end() - 1 for match in LINE.finditer(text))
    return merge(inner, lines)
