"""Links that pretend: brand names in foreign domains, look-alike letters, raw addresses, shorteners,
throw-away suffixes.

Offline.  The registrable domain is found with the public suffixes that Chinese brands and their imitators
use.  Defanged links (hxxp, [.]) do not match, nor do private addresses; a name without a scheme counts only where
it cannot be a package (com.alipay.sdk.app), a file (paypal.py) or a method.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("brand punycode cheap shortener raw_ip".split())
TWO_LEVEL = frozenset(
    f"{second}.{top}"
    for top in ("cn", "hk", "tw", "mo", "uk", "jp", "sg", "my", "au", "kr")
    for second in ("com", "net", "org", "gov", "edu", "ac", "co", "idv", "mil", "go", "or", "ne")
) | {"cn.com"}
HOSTED = frozenset(
    "github.io gitee.io gitlab.io vercel.app netlify.app pages.dev web.app workers.dev azurewebsites.net "
    "amazonaws.com aliyuncs.com myqcloud.com blogspot.com wixsite.com".split()
)  # whose customers name the part before them
PLAIN = frozenset("com cn net org hk tw mo co io me tv us uk jp sg my kr au de fr ru in eu".split())
REVERSED = frozenset("com cn net org io edu gov android androidx java javax microsoft system".split())  # how packages begin
_CHEAP_WORDS = """
top vip xyz icu club shop cc tk work click cyou buzz ml ga cf gq fun live online site store pw loan win
bid men cam rest sbs bond life world link space website ltd ink red pro mobi wang ren kim cfd monster
quest beauty hair skin cn.com lol autos mom bar cool one info biz asia date stream trade webcam press
host tech
"""
CHEAP = frozenset(_CHEAP_WORDS.split())
_SHORTENERS_WORDS = """
t.cn dwz.cn suo.im url.cn bit.ly tinyurl.com is.gd goo.gl ow.ly mrw.so sourl.cn u.nu 3.cn m6z.cn dwz.mk
rrd.me tb.cn s.yam.com reurl.cc lihi.cc ppt.cc pse.is cutt.ly rebrand.ly tiny.cc v.ht c1n.cn j.mp h5.cn
c.mp6.cn yfw.cc kurl.cn
"""
SHORTENERS = frozenset(_SHORTENERS_WORDS.split())
OFFICIAL = {
    "icbc": "icbc.com.cn", "ccb": "ccb.com ccb.com.cn", "abchina": "abchina.com", "bankofchina": "bankofchina.com boc.cn",
    "boc": "boc.cn bankofchina.com", "cmbchina": "cmbchina.com", "cmb": "cmbchina.com", "bankcomm": "bankcomm.com",
    "psbc": "psbc.com", "spdb": "spdb.com.cn", "pingan": "pingan.com pingan.com.cn", "cib": "cib.com.cn",
    "unionpay": "unionpay.com unionpayintl.com", "95516": "95516.com", "95588": "95588.com",
    "alipay": "alipay.com alipay.hk alipayobjects.com alipay-eco.com alipayplus.com alipaydev.com",
    "taobao": "taobao.com", "tmall": "tmall.com", "weixin": "weixin.qq.com qq.com", "wechat": "wechat.com wechatpay.com.hk",
    "jd": "jd.com jd.hk", "jdpay": "jdpay.com", "douyin": "douyin.com iesdouyin.com douyinpic.com douyinvod.com douyincdn.com", "meituan": "meituan.com", "pinduoduo": "pinduoduo.com",
    "12306": "12306.cn", "12123": "122.gov.cn", "etc": "", "yibao": "", "shebao": "", "gongjijin": "", "chsi": "chsi.com.cn",
    "hkpost": "hongkongpost.hk", "hongkongpost": "hongkongpost.hk", "ems": "ems.com.cn", "chinapost": "chinapost.com.cn",
    "sf": "sf-express.com sf-international.com", "sfexpress": "sf-express.com", "zto": "zto.com", "yto": "yto.net.cn",
    "apple": "apple.com", "appleid": "apple.com", "icloud": "icloud.com icloud-content.com", "paypal": "paypal.com paypalobjects.com paypal.me",
    "microsoft": "microsoft.com microsoftonline.com microsoftazure.com microsoft365.com",
    "hsbc": "hsbc.com hsbc.com.hk hsbc.com.cn", "hangseng": "hangseng.com", "amazon": "amazon.com amazon.cn amazonaws.com amazonaws.com.cn amazonpay.com",
    "einvoice": "einvoice.nat.gov.tw", "tax": "", "gov": "", "bank": "", "ebank": "", "wangyin": "", "shuiwu": "", "jiaotong": "",
    "chinatax": "chinatax.gov.cn", "pbc": "pbc.gov.cn", "binance": "binance.com", "octopus": "octopus.com.hk",
}  # fmt: skip
WEAK_BRANDS = frozenset(
    ["jd", "sf", "cmb", "boc", "cib", "etc", "tax", "gov", "bank", "ems", "apple", "pbc"]
)  # whole parts of a label only
TWINS = str.maketrans("013459", "oieasg")

_HOST = lazy(
    r"(?P<scheme>https?://)?(?P<user>[!-~]{1,40}?@)?"
    r"(?P<host>(?:[a-z0-9\u0370-\u04ff][a-z0-9\u0370-\u04ff-]{0,62}\.){1,8}[a-z]{2,18}|(?:[0-9]{1,3}\.){3}[0-9]{1,3})"
    r"(?![a-z0-9.-]*[a-z0-9]@)(?::[0-9]{2,5})?(?P<path>/[!-~]{0,200})?"
)

_LIKELY = lazy(
    r"\.(?:[a-z]{2}|[0-9]{1,3}\.[0-9]{1,3}\.[0-9])"
)  # in every host: a dot with letters, or a second and a third


def worth(window: Window) -> bool:
    """Whether a host may stand there: version numbers and ends of sentences have none."""
    return _LIKELY.search(window.folded) is not None


def probe(window: Window) -> Iterator[Signal]:
    """One signal per trait of each link."""
    text = window.folded
    for match in _HOST.finditer(text):
        if match.start() and (
            text[match.start() - 1] in "@._-"
            or (text[match.start() - 1 : match.start()].isascii() and text[match.start() - 1].isalnum())
        ):
            continue
        linked = bool(match["scheme"])
        if linked or _may_be_host(match["host"], text[match.end("host") : match.end("host") + 1]):
            for code in traits(match["host"], linked=linked):
                yield Signal(code, match.start(), match.end(), artefact=match["host"])


def _may_be_host(host: str, after: str) -> bool:
    """Whether a name without a scheme reads as a site's: no package, file, method, nor part of another name.

    >>> _may_be_host("icbc-vip.top", "/"), _may_be_host("com.alipay.sdk.app", ";"), _may_be_host("paypal.py", "")
    (True, False, False)
    >>> _may_be_host("taobao.com.login", "(")
    False
    """
    first, _, rest = host.partition(".")
    top = host.rpartition(".")[2]
    return after not in ("(", "=", "_") and not (first in REVERSED and rest) and top in PLAIN | CHEAP


@lru_cache(maxsize=4096)
def traits(host: str, *, linked: bool = True) -> tuple[str, ...]:
    """What is wrong with a host name."""
    if host.replace(".", "").isdigit():
        return ("raw_ip",) if linked and _public(host) else ()
    domain, suffix = registrable(host)
    found = []
    if host in SHORTENERS or domain in SHORTENERS:
        found.append("shortener")
    if any(part.startswith("xn--") for part in host.split(".")) or not host.isascii():
        found.append("punycode")
    if _imitates(host, domain, suffix):
        found.append("brand")
    if suffix in CHEAP and "shortener" not in found:
        found.append("cheap")
    return tuple(found)


def registrable(host: str) -> tuple[str, str]:
    """The registrable domain and its public suffix.

    >>> registrable("www.icbc.com.cn"), registrable("a.b.login-verify.shop")
    (('icbc.com.cn', 'com.cn'), ('login-verify.shop', 'shop'))
    """
    parts = host.split(".")
    size = 2 if ".".join(parts[-2:]) in TWO_LEVEL | HOSTED and len(parts) > 2 else 1
    return ".".join(parts[-size - 1 :]), ".".join(parts[-size:])


def _imitates(host: str, domain: str, suffix: str) -> bool:
    if suffix.startswith(("gov.", "edu.", "mil.")) or _own_name(domain, suffix):
        return False
    labels = host[: -len(suffix) - 1].split(".")
    parts = [p for label in labels for p in _pieces(label)]
    own = _pieces(domain[: -len(suffix) - 1])  # a host of a log is named as its makers like: tcloud-pg0.cloudlab.us
    for part in parts:
        plain = part.translate(TWINS).replace("vv", "w").replace("rn", "m")
        for brand, official in OFFICIAL.items():
            if domain in official.split() or host in official.split():
                return False
            if brand in WEAK_BRANDS:
                if part == brand and (suffix in CHEAP or len(parts) > 1 or plain != part):
                    return suffix in CHEAP or _disguised(parts, domain)
            elif ((brand in part or brand in plain) and domain not in official.split()) or (
                len(brand) >= 6 and _one_off(plain, brand) and (part in own or _disguised(parts, domain))
            ):
                return True
    return False


def _pieces(label: str) -> tuple[str, ...]:
    return (*label.split("-"), label.replace("-", ""))


def _own_name(domain: str, suffix: str) -> bool:
    """Whether a brand's very name stands before a suffix that costs something (unionpay.com.hk): its owner has it.

    >>> _own_name("tmall.hk", "hk"), _own_name("tmall.top", "top"), _own_name("tmall-vip.hk", "hk")
    (True, False, False)
    """
    return suffix not in CHEAP and domain[: -len(suffix) - 1] in OFFICIAL.keys() - WEAK_BRANDS


def _disguised(parts: list[str], domain: str) -> bool:
    """A weak brand word counts where the domain calls for a login or a check as well."""
    return any(
        word in parts
        for word in (
            "login",
            "verify",
            "check",
            "safe",
            "secure",
            "update",
            "cn",
            "com",
            "renzheng",
            "active",
        )
    )


def _one_off(word: str, brand: str) -> bool:
    """One letter changed, dropped, doubled or swapped."""
    if abs(len(word) - len(brand)) > 1 or word == brand:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(word, brand, strict=False)) if a != b), min(len(word), len(brand))
    )
    rest, wanted = word[start:], brand[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )


def _public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return False
