"""What an app declares or calls: AndroidManifest.xml, Info.plist, module.json5, app.json,
source code.

Compared with what its category needs (`--app-category`, or the category that the text names itself).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.apps import asked
from pii_guard.policy.apps import category_of
from pii_guard.policy.apps import excess
from pii_guard.policy.apps import spelled
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("excess denied early sends hollow".split())
NEEDS = (
    "oncreate", "onlaunch", "didfinishlaunching", "uses-permission", "usagedescription", "ohos.permission", "requiredprivateinfos", "scope.", "read_contacts", "read_sms", "read_call_log",
    "access_fine_location", "record_audio", "read_phone_state", "wx.", "uni.", "getdeviceid", "getimei", "getinstalledpackages", "contactscontract",
    "clipboardmanager", "getprimaryclip", "android_id", "oaid", "imei", "applist", "killprocess", "system.exit", "activity_recognition", "query_all_packages",
)  # fmt: skip

_UNSAID = lazy(  # a comment, and a permission of a library that the merged manifest leaves out
    r"<!--(?:[^-]|-(?!->)){0,4000}(?:-->|$)|^(?:[^<-]|<(?!!--)|-(?!->)){0,4000}-->|<uses-permission[^<>]{0,300}tools:node\s?=\s?[\"']remove(?:all)?[\"'][^<>]{0,300}>"
)
_DENIED = lazy(
    r"(?:!\s?(?:agree|consent|granted|accept)[a-z]{0,12}|denied|deny|refus|disagree|拒绝|不同意)[^\n]{0,60}\n?[^\n]{0,40}(?:system\.exit|killprocess|finish\(\)|finishaffinity|exit\(0\))"
)
_EARLY = lazy(
    r"(?:onlaunch|oncreate|application|app\.js|didfinishlaunching|启动|初始化)[^}]{0,160}?(?:wx\.(?:getlocation|startrecord|getclipboarddata|getwerundata|chooseaddress)|getdeviceid|getimei|getinstalledpackages|getprimaryclip|contactscontract|android_id|oaid|\b(?:tm|telephony[a-z]{0,9})\.(?:deviceid|imei|subscriberid))"
    r"|(?:onlaunch|oncreate|application|didfinishlaunching)[^}]{0,160}?[a-z]{0,20}(?:sdk|track|stats?|push|umeng|umconfigure|analytics|talkingdata|bugly)[a-z]{0,12}\.(?:pre_?init|init|start|config)[a-z]{0,12}\("
    r"[^\n]{0,80}(?:隐私|弹窗|//[^\n]{0,30}(?:同意|privacy))"
)
_CONSENT = lazy(
    r"consent|agree(?:d|ment)?\b|privacy(?:agreed|accepted)|用户同意|同意后|requireprivacyauthorize|getprivacysetting"
)
_SENDS = lazy(
    r"(?:upload|report|post|send|track|上报|上传)[^\n]{0,60}(?:imei|applist|oaid|android_?id|mac(?:address)?\b|installed|clipboard|contacts|通讯录)|(?:imei|applist|oaid|android_?id|getinstalledpackages)[^\n]{0,60}(?:upload|report|上报|上传|http://)"
)
_HOLLOW = lazy(
    r"usagedescription(?:</key>\s*<string>|[\"']?\s*[:=]\s*[\"']?+)\s*(?:[\"'<]|$|(?:为了)?(?:更好地?)?(?:提供|提升|改善|优化)[^<\"']{0,8}(?:服务|体验)|为了?(?:给|向|让)?[您你]?(?:提供|带来)?更(?:好|优质|贴心)的?(?:服务|体验)|需要(?:此|该|您的)?权限|app需要)|\"reason\"\s*:\s*\"\"|\"desc\"\s*:\s*\"(?:\"|提升|获取|需要|用于(?:提升|小程序))|reason\s*字段为空"
)


def probe(window: Window) -> Iterator[Signal]:
    """excess, early, denied, sends, hollow."""
    text = window.folded
    end = len(text)
    yield from _excess(window)
    consent = _CONSENT.search(text)
    if match := _DENIED.search(text):
        yield Signal("denied", match.start(), min(end, match.end()))
    if not consent and (match := _EARLY.search(text)):
        yield Signal("early", match.start(), min(end, match.end()))
    if not consent and (match := _SENDS.search(text)):
        yield Signal("sends", match.start(), min(end, match.end()))
    if match := _HOLLOW.search(text):
        yield Signal("hollow", match.start(), min(end, match.end()))


def said(text: str) -> str:
    """The (folded) text, blank where a manifest says nothing: comments and removed permissions.

    >>> said("<key>a<!-- b -->c")
    '<key>a          c'
    """
    blank = ("<uses-permission" in text or "<key>" in text) and ("--" in text or "tools:node" in text)
    return _UNSAID.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if blank else text


def _excess(window: Window) -> Iterator[Signal]:
    unit = window.unit
    if unit.source and window.segment.text is not unit.source:  # its values: without the tags they may be of a comment
        return
    text = said(window.folded)
    kinds = asked(text)
    category = unit.app_category or category_of(text)
    if (over := excess(kinds, category)) and _declares(text, kinds, category):
        names = spelled(window.text, text, over)
        yield Signal("excess", window.text.find(names[0]), len(text), category or "", names)


def _declares(text: str, kinds: frozenset[str], category: str | None) -> bool:
    """A declaration, not a sentence that mentions a permission: several of them, or declaring syntax, or a
    known category.
    """
    syntax = re.search(
        r"uses-permission|usagedescription|requestpermissions|requiredprivateinfos|ohos\.permission|权限声明|声明",
        text,
    )
    return bool(syntax) or (len(kinds) >= 2 and category is not None)
