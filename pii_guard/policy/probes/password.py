"""Real password strings in the text, judged by strength.py and by the person's own data nearby.

A value counts only where a label says that it is a password; order numbers, pick-up codes, masks,
variables and
word lists do not.  Signals never carry the value nor its length.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.probes import holds_any
from pii_guard.policy.strength import own_data
from pii_guard.policy.strength import pinyin_name
from pii_guard.policy.strength import weak
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    import re

    from pii_guard.policy.window import Window

CODES = frozenset("weak derived config policy".split())
_WORDS = "密 口令 登录 付款 取款 mima length pass pwd minlen lockout secret wifi 网银 账号 开机码 锁屏 重置".split()
_BESIDE_SLASH = (  # what else the patterns below begin with, looked for only where a pair (user/value) may stand
    "min_len minpwlen deny 最短 最少 至少 长度 解锁 pin 初始化 用户名 账户 user 服务器 后台 数据库 admin "
    "直连 root 便签 纸条 贴 屏幕 交接 登陆 登不 生产库 进去".split()
)

_VALUE = r"(?P<value>[a-z0-9@!#%^&*_.+~-]{3,32})(?![a-z0-9@(\[{]|\s{0,2}=)"  # before "=": the name of an attribute
_LABELLED = lazy(  # a line end or a tag ends the label: what follows is the next field, cell or attribute
    r"(?:密码|口令|passwd|password|passphrase|passcode|pwd|pass(?<!boarding pass)|wifi|网银|解锁|开机码|锁屏码|pin)"
    r"(?:[^\n,。;!?]{0,2}(?:已|均|都|全|统一|一律|默认|初始|暂|暂时|现在|一直|目前|还|仍|之前|以前|当时|先|直接|就){1,3})?"
    r"(?P<link>(?:[\"']?[ \t]{0,3}(?:是|为|就是|都是|用的是|用的|设的是|设成了?|设为|设置为|设的|设|改成了?|改为|换成|重置成了?|重置为|统一成|叫|用|即|:|=|[ \t]|\()){1,3}[ \t]{0,3}[\"']?)"
    + _VALUE
)
_BEFORE = lazy(
    r"(?<![a-z0-9])"
    r"(?P<value>[a-z0-9@!#%^&*_.+~-]{3,32})"
    r"[\"']?[ \t]{0,2}(?:当|做|作为|作|设为|设成|是)(?:了|我的|咱们?的?|他的|初始|默认|统一的?)?[^\n,。]{0,4}(?:密码|口令)"
)
_SAME_FOR = lazy(  # what logs in and pays, without the word for a password
    r"(?:登[录陆]|支付|付款|取款|取钱|提款|网银|解锁|mima)(?:[跟和与及、](?:登[录陆]|支付|付款|取款|取钱|邮箱))?的?(?:数字?|那串|那个)?[都全也就]?(?:是|用的?是?|设的是)\s{0,2}(?P<value>[0-9]{6})(?![0-9元块笔个])"
)
_SLASHED = lazy(r"(?<![\w/.])[a-z0-9][a-z0-9_.@-]{1,40}(?:\s/\s|\s/|/\s)" + _VALUE)
_KEPT = lazy(r"密码|口令|登[录陆]|登不|账[号密]|后台|直连|root|admin|便签|纸条|贴|屏幕|交接|用户名|数据库|生产库|进去")
_AS_NAME = lazy(
    r"(?:user(?:name)?|用户名?|账号|登录名|号)\s?[:=是为]?\s{0,2}(?P<user>[a-z][a-z0-9_]{1,15})[\s,;/、]{1,3}(?:密码?|口令|pass(?:word)?|pwd)\s?[:=是为]?\s{0,2}(?P=user)(?![a-z0-9])"
)
_FACTORY = lazy(r"(?<![a-z0-9_/.-])(?:admin|root|guest|test|user|sa|oracle)\s?/\s?(?P<value>admin|root|guest|test|user|sa|oracle)(?![a-z0-9_/.-])")
_DEVICE = lazy(r"路由器|光猫|交换机|摄像头|录像机|打印机|网关|后台|默认|出厂|初始|没改|未改|没换|未修改|账密|密码|口令")
_RESET = lazy(r"(?:重置|初始化)(?:成|为|成了|为了)\s{0,2}" + _VALUE)
_PAIR = lazy(
    r"(?:账号|用户名|登录名|账户|user(?:name)?|服务器|后台|数据库|admin)[^\n,。]{0,8}?(?<![a-z0-9/])(?P<user>(?!https?\s?/)[a-z][a-z0-9_]{1,15})\s?/\s?"
    + _VALUE
    + "(?!/)"  # a path goes on
)
_CONFIG = lazy(
    r"(?:[a-z0-9_.-]{0,40}(?:password|passwd|_pass|_pwd|secret))[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?" + _VALUE
)
_TALK = lazy(
    r"字典|词表|常见弱|弱口令(?:库|检测|列表)|用于检测|blocklist|blacklist|取件码|提货码|订单|单号|验证码|取货码|房间号"
    r"|(?:提示|显示|报|期望|预期)[^\n。]{0,8}(?:强度不足|太简单|过于简单|太弱|过弱|不符合|不够复杂)"
)
_VARIABLE = lazy(
    r"[*x●•]{3,}|^\$|^%|^<|^file$|^vault|^kms|^env|^os\.|^getenv|^null$|^none$|^true$|^false$|^string$|^required$|^str$|^input|^password$|^value$|^type$|^reset|^new|^field|^hash"
)
_SHORT_POLICY = lazy(
    r"min_?len(?:gth)?\s*[=:]\s*[\"']?[1-7]\b(?!\d)|(?:最短|最少|至少|长度(?:下限|不低于|最小)?(?:为|是)?)\s*[1-7一二三四五六](?:位|个字符)|lockout\s*(?:=|:)?\s*(?:disabled|off|0\b|false)"
    r"|deny\s*=\s*0\b|password_?policy\s*[=:]\s*[\"']?(?:low|none|off|0)\b|validate_password\.policy\s*=\s*(?:low|0)|pass_min_len\s+[1-7]\b|minpwlen\s*[:=]\s*[1-7]\b|lockoutthreshold\s*[:=]\s*0\b"
)
_LENGTH = lazy(  # code that lets short ones pass: pwd.length() >= 4, len(password) < 6, /^.{4,}$/
    r"(?:pwd|pass(?:word|code)?|pw|secret)[a-z_]{0,12}\s?\.?(?:length|size)?\s?(?:\(\s?\))?\.?(?:length|size|count)\s?(?:\(\s?\))?\s?(?:>=|<)\s?[2-7]\b(?!\s?\*)"
    r"|(?:len|strlen|mb_strlen)\s?\(\s?\$?(?:pwd|pass(?:word|code)?|pw)[a-z_]{0,12}\s?\)\s?(?:>=|<)\s?[2-7]\b"
    r"|(?:pwd|pass(?:word|code)?|密码|口令)[^\n]{0,40}[/\"']\^?(?:\.|\\[dws]|\[[^\]\n]{1,30}\])\{[1-7](?:,[0-9]{0,2})?\}\$?[/\"']"
)
_TELLING = frozenset(("common", "keyboard", "name", "habit"))
_FIELD = lazy(r"<input[^<>]{0,200}type\s*=\s*[\"']?password[^<>]{0,200}>")
_SHORT_FIELD = lazy(r"(?:min|max)length\s*=\s*[\"']?[1-7]\b|pattern\s*=\s*[\"'][^\"']{0,10}\{[1-6]\}")


def worth(window: Window) -> bool:
    """Whether the text speaks of passwords, or has a slash (links have many) and a word that goes with one."""
    text = window.folded
    return holds_any(text, _WORDS) or ("/" in text and ("PASSWORD" in window.kinds or holds_any(text, _BESIDE_SLASH)))


def probe(window: Window) -> Iterator[Signal]:
    """weak: easily guessed; derived: made of the person's own data; config: weak in a configuration;
    policy: allowed to be weak.
    """
    text = window.folded
    yield from _policies(text)
    if _TALK.search(text):
        return
    own = own_data(window.findings)
    for pattern, code in (
        (_CONFIG, "config"),
        (_LABELLED, "weak"),
        (_BEFORE, "weak"),
        (_RESET, "weak"),
        (_PAIR, "weak"),
        (_SAME_FOR, "weak"),
    ):
        for match in pattern.finditer(text):
            value = match["value"].rstrip(".-")
            if _VARIABLE.search(value) or not value:
                continue
            reason = weak(value, own) or ("name" if _is_name(match, value) else None)
            if reason and not (reason == "short" and _is_word(match)):
                yield Signal("derived" if reason == "own" else code, match.start(), match.start(), reason)
    yield from _beside(text)
    for finding in window.findings:
        value = finding.value.reveal().lower() if finding.entity_type == "PASSWORD" else ""
        if value and not _VARIABLE.search(value) and (reason := weak(value, own)):
            yield Signal(
                "derived" if reason == "own" else "weak",
                max(0, finding.start - window.start),
                finding.end - window.start,
                reason,
            )


def is_variable(value: str) -> bool:
    """Whether the (lower-cased) value stands for a password that is elsewhere, or is hidden.

    >>> is_variable("${db_password}"), is_variable("********"), is_variable("kt7#qlm2xv9w")
    (True, True, False)
    """
    return _VARIABLE.search(value) is not None


def _beside(text: str) -> Iterator[Signal]:
    """Passwords that stand beside the name they belong to: deploy / Qwer1234!, or are this name."""
    if match := _AS_NAME.search(text):
        yield Signal("weak", match.start(), match.start(), "own")
    if "/" in text and (match := _FACTORY.search(text)) and _DEVICE.search(text, max(0, match.start() - 12), match.end() + 10):
        yield Signal("weak", match.start(), match.start(), "pair")
    if "/" in text and _KEPT.search(text):
        for match in _SLASHED.finditer(text):
            value = match["value"].rstrip(".-")
            if any(c.isalpha() for c in value) and weak(value) in _TELLING and not _VARIABLE.search(value):
                yield Signal("weak", match.start(), match.start(), "pair")


def _is_name(match: re.Match[str], value: str) -> bool:
    """A name in pinyin behind a Chinese label with a colon or verb (登录密码:zhangwei), not amid a sentence."""
    labelled = match[0].startswith(("密码", "口令")) and match.groupdict().get("link", "").strip("\"' \t")
    return bool(labelled) and pinyin_name(value) and not _is_word(match)


def _is_word(match: re.Match[str]) -> bool:
    """A foreign word within a Chinese sentence (密码用line发我), after a network's name or in a row of words (password from),
    rather than a password.
    """
    amid = "\u4e00" <= match.string[match.end("value") :][:1] <= "\u9fff"
    apart = not match.groupdict().get("link", "=").strip("\"' \t")
    return match["value"].isalpha() and (amid or apart or match[0].startswith("wifi"))


def _policies(text: str) -> Iterator[Signal]:
    if match := _SHORT_POLICY.search(text) or _LENGTH.search(text):
        yield Signal("policy", match.start(), match.end())
    for field in _FIELD.finditer(text):
        if _SHORT_FIELD.search(field[0]):
            yield Signal("policy", field.start(), field.end())
