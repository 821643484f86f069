"""Wi-Fi configurations and QR payloads without a key, or with WEP.

Reads WIFI: payloads (ZXing convention), wpa_supplicant, NetworkManager, netplan, hostapd, Windows
profiles, Apple profiles,
nmcli and iw commands, and OpenWrt's uci.  OWE, WPA, SAE and EAP count as encrypted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.patterns import lazy
from pii_guard.policy.values import Signal

if TYPE_CHECKING:
    from pii_guard.policy.window import Window

NEEDS = (
    "wifi:", "key_mgmt", "hostapd", "wpa=", "auth_algs", "<authentication>", "encryptiontype", "encryption_type", "nmcli", "essid",
    "wifi-security", "802-11", "access-points", "option encryption", "wep_key", "wep", "security-type", "ssid", "加密",
)  # fmt: skip

_OPEN = lazy(
    r"key_mgmt\s*=\s*none\b(?![^}]{0,120}wep_key)"
    r"|<authentication>\s*open\s*</authentication>\s*<encryption>\s*none"
    r"|<authentication>open</authentication>"
    r"|encryption_?type\s*(?:=|</key>\s*<string>|:)\s*[\"']?none"
    r"|nmcli\b[^\n]{0,120}(?:--\s*$|安全性[:：]?\s*--|security\s*:?\s*--)"
    r"|nmcli\b[^\n]{0,120}(?:\n[^\n]{0,120}){0,12}?\n\s*\*[^\n]{2,100}\s--\s*$"  # the row of the network in use
    r"|nmcli\b[^\n]{0,40}\sconnect\s[\"']?[^\n\s]{0,30}(?:free|guest|open|public)[^\n\s]{0,20}(?![^\n]*passw)"
    r"|\bessid\s+\S{1,40}\s+key\s+off"
    r"|option\s+encryption\s+[\"']?none"
    r"|(?:wifi-)?security-?type\s*[:=]\s*[\"']?(?:none|open)\b"
    r"|key-mgmt\s*=\s*none\b"
    r"|encryption\s*[:=]\s*[\"']?(?:none|open)\b|加密(?:方式|类型)?\s*[:=]?\s*(?:无|none|open)(?![\u4e00-\u9fff])",
    re.MULTILINE,
)
_HOSTAPD_OPEN = lazy(r"\bwpa\s*=\s*0\b|#\s*wpa\s*=\s*[123]\b")
_HOSTAPD = lazy(r"\bssid\s*=|auth_algs|hostapd|interface\s*=\s*wl")
_AUTH_ONLY = lazy(r"auth_algs\s*=\s*1(?![^\n]{0,200}\bwpa\s*=\s*[123])")
_WEP = lazy(
    r"wep_key[0-3]|key-mgmt\s*=\s*wep|\bencryption\b[^\n]{0,20}\bwep\b|加密[^\n]{0,8}\bwep\b|\bwep\b[^\n]{0,6}(?:加密|open|shared)"
    r"|(?:还是|还在用|还在使|仍用|仍在用|仍是|仍为|只认|只支持|选了|一直用|跑的是?|用的是?|走的是?)\s{0,2}wep(?![a-z])|安全(?:类型|模式|性)?\s?[:：=]\s?wep(?![a-z])"
)
_QR = lazy(r"wifi:(?P<fields>(?:[a-z]:(?:\\.|[^;\\\n]){0,80};){1,6})")
_NETPLAN = lazy(
    r"access-points:\s*\n?\s*[\"']?[^\n:{]{1,40}[\"']?:\s*(?:\{\s*\}|\n\s*(?!\s*(?:password|auth))\S|$)"
)


def probe(window: Window) -> Iterator[Signal]:
    """open: no key at all; wep: a broken one; keyed: a payload with a key that is none of these."""
    text = window.folded
    for payload in _QR.finditer(text):
        yield Signal(_payload(payload["fields"]), payload.start(), payload.end())
    for pattern, code in ((_OPEN, "open"), (_WEP, "wep"), (_NETPLAN, "open")):
        if match := pattern.search(text):
            yield Signal(code, match.start(), match.end())
    if _HOSTAPD.search(text) and "wpa-psk" not in text:
        keyless = _HOSTAPD_OPEN.search(text) or _AUTH_ONLY.search(text)
        if keyless:
            yield Signal("open", keyless.start(), keyless.end())


def _payload(fields: str) -> str:
    """What a WIFI: payload says of its encryption."""
    parts = dict(part.split(":", 1) for part in re.findall(r"[a-z]:(?:\\.|[^;\\])*", fields))
    kind = parts.get("t", "")
    if kind == "wep":
        return "wep"
    return "open" if kind in ("nopass", "") and not parts.get("p") else "keyed"
