"""What may stand between a label and its value, and between the values of a list."""

from __future__ import annotations

import re

from pii_guard.patterns import lazy

DIGITS = frozenset("0123456789")
_STEPS = frozenset(":： 是=")  # the shortest gaps, each a gap by itself
_COUNTED = frozenset("位:：")  # 后4位, QQ1：…: the digit is not the value's
_OPENERS = frozenset("[【(（")
_AFTER_COMMA = frozenset("+(（原以之旧")  # 原来的 …
_LIST_STARTS = frozenset(" \u3000、/／;；|或和及（(")
_CLOCK = r"(?:[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}[ T]{1,2})?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_WHEN = rf"(?:[\[(（【]?{_CLOCK}[\])）】]?[ \t]{{0,3}})?"  # a message of a chat export may begin with its time
_SPEAKER = (  # a name or a role, no name of another field
    r"(?![一-鿿]{0,3}(?:[号码址名间题型群积期额量数价率度级类别编存职余计]|昵称|密码|电话|手机|邮箱|备注|网站|链接|微信|数量|金额|说明|扣扣|企鹅))[一-鿿]{1,4}[A-Z0-9]?"
)
_ROLES = "(?:客户|用户|顾客|买家|乘客|业主|家长|患者)[A-Za-z]?"
_ASKED_OF = (  # the same in other words
    r"(?:念|报|读|说|发|给|告诉|告知|提供|多少|什么)[一-鿿，,]{0,8}[?？。~～]?"
    rf"(?:(?:[ ]{{1,3}}|[ ]?\r?\n){_ROLES}|[ ]?\r?\n[A-Za-z甲乙丙丁])[：:]"
)
ANSWER_BESIDE = rf"[^\n\]] {_ROLES}[：:]"  # stands in it where all is in one line, and not behind a time in brackets
_OF_ANYONE = (
    r"(?:(?:念|报|读|说|发|给|告诉|告知|提供|多少|什么|没有?|有吗|有么|吗|能加吗|方便吗)[一-鿿]{0,4}[?？]+|(?:多少|什么)[啊呀呢]?)"
    rf"[ \t]?\r?\n{_SPEAKER}[：:](?:[您你]好[，,])?"
)
_ANSWER = (  # the label stood in a question, the value in the next turn
    r"是?(?:多少|几|什么)?(?:念|报|读|说|发|给|告诉|告知|提供|核对|核实|确认)?(?:给?我们?|一下|下)?[呢吗吧啊呀]?[?？。，,]?[ \r\n]{0,3}"
    rf"{_WHEN}(?:(?:客户|用户|顾客|买家|乘客|对方|业主|家长|患者|我|答)[A-Za-z]?|[A-Za-z甲乙丙丁])"
    rf"(?:[：:](?:[您你]好[，,])?|[ \t]{{1,3}}{_CLOCK}[ \t]{{0,2}}(?=\r?\n))"
    r"|是?(?:多少|几|什么)[呢啊]?(?:[?？]|(?=\r?\n))"
)
_ASKED = f"|[，,]?[一-鿿]{{0,8}}(?:{_ASKED_OF}|{_OF_ANYONE})"
_GAP_TEXT = (
    r"[ \t]{0,3}(?:[(（\[【](?:[^()（）\[\]【】\n\x1f0-9]|[0-9](?![0-9])){0,12}[)）\]】])?"
    r"(?:</?[A-Za-z][^<>\n]{0,60}>[ \t]{0,2}|[ \t\"'“”‘’:：=＝\-—_>＞|、*~～.·●•○◆★☆→⇒➡►▶☞✔#＃(（\[【「『<+➕/\\\u200bCOMMA]"
    r"|(?:(?<=[证證照件])|(?<=[证證照件] ))(?:编号|证件号码?)|(?<=写)[一-鿿]{1,6}(?=[：:])|只有|一个|两个|同名|同号"
    r"|[❤♥]\ufe0f?|民[国國]|号码|号|码|號碼|號|碼|(?:还原|恢复)(?=[为成])|是|为|為|叫|的|有|我|您|你|他|她|就|也|还|都|用(?!户)|填|写|留|设|改|成|了|到"
    r"|给|发|念|抄|听|报|吧|帮我|重置|即|如下|分别|原来|现在|已|换|同|搜|加|请|或|及|和|与|哈|啊|哦|呢|额|嗯|…|行|要不要[?？]?|收到了[，,]?|一下|默认|应该|好像|可能|大概|统一|一直|始终|仍|依然|以前|之前|平时|常用|早就|可以|直接|先|试试|试一?下"
    r"|[0-9]位(?:数字?|码)?|[1-3一二三①②③](?=[:：])|[四五六七八两]个[0-9](?=[:： ]?[0-9])|[A-Z0-9]{1,4}(?:打头|开头|字头)的?(?:那种|那个|那本)?(?![，,])"
    r"|(?:说给|告诉)[您你](?:听|们)?[，,]?"
    r"|(?:请|记得|麻烦)?备注[一-鿿“”「」]{1,10}(?<![号码名者])[ ，,：:]{1,2}"
    r"|both|is|are|no|please|number|num|code|value|typeEXTRA){0,8}"
    r"(?:\r?\n[ \t]{0,8})?[\"'“”‘’(（\[【「『<《]{0,2}"
)
_NEXT_TURN = rf"(?:[ \t]{{0,3}}\r?\n{_SPEAKER}[：:])?"  # the label ended a turn
_RESUMED = r"|[一-鿿]{0,8}[，,](?:正确|准确)的(?:[账帐]?号码?)?(?:应该?)?[是为]|[一-鿿]{1,6}[，,]号码?|[一-鿿]{0,4}[账帐]号|"  # 办理开户，号码 …
GAP = lazy(_NEXT_TURN + _GAP_TEXT.replace("COMMA", ",，").replace("EXTRA", _RESUMED + _ASKED[1:] + "|" + _ANSWER), re.IGNORECASE)
NEAR_GAP = lazy(_GAP_TEXT.replace("COMMA", "").replace("EXTRA", _ASKED + "|" + _ANSWER), re.IGNORECASE)
GAP_OF_WORDS = _GAP_TEXT.replace("COMMA", ",，").replace("EXTRA", "|" + _ANSWER)  # without _RESUMED and _ASKED
GAP_CHARACTERS = frozenset(c for c in GAP_OF_WORDS if not c.isascii() and ord(c) < 1 << 16)  # outside of free words
_STAMP = lazy(  # `[02:04]`, `2024-03-01 02:04:33 客服`: the next message or log line begins; 00:00 may be all of a birth date
    r"(?:(?<=\[)|(?<=[\n(（【])(?![0-9/.年月日-]{8,11}[ T]00:00))"
    r"(?:[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ T]{1,2})?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![:0-9A-Za-z])"
)
_NAMED = (  # 城关3524636、登龙3534355: a short name, and a local number that is no date
    r"(?<=[、；;])(?!编号|单号|[一-鿿]?[户房面价])[一-鿿]{2,4}(?<![单号码件款证期额价])"
    r"(?!20[0-2][0-9](?:0[1-9]|1[0-2]))(?=[2-8][0-9]{6,7}(?![0-9]))"
)
LIST = lazy(
    r"[(（][一-鿿]{1,6}[)）](?=[1-9][0-9]{6})|"
    r"(?:[(（][一-鿿]{1,6}[)）])?[ \u3000]{0,2}(?:[、/／;；|]|或者?|和|及|[,，][ ]?|[ \u3000]"
    r"|[（(](?:备用|另|或|满|已满|不通|打不通)[一-鿿]{0,6}[:： ]?)[ ]{0,2}"
    rf"(?:{_NAMED})?"
)
LIST_AFTER_RUN = lazy(
    r"[ \u3000]{1,4}(?=[2-8][0-9]{6,7}(?![0-9]))(?![0-9]{3,4}0000)|"  # of local numbers
    rf"[ ]?(?:[、/／;；，]|或者?|和)[ ]?(?:(?:原来|以前|之前|原先|旧)的?(?:号码?|电话)?(?:[是为])?[ ]?|{_NAMED})?"
)


def short(text: str, at: int) -> int:
    """Where a gap of at most two plain connectors, or of one line end, ends in front of a digit: what GAP and NEAR_GAP
    match there; -1: those have to be asked.

    >>> short("号：138", 1), short("号138", 1), short("号码138", 1), short("后4位", 1), short("号\\n138", 1), short("号\\n[10:21]", 1)
    (2, 1, -1, -1, 2, -1)
    >>> short("号1：138", 1)
    -1
    """
    if text[at : at + 1] == "\n":
        at = at + 2 if text[at + 1 : at + 2] in _OPENERS else at + 1
        unit = text[at : at + 1] not in DIGITS or text[at + 1 : at + 2] == "位"
        return -1 if unit or _STAMP.match(text, at) else at
    for step in range(at, at + 3):
        char = text[step : step + 1]
        if char in DIGITS:
            return -1 if text[step + 1 : step + 2] in _COUNTED else step
        if char not in _STEPS:
            return -1
    return -1


def goes_on(text: str, end: int) -> bool:
    """Whether a list, or more of the value, may follow a value that ends there."""
    char = text[end : end + 1]
    if char in "，,":
        after = text[end + 1 : end + 2]
        return after.isascii() or after.isdigit() or after in _AFTER_COMMA
    return char in _LIST_STARTS or (char.isalnum() and char.isascii())


def end(text: str, at: int, *, near: bool) -> int:
    """Where the gap behind a label ends; `near`: the narrower one before secrets."""
    match = (NEAR_GAP if near else GAP).match(text, at)
    return match.end() if match and not _STAMP.match(text, match.end()) else -1
