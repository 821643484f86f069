"""Where an address may begin and end: at an edge, behind a label, behind a word that no address contains."""

from __future__ import annotations

from pii_guard.detect.address.words import BEFORE
from pii_guard.detect.address.words import NEVER
from pii_guard.patterns import lazy

EDGE = lazy(
    r"[。；;！!？?：:\"“”‘’'<>《》【】\x1f\x00=…~\\|\t]|\n[ \t]*\n"
    r"|(?<![省市县])(?<![^小校园社厂景东西南北]区)[，,]"
)
BRACKET_OR_EDGE = lazy(rf"[(（][^()（）\n]{{0,40}}[)）]|(?P<edge>{EDGE.pattern})")
STOP = lazy(
    rf"(?:{BEFORE}|{NEVER}|(?<![解开])放(?![鹤生马牛])|[为于往至：:，,；;。 \n\t(（\[【、成叫送发去从和或及])"
)
LEAD = lazy(
    r"(?:货?放(?![鹤生马])|派?送(?!变电)|从(?![化江])|寄|发(?![展达祥])|邮(?![电政])|由|到(?!滘)|至(?![善诚])|往|去|走|拍下|备注|填|写|就|来|改|换|对(?!面)|"
    r"回(?!龙|民|族|家)|搬|投|取|导航|一下|隔壁|起点|终点|自|于(?![洪都家]))+[:：\s]*"
)
LINE = "\n\r\x1f"
LABEL = lazy(
    r"(?:地址|住址|住所)(?:(?:改|变更|更改|换|写|填)(?:成了?|为|的是|在)|(?:就|应该)?[是为在]{1,2}(?![不没否])|\s+|(?=[0-9]))\s*"
)
WEAK_LABEL = lazy(
    r"(?:[地住]址(?![改变更换写填错有无不和与及或栏解])(?=[\u3400-\u9fff])|地[点點](?:[是为在]{1,2})?|位[于於]|坐落[于在]|座落[于在]|家住|[现租暂]?住在|居住[于在])\s*"
)
WEAK_LABEL_END = lazy(r"地[点點]\s*[:：]\s*$")
LABEL_END = lazy(
    r"(?:(?:地址|住址|住所|[Aa]ddress)[】\])）]?\s*(?:[是为]?\s*[:：=])|[【\[(（][\u4e00-\u9fff]{0,4}地址[】\])）])\s*[\"'“]?$"
)
LABEL_REACH = 12


def edges(text: str, left: int, at: int, right: int) -> tuple[int, int]:
    """The bounds of what lies around text[at] without a full stop or the like, brackets left whole."""
    for match in EDGE.finditer(text, left, at):
        left = match.end()
    for match in BRACKET_OR_EDGE.finditer(text, at, right):
        if match["edge"] is not None:
            return left, match.start()
    return left, right


def without_lead(stretch: str, at: int) -> int:
    """Behind a verb that is written on to the address: 送中关村大街27号."""
    match = LEAD.match(stretch, at)
    return match.end() if match else at


def label_before(text: str, stretch: str, left: int, here: int) -> int | None:
    """Offset in the stretch behind a label (收货地址：, 地址在) before the trigger, if there is one."""
    last = None
    for match in LABEL.finditer(stretch, max(0, here - LABEL_REACH * 5), min(len(stretch), here + 8)):
        last = match.end()
    if last is not None:
        return last
    if LABEL_END.search(text, max(0, left - LABEL_REACH), left):
        return len(stretch) - len(stretch.lstrip())
    return None


def weak_label_before(text: str, stretch: str, left: int, here: int) -> int | None:
    """The same behind 地点：, 位于 or 住在, which a mere city or landmark may follow as well."""
    low, high = max(0, here - LABEL_REACH * 3), min(len(stretch), here + 4)
    found = [match.end() for match in WEAK_LABEL.finditer(stretch, low, high)]
    if found:
        return found[-1]
    return 0 if WEAK_LABEL_END.search(text, max(0, left - LABEL_REACH), left) else None


def line_around(text: str, stretch: str, left: int, here: int) -> tuple[int, int] | None:
    """The line of the trigger within the stretch, where the stretch holds all of it."""
    start = stretch.rfind("\n", 0, here) + 1
    stop = stretch.find("\n", here)
    stop = len(stretch) if stop < 0 else stop
    if start == 0 and left > 0 and text[left - 1] not in LINE:
        return None
    if stop == len(stretch) and left + stop < len(text) and text[left + stop] not in LINE:
        return None
    piece = stretch[start:stop]
    return start + len(piece) - len(piece.lstrip()), stop - len(piece) + len(piece.rstrip())
