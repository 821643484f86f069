"""Configurations of wireless networks: which lack a key, which have a broken one, which are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from pii_guard import pipeline
from pii_guard.config import Settings
from pii_guard.model import Violation
from pii_guard.policy.wireless import networks
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find

NETPLAN = "network:\n  wifis:\n    wlan0:\n      access-points:\n"
APPLE = "<plist><dict>\n<key>EncryptionType</key>\n<string>{}</string>\n<key>SSID_STR</key><string>Cafe</string>\n</dict></plist>"
PROFILE = "<security><authentication>{}</authentication>\n<encryption>{}</encryption></security>"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("network={\n ssid=a\n key_mgmt=none\n}", ["open"]),
        ("network={\n ssid=a\n wep_key0=abcde\n key_mgmt=none\n}", ["wep"]),
        ("network={\n ssid=a\n psk=x\n}\n#key_mgmt=none\n", []),
        ("interface=wlan0\nssid=a\nauth_algs=1\nwpa=2\nwpa_key_mgmt=sae\n", []),
        ("interface=wlan0\nssid=a\nhw_mode=g\n", ["open"]),
        ("interface=wlan0\nssid=a\nauth_algs=1\n#wpa=2\n", ["open"]),
        ("interface=wlan0\nssid=a\nwep_default_key=0\nwep_key0=123456789a\n", ["wep"]),
        ("interface=wlan0\nssid=a\nwpa=2\nbss=wlan0_1\nssid=guest\n", ["open"]),
        ("[wifi]\nssid=a\n\n[ipv4]\nmethod=auto\n", ["open"]),
        ("[wifi]\nssid=a\n\n[wifi-security]\nkey-mgmt=wpa-psk\n", []),
        ("[wifi]\nssid=a\n\n[wifi-security]\nkey-mgmt=none\nwep-key0=abcde\n", ["wep"]),
        (NETPLAN + '        "home":\n          mode: infrastructure\n          password: x\n', []),
        (NETPLAN + '        "home":\n          password: x\n        "mall": {}\n', ["open"]),
        (NETPLAN + '        "mall": {}\n      dhcp4: true\n', ["open"]),
        (NETPLAN + '        "mall":\n          mode: infrastructure\n', ["open"]),
        (PROFILE.format("open", "none"), ["open"]),
        (PROFILE.format("open", "wep"), ["wep"]),
        (PROFILE.format("owe", "aes"), []),
        (PROFILE.format("wpa2psk", "aes"), []),
    ],
)
def test_networks(text: str, codes: list[str]) -> None:
    assert [network.code for network in networks(text)] == codes


@pytest.mark.parametrize(
    ("name", "text", "rules"),
    [
        ("a.mobileconfig", APPLE.format("None"), {"CH5-CONFIG"}),
        ("a.mobileconfig", APPLE.format("WEP"), {"CH5-WEP"}),
        ("a.mobileconfig", APPLE.format("WPA2"), set()),
        ("hostapd.conf", "interface=wlan0\nssid=a\n" + "# about it\n" * 100 + "wpa=2\n", set()),
        ("hostapd.conf", "interface=wlan0\nssid=a\n" + "# about it\n" * 100 + "hw_mode=g\n", {"CH5-CONFIG"}),
    ],
)
def test_files_are_read_whole(tmp_path: Path, name: str, text: str, rules: set[str]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    events = pipeline.scan(find([tmp_path]).documents, Scanner(Settings()))
    assert {e.rule_id for e in events if isinstance(e, Violation) if e.channel == 5} == rules
