"""Wi-Fi configurations and QR payloads without a key, or with WEP.

Reads WIFI: payloads (ZXing convention), Apple profiles, nmcli and iw commands, OpenWrt's uci and what people write of
a network; configuration files are read whole (wireless.py).  OWE, WPA, SAE and EAP count as encrypted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.fold import fold
from pii_guard.policy.values import Signal
from pii_guard.policy.wireless import networks

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

CODES = frozenset("open wep keyed".split())
NEEDS = (
    "wifi:", "key_mgmt", "hostapd", "wpa=", "auth_algs", "<authentication>", "encryptiontype", "encryption_type", "nmcli", "essid",
    "wifi-security", "802-11", "access-points", "option encryption", "wep_key", "wep", "security-type", "ssid", "加密",
)  # fmt: skip
MOST = 1 << 16  # characters of a configuration file

_OPEN = lazy(
    r"encryption_?type\s*(?:=|</key>\s*<string>|:)\s*[\"']?none"
    r"|nmcli\b[^\n]{0,120}(?:--\s*$|安全性[:：]?\s*--|security\s*:?\s*--)"
    r"|nmcli\b[^\n]{0,120}(?:\n[^\n]{0,120}){0,12}?\n\s*\*[^\n]{2,100}\s--\s*$"  # the row of the network in use
    r"|nmcli\b[^\n]{0,40}\sconnect\s[\"']?[^\n\s]{0,30}(?:free|guest|open|public)[^\n\s]{0,20}(?![^\n]*passw)"
    r"|\bessid\s+\S{1,40}\s+key\s+off"
    r"|option\s+encryption\s+[\"']?none"
    r"|(?:wifi-)?security-?type\s*[:=]\s*[\"']?(?:none|open)\b"
    r"|ssid[^\0]{0,120}?\b(?:auth[-_]?mode|authentication|opmode)\s*[:=]?\s*[\"']?open\b(?![-_ ](?:with|system[-_ ]wpa))"  # controllers, their Terraform
    r"|encryption\s*[:=]\s*[\"']?(?:none|open)\b|加密(?:方式|类型)?\s*[:=]?\s*(?:无|none|open)(?![\u4e00-\u9fff])",
    re.MULTILINE,
)
_WEP = lazy(
    r"encryption_?type\s*(?:=|</key>\s*<string>|:)\s*[\"']?wep"
    r"|key-mgmt\s*=\s*wep|\bencryption\b[^\n]{0,20}\bwep\b|加密[^\n]{0,8}\bwep\b|\bwep\b[^\n]{0,6}(?:加密|open|shared)"
    r"|(?:还是|还在用|还在使|仍用|仍在用|仍是|仍为|只认|只支持|选了|一直用|跑的是?|用的是?|走的是?)\s{0,2}wep(?![a-z])|安全(?:类型|模式|性)?\s?[:：=]\s?wep(?![a-z])"
)
_QR = lazy(r"wifi:(?P<fields>(?:[a-z]:(?:\\.|[^;\\\n]){0,80};){1,6})")


def probe(window: Window) -> Iterator[Signal]:
    """open: no key at all; wep: a broken one; keyed: a payload with a key that is none of these."""
    text = window.folded
    for payload in _QR.finditer(text):
        yield Signal(_payload(payload["fields"]), payload.start(), payload.end())
    for pattern, code in ((_OPEN, "open"), (_WEP, "wep")):
        if match := pattern.search(text):
            yield Signal(code, match.start(), match.end())
    whole = window.segment.text
    if len(whole) > MOST:
        whole, start = window.text, 0
    else:
        start = window.start
    for network in networks(text if whole is window.text else fold(whole)):
        if start <= network.start < start + len(text):
            yield Signal(network.code, network.start - start, min(network.end - start, len(text)))


def _payload(fields: str) -> str:
    """What a WIFI: payload says of its encryption."""
    parts = dict(part.split(":", 1) for part in re.findall(r"[a-z]:(?:\\.|[^;\\])*", fields))
    kind = parts.get("t", "")
    if kind == "wep":
        return "wep"
    return "open" if kind in ("nopass", "") and not parts.get("p") else "keyed"
