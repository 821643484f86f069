"""Words around an address that are not part of it: a person's name, a request, a complaint, 电联.

They matter where a line or a label gives the bounds and names need no suffix.
"""

from __future__ import annotations

from pii_guard.detect.address.kinds import ADMIN
from pii_guard.detect.address.kinds import INNER
from pii_guard.detect.address.kinds import LOOSE
from pii_guard.detect.address.kinds import Token
from pii_guard.detect.address.words import any_of
from pii_guard.patterns import lazy

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
NAME_LIKE = lazy(rf"[{SURNAMES}][\u3400-\u9fff]{{1,2}}(?:先生|女士|小姐|收)?$")
TRAILER = lazy(r"[_\s]*(?:[门前]?[口台]?(?:请?电联|[请速]?联系)|(?<![接查没验])代?收)[_\s。.]*$")
TALK = lazy(
    any_of(
        "有 能不 可以 怎么 没 不[要用能会行是通到给让好在] 就行 都 才 卖 买 了 漏 坏 停[电水气网] 断[电网]",
        "堵 故障 报修 火灾 发生 严重 无法 吵 噪音 扰民 丢失 破损 网络 信号 宽带 需 请 问 想 急 速发 加急",
        "多谢 集合 招租 出租 转让 拜托 缴费 欠费 着火 施工",
    )
)
CHATTER = lazy("[就行好急速快多可以能会不没有要用发送来等再又错谢拜托加亲哈呵哒嘿请]")
PLACE_END = lazy("[门院内外东西南北侧旁边店馆楼厅室处区口台场城园湾家]$")


def without_trailer(text: str, start: int, stop: int) -> int:
    """The end of a line without 电联 or 收."""
    trailer = TRAILER.search(text, start, stop)
    return trailer.start() if trailer else stop


def chatter(text: str, token: Token) -> bool:
    """Words behind the address rather than a part of it: 尽快发货."""
    if token.kind != "free":
        return False
    return token.end - token.start < 2 or CHATTER.search(text, token.start, token.end) is not None


def placeless(text: str, token: Token) -> bool:
    """A name without a suffix that does not even end like a place."""
    return token.kind == "free" and PLACE_END.search(text, token.start, token.end) is None


def chatty(text: str, found: list[Token]) -> bool:
    """Words before the province, or talk behind the last number: not an address and nothing else."""
    joins = sum(token.kind == "join" for token in found)
    if joins > 1 and not any(token.kind in ADMIN for token in found):
        return True
    if len(found) > 1 and found[0].kind == "free" and found[1].kind in ADMIN:
        return True
    return found[-1].kind == "free" and TALK.search(text, found[-1].start, found[-1].end) is not None


def without_name(text: str, found: list[Token]) -> list[Token]:
    """The tokens without the person's name that follows a room or house: 302室王小明."""
    if (
        len(found) < 2
        or found[-1].kind != "free"
        or not NAME_LIKE.match(text[found[-1].start : found[-1].end])
    ):
        return found
    apart = len(found) > 2 and found[-2].kind in LOOSE
    before = found[:-2] if apart else found[:-1]
    return before if before[-1].kind in INNER else found
