"""Tokens that are a number with a suffix (90号, 5幢, 2单元, 302室), or a number that needs none (7-2-301)."""

from __future__ import annotations

from pii_guard.detect.address.words import COUNT
from pii_guard.detect.address.words import HAN
from pii_guard.detect.address.words import STEMS
from pii_guard.detect.address.words import any_of
from pii_guard.patterns import lazy

ARABIC = (
    r"(?<![0-9])(?:[A-Za-z]{1,2}-?)?[0-9]{1,6}(?:[A-Za-z][0-9]{0,4})?(?![0-9])"
    r"(?:(?:-{1,3}|[~/、.+&]|(?<=[0-9])一(?=[0-9]))[A-Za-z]?[0-9]{1,5}[A-Za-z]?(?![0-9])){0,4}"
)
PREFIX = rf"(?:第|附|特|新|旧|副|临|地下|负|[东西南北](?=[0-9{COUNT}])|[{STEMS}])?"
NUMBER_WORD = any_of(  # what makes 12号 a number of something else: 12号线, 12号之前
    "(?:邮政)?信箱 线 文(?:件|[^\u3400-\u9fff]) 令(?![\u3400-\u9fff]) 公告 码 称 召 外线 地铁",
    "机(?![床电械关场]) 航站 字 桌 牌(?!坊|楼) 球(?!场|馆) 手 选手 种子 店主 的?时候 上午 下午 晚",
    "[之以]?[前后](?![\u3400-\u9fff]) [之以][前后]",
    "[前后][的到发收能可会送来去就再才都未没] 左右 开始 到期 发货 厅(?=[0-9]) 路(?!口) 大?街(?![坊区]) 大道",
    "诊室 窗口 柜台 床",
)
NUMBERED = lazy(
    rf"{PREFIX}\s?(?:{ARABIC}|[{COUNT}]{{1,4}}|[{STEMS}])\s?(?:"
    r"(?P<building>号(?:楼(?![梯下上])|栋|馆|大楼|公寓楼?|宿舍楼?|仓库?|库|厂房|教学楼|办公楼)|#楼|#|[栋幢橦斋](?!标)|座(?![\u3400-\u9fff]))"
    r"|(?P<unit>单元|门洞|门(?![口市牌店卡铃厅诊禁卫])|梯(?!子))"
    r"|(?P<floor>楼(?![盘市主梯道])(?:之[0-9]{1,2})?|层(?![次层楼叠]|面(?!试))|[Ff](?![A-Za-z])|/[Ff])"
    r"|(?P<room>室(?![内外友温])|号?(?:房(?![间子屋租价源地产])|铺(?!子)|摊位|档口?(?![次期])|柜)|户(?![\u3400-\u9fff])|包厢|房间)"
    r"|(?P<number>号(?:大?院(?!线)|门(?![口卫])|之[0-9一二三四五六七八九]|附[0-9]{1,3}号?|小区)?"
    rf"(?!{NUMBER_WORD}))"
    r"|(?P<alley>弄|巷(?!子)|支弄|胡同|衖|段(?=[0-9]))"
    r"|(?P<group>村民小组|村民组|小组|组(?![织合数])|生产队|大队|中队|队(?![友员伍长])|委(?=[0-9])|社(?![会区交保])|屯|连(?![续接锁]))"
    r"|(?P<phase>期(?![限间待])|排(?![名队行骨放量除])|区(?![域别块])|片区|标段|地块|村(?=[0-9])|里(?=[0-9]))"
    r"|(?P<box>(?:号)?(?:邮政)?信箱(?:[0-9]{1,4}分箱)?))"
)
LETTERED = lazy(
    rf"(?P<building>[A-Za-z{STEMS}][0-9]{{0,2}}\s?(?:[栋幢座楼]|区(?!域))|[东西南北主副前后综合]{{1,2}}[楼栋座](?!梯))"
    r"|(?P<unit>[A-Za-z甲乙丙丁东西中]\s?(?:单元|门(?![口市牌店卡铃厅诊禁卫])))"
    r"|(?P<floor>[首顶底][层楼]|底商|地下室|[BbFf][0-9](?![0-9A-Za-z])(?:-[BFbf][0-9])?[层楼]?)"
    r"|(?P<phase>[东西南北中]{1,2}区(?![域别]))"
    rf"|(?P<room>[A-Za-z{STEMS}]\s?[室房](?!间)|[东西南北中]户(?![{HAN}]))"
)
BOX = lazy(r"(?P<box>[0-9]{1,6}(?:号|-[0-9]{1,4})?(?:邮政)?信箱(?:[0-9]{1,4}分箱)?)")
OPENERS = frozenset(f"0123456789{COUNT}{STEMS}第附特新旧副临地负东西南北主前后综首顶底中")
MEASURE = any_of(  # what makes a bare number a count
    "元 块 年 月 日 点 分 个 米 岁 人 天 次 路(?!口) 大?街(?![坊区]) 大道 斤 平 % : ： 公里 多 万 千 折 寸",
    "台 件",
    "名 家 种 项 座 集 季 倍 度 条 款 本 号 场 班 排 届 轮 局 级 类 笔 股 单 箱 包 盒",
    "瓶 页 章 节 步 只 位 分钟 小时",
)
BARE = lazy(
    r"(?!(?:19|20)[0-9]{2}-[0-9]{1,2}-)#?(?:[A-Za-z]{1,2}-)?[A-Za-z]{0,2}[0-9]{1,6}(?:[A-Za-z][0-9]{0,4})?"
    r"(?:(?:-{1,3}|[~/、&]|(?<=[0-9])一(?=[0-9]))[A-Za-z]?[0-9]{1,5}[A-Za-z]?){0,4}(?:-[A-Za-z](?![A-Za-z]))?"
    rf"(?![0-9A-Za-z.]|-[0-9]|\s?(?:{MEASURE}))"
)
SPOKEN = lazy(rf"[零〇一二三四五六七八九]{{3,4}}(?![{HAN}])")
STREET = lazy(rf"(?:[0-9]{{1,3}}|[{COUNT}]{{1,3}})号?(?:大街|大道|路(?!口|公交)|街(?!道)|道)")
TALL = lazy(rf"[0-9]{{3,4}}楼(?=[0-9{COUNT}]{{1,2}}(?:门|单元))")  # 515楼6门: a building, not a floor
GOES_ON = lazy(rf"[{HAN}]|-[0-9]")
LONG = lazy(r"[0-9]{7}")


def numbered(text: str, at: int) -> tuple[str, int] | None:
    """Kind and end of the number with a suffix that stands here."""
    if text[at] not in OPENERS and not text[at].isascii():
        return None
    match = NUMBERED.match(text, at) or LETTERED.match(text, at)
    if match is None:
        return None
    kind = str(match.lastgroup)
    return ("building" if kind == "floor" and TALL.match(text, at) else kind), match.end()


def street(text: str, at: int) -> tuple[str, int] | None:
    """A road that is only a number, as in an industrial zone: 9路, 三大道."""
    match = STREET.match(text, at)
    return ("road", match.end()) if match else None


def bare(text: str, at: int, *, spaced: bool) -> tuple[str, int] | None:
    """A number without a suffix; behind a space it is a short one that nothing goes on from.

    The kind is `chain` for building-unit-room (6-10-2023, 5-2753), which is hardly a count or a date.
    """
    if text[at] in COUNT:
        spoken = SPOKEN.match(text, at)
        return ("bare", spoken.end()) if spoken else None
    if not text[at].isascii():
        return None
    match = BARE.match(text, at)
    if match is None or (
        spaced and ((len(match[0]) > 5 and match[0].isdigit()) or GOES_ON.match(text, match.end()))
    ):
        return None
    pieces = match[0].replace("一", "-").split("-")
    chain = len(pieces) > 2 or (len(pieces) == 2 and len(pieces[1]) > 2)
    return ("chain" if chain else "bare", match.end())
