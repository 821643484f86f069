"""Tokens that say where from something else: 对面, 东侧, 往北300米路东, 与…交叉口."""

from __future__ import annotations

from pii_guard.detect.address.words import COUNT
from pii_guard.patterns import lazy

SIDE = "东[南北]?|西[南北]?|南|北|正[东西南北]"
DISTANCE = (
    rf"约?(?:[0-9]{{1,5}}(?:\.[0-9])?|[{COUNT}]{{1,4}})多?(?:米|公里|千米|里地|里路|[mM](?![A-Za-z])|km)"
    "(?:处|左右|远)?(?:的?路[东西南北]侧?)?"
)
DIRECTION = lazy(
    rf"[往向]?(?:(?:{SIDE}|[左右前后]|前行|直行)(?:[侧面边方端首角头口岸院]|门(?!外?(?:大街|路|街)))?)?(?:{DISTANCE})"
    r"|[正斜]?对[面过门]|旁(?:边|(?![听观]))|隔壁|门口(?![\u3400-\u9fff])|楼下(?![\u3400-\u9fff])|里面|[后前]面|[后正]门|大门口?"
    r"|[路街道村]口|交叉路?口|交汇处?|交界处?|交口|相交处?|[拐转]角处?|拐弯处?|[十丁]字路口|三岔口|红绿灯处?"
    r"|门卫室?|传达室|收发室|保安室|前台(?![\u3400-\u9fff])|宿舍楼?|商铺|店面|仓库|车间|车库|地库|底商|临街(?:商铺|门面)?|门面房?|境内|院内|内(?![\u4e00-\u9fff])"
    rf"|(?:{SIDE})(?:[侧面边端首角头口门岸段院](?![路街大道巷村社屯庄])(?:院内|内(?![\u4e00-\u9fff]))?|(?![\u3400-\u9fff0-9]))"
    r"|路[东西南北]侧?(?![路街大])|口(?=[东西南北对旁往向的(（]|[^\u4e00-\u9fff]|$)"
)
OPENERS = frozenset(
    f"0123456789{COUNT}往向东西南北左右前后直约正斜对旁隔门楼里大路街道村交相拐转丁三红底临地境院内口传收保宿商店仓车"
)


def direction(text: str, at: int) -> tuple[str, int] | None:
    """Kind and end of the direction that stands here."""
    if text[at] not in OPENERS:
        return None
    match = DIRECTION.match(text, at)
    return ("direction", match.end()) if match else None
