"""Wireless networks as configuration files declare them: which of them have no key, or a broken one.

Reads wpa_supplicant's blocks, hostapd.conf, NetworkManager keyfiles, netplan and Windows profiles, after the manual
pages of each; comments are left out.  What a file leaves out tells as much as what it says (hostapd without `wpa=`, a
keyfile without [wifi-security]), so it must be read whole.  OWE, WPA, SAE and EAP count as encrypted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from functools import lru_cache

from pii_guard.named import NamedTuple
from pii_guard.patterns import lazy

OPEN, WEP = "open", "wep"
_NEAR = 150  # characters from a bare key_mgmt to its key

_COMMENT = lazy(r"^[ \t]*[#;][^\n]*", re.MULTILINE)
_BLOCK = lazy(r"network\s*=\s*\{(?P<inside>[^}]{0,2000})")
_NO_KEY = lazy(r"\bkey_mgmt\s*=\s*[\"']?none\b")
_HOSTAPD_HEAD = lazy(r"^[ \t]*(?:interface|bss)[ \t]*=", re.MULTILINE)
_HOSTAPD_NAME = lazy(r"^[ \t]*ssid2?[ \t]*=[^\n]*", re.MULTILINE)
_HOSTAPD_ONLY = lazy(
    r"^[ \t]*(?:auth_algs|hw_mode|wpa|ieee8021x|wep_default_key|wpa_key_mgmt|driver[ \t]*=[ \t]*nl80211)\b|^[ \t]*interface[ \t]*=[ \t]*w", re.MULTILINE
)
_HOSTAPD_KEYED = lazy(
    r"^[ \t]*(?:wpa[ \t]*=[ \t]*[1-3]|ieee8021x[ \t]*=[ \t]*1|(?:wpa_key_mgmt|wpa_passphrase|wpa_psk|sae_password)[ \t]*=)", re.MULTILINE
)
_SECTION = lazy(r"^\[(?P<name>[a-z0-9-]{1,40})\][^\n]*\n?(?P<inside>(?:(?!\[)[^\n]*\n?)*)", re.MULTILINE)
_KEYFILE = {"wifi": "wifi-security", "802-11-wireless": "802-11-wireless-security"}
_POINTS = lazy(r"^(?P<indent>[ \t]*)access-points:[ \t]*(?P<inline>\{[^\n]*\})?[^\n]*\n?", re.MULTILINE)
_POINT = lazy(r"(?P<indent>[ \t]+)[\"']?[^\s\"':][^\n:]{0,40}[\"']?:[ \t]*(?P<inline>\{[^\n]*\})?[ \t]*")
_SECRET = lazy(r"password|auth|key-management|psk")
_PROFILE = lazy(r"<authentication>\s*open\s*</authentication>\s*<encryption>\s*(?P<kind>none|wep)|<authentication>open</authentication>(?!\s*<encryption>)")


class Network(NamedTuple):
    """A network without a key (`open`) or with a broken one (`wep`), and the stretch that says so."""

    code: str
    start: int
    end: int


@lru_cache(maxsize=16)
def networks(text: str) -> tuple[Network, ...]:
    """The weak networks of a configuration, lower case.

    >>> networks('network={ ssid="a" key_mgmt=none }')[0].code, networks('network={ wep_key0="a" key_mgmt=none }')[0].code
    ('open', 'wep')
    >>> networks("interface=wlan0\\nssid=a\\nauth_algs=1\\nwpa=2\\n")
    ()
    """
    bare = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    return tuple(network for read in _READERS for network in read(bare))


def _supplicant(text: str) -> Iterator[Network]:
    after = 0
    for block in _BLOCK.finditer(text):
        yield from _bare(text, after, block.start())
        if found := _NO_KEY.search(text, block.start(), block.end()):
            yield Network(WEP if "wep_key" in block["inside"] else OPEN, *found.span())
        after = block.end()
    yield from _bare(text, after, len(text))


def _bare(text: str, start: int, end: int) -> Iterator[Network]:
    """Keyless lines that no block holds, as people quote them."""
    for found in _NO_KEY.finditer(text, start, end):
        around = text[max(start, found.start() - _NEAR) : min(end, found.end() + _NEAR)]
        yield Network(WEP if "wep_key" in around else OPEN, *found.span())


def _hostapd(text: str) -> Iterator[Network]:
    if not _HOSTAPD_ONLY.search(text) or _BLOCK.search(text):
        return
    starts = [found.start() for found in _HOSTAPD_HEAD.finditer(text)] or [0]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        name = _HOSTAPD_NAME.search(part)
        if name and ("wep_key" in part or not _HOSTAPD_KEYED.search(part)):
            yield Network(WEP if "wep_key" in part else OPEN, start + name.start(), start + name.end())


def _keyfile(text: str) -> Iterator[Network]:
    sections = {found["name"]: found for found in _SECTION.finditer(text)}
    for name, security in _KEYFILE.items():
        wifi, keys = sections.get(name), sections.get(security)
        if keys and re.search(r"key-mgmt\s*=\s*none\b", keys["inside"]):
            yield Network(WEP if "wep-key" in keys["inside"] else OPEN, *keys.span())
        elif wifi and not keys and "ssid" in wifi["inside"]:
            yield Network(OPEN, *wifi.span())


def _netplan(text: str) -> Iterator[Network]:
    for points in _POINTS.finditer(text):
        if points["inline"]:
            if not _SECRET.search(points["inline"]):
                yield Network(OPEN, *points.span())
            continue
        yield from _points(text, points.end(), len(points["indent"]))


def _points(text: str, at: int, outer: int) -> Iterator[Network]:
    """The access points that stand deeper than their list does."""
    entry: tuple[int, int] | None = None  # where the open entry begins, and how deep
    keyed = True
    while at < len(text):
        line = text[at : (text.find("\n", at) + 1) or len(text)]
        depth = len(line) - len(line.lstrip(" \t"))
        if line.strip() and (depth <= outer or (entry and depth <= entry[1])):
            if entry and not keyed:
                yield Network(OPEN, entry[0], at)
            entry = None
            if depth <= outer:
                return
        if entry is None and (found := _POINT.fullmatch(line.rstrip("\r\n"))):
            entry, keyed = (at, depth), bool(_SECRET.search(found["inline"] or ""))
        elif entry:
            keyed = keyed or _SECRET.search(line) is not None
        at += len(line)
    if entry and not keyed:
        yield Network(OPEN, entry[0], at)


def _profile(text: str) -> Iterator[Network]:
    for found in _PROFILE.finditer(text):
        yield Network(WEP if found["kind"] == "wep" else OPEN, *found.span())


_READERS: tuple[Callable[[str], Iterator[Network]], ...] = (_supplicant, _hostapd, _keyfile, _netplan, _profile)
