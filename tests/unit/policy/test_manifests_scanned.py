"""Manifests and forms through `pii-guard scan`: text and binary, alone and packed, held against a category."""

from __future__ import annotations

import json
import plistlib
import struct
import zipfile
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.containers import axml
from pii_guard.errors import ExitCode
from pii_guard.policy.apps import CATEGORIES

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.demo.torch">
    <uses-permission android:name="android.permission.READ_CONTACTS"/>
    <uses-permission android:name="android.permission.ACCESS_FINE_LOCATION"/>
</manifest>
"""
PLIST = {"CFBundleDisplayName": "手电筒", "NSContactsUsageDescription": "为了提供更好的服务"}
MODULE = """{ module: { name: 'entry', requestPermissions: [
  {name: 'ohos.permission.READ_CONTACTS', reason: '$string:reason'} ] } }
"""
MINI = '{"pages": ["a"], "requiredPrivateInfos": ["getLocation"], "permission": {"scope.userLocation": {"desc": ""}}}'
FORM = '<h2>有奖问卷</h2><form action="http://a.example.com/c"><input name="idcard"><input name="bankCard"></form>'


def _binary_manifest(permissions: list[str]) -> bytes:
    """Android's binary XML with one uses-permission element each."""
    strings = ["name", "uses-permission", "manifest", *permissions]
    body, offsets = b"", []
    for text in strings:
        offsets.append(len(body))
        body += struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0\0"
    body += b"\0" * (-len(body) % 4)
    start = 28 + 4 * len(strings)
    pool = struct.pack("<HHIIIIII", 1, 28, start + len(body), len(strings), 0, 0, start, 0)
    pool += b"".join(struct.pack("<I", offset) for offset in offsets) + body
    nothing = 0xFFFFFFFF
    elements = struct.pack("<HHIIIIIHHHHHH", 0x102, 16, 36, 1, nothing, nothing, 2, 20, 20, 0, 0, 0, 0)
    for number in range(len(permissions)):
        elements += struct.pack("<HHIIIIIHHHHHH", 0x102, 16, 56, 2, nothing, nothing, 1, 20, 20, 1, 0, 0, 0)
        elements += struct.pack("<IIIHBBI", nothing, 0, 3 + number, 8, 0, 3, 3 + number)
        elements += struct.pack("<HHIIIII", 0x103, 16, 24, 2, nothing, nothing, 1)
    return struct.pack("<HHI", 3, 8, 8 + len(pool) + len(elements)) + pool + elements


def _channels(path: Path, *options: str) -> set[int]:
    """The channels that a scan of the path reports."""
    out = path.parent / "result.json"
    code = invoke(["scan", str(path), "-f", f"json={out}", "--isolated", "--no-progress", *options])
    violations = json.loads(out.read_text(encoding="utf-8"))["violations"]
    assert code == (ExitCode.VIOLATION if violations else ExitCode.OK)
    return {found["channel"] for found in violations} - {None}


def test_binary_xml_as_text() -> None:
    text = axml.to_xml(_binary_manifest(["android.permission.READ_SMS"]))
    assert '<uses-permission name="android.permission.READ_SMS">' in text


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_broken_binary_xml_gives_what_it_has(cut: int) -> None:
    assert isinstance(axml.to_xml(_binary_manifest(["android.permission.READ_SMS"])[:cut]), str)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("AndroidManifest.xml", MANIFEST.encode()),
        ("AndroidManifest.xml", _binary_manifest(["android.permission.READ_CONTACTS"])),
        ("Info.plist", plistlib.dumps(PLIST)),
        ("Info.plist", plistlib.dumps(PLIST, fmt=plistlib.FMT_BINARY)),
        ("module.json5", MODULE.encode()),
        ("app.json", MINI.encode()),
    ],
)
def test_manifests(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert 4 in _channels(tmp_path / name, "--app-category", "实用工具")


@pytest.mark.parametrize("content", [MANIFEST.encode(), _binary_manifest(["android.permission.READ_CONTACTS"])])
def test_manifests_inside_a_package(tmp_path: Path, content: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "app.apk", "w") as package:
        package.writestr("AndroidManifest.xml", content)
    assert 4 in _channels(tmp_path / "app.apk", "--app-category", "实用工具")


def _violations(path: Path, *options: str) -> list[dict[str, object]]:
    out = path.parent / "result.json"
    invoke(["scan", str(path), "-f", f"json={out}", "--isolated", "--no-progress", *options])
    found: list[dict[str, object]] = json.loads(out.read_text(encoding="utf-8"))["violations"]
    return [violation for violation in found if violation["channel"]]


def test_a_manifest_is_one_violation_that_names_what_is_beyond_need(tmp_path: Path) -> None:
    asked = ("READ_CONTACTS", "READ_SMS", "READ_CALL_LOG", "RECORD_AUDIO", "ACCESS_FINE_LOCATION")
    lines = "".join(f'    <uses-permission android:name="android.permission.{name}"/>\n' for name in asked)
    (tmp_path / "AndroidManifest.xml").write_text(f"<manifest>\n{lines}</manifest>\n", encoding="utf-8")
    [found] = _violations(tmp_path / "AndroidManifest.xml", "--app-category", "实用工具")
    assert str(found["message"]).endswith("：" + "、".join(asked) + "（应用类别：实用工具）")
    assert found["line"] == 2


@pytest.mark.parametrize("said", ["<!-- {} -->", "<!--\n{}\n-->", "{}"])
def test_what_a_manifest_leaves_out(tmp_path: Path, said: str) -> None:
    removed = "" if said.startswith("<!--") else ' tools:node="remove"'
    asked = f'<uses-permission android:name="android.permission.READ_CONTACTS"{removed}/>'
    (tmp_path / "AndroidManifest.xml").write_text(f"<manifest>{said.format(asked)}</manifest>", encoding="utf-8")
    assert not _violations(tmp_path / "AndroidManifest.xml")


def test_a_link_and_its_text_are_one_violation(tmp_path: Path) -> None:
    link = '<p>您的积分即将清零，点击 <a href="http://icbc-jifen.club/t">http://icbc-jifen.club/t</a> 兑换</p>'
    other = '<p>您的积分即将清零，点击 <a href="http://ccb-jifen.club/t">领取</a> 兑换</p>'
    for page, count in ((f"<p>活动</p>\n{link}", 1), (f"{link}\n{other}", 2)):
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        assert [v["rule_id"] for v in _violations(tmp_path / "page.html")] == ["CH2-LINK"] * count


def test_the_category_decides(tmp_path: Path) -> None:
    manifest = tmp_path / "AndroidManifest.xml"
    manifest.write_bytes(_binary_manifest(["android.permission.ACCESS_FINE_LOCATION"]))
    assert 4 not in _channels(manifest, "--app-category", "地图导航")
    assert 4 in _channels(manifest, "--app-category", "实用工具")


@pytest.mark.parametrize("command", ["scan", "report"])
def test_an_unknown_category_is_a_usage_error_that_lists_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert invoke([command, str(tmp_path), "--isolated", "--app-category", "手电筒"]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert all(name in said for name in CATEGORIES)


def test_a_report_scans_under_the_category(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_text(MINI, encoding="utf-8")
    out = tmp_path / "report.md"
    invoke(["report", str(tmp_path / "app.json"), "--isolated", "--app-category", "地图导航", "-o", str(out)])
    assert "CH4-PERMISSION" not in out.read_text(encoding="utf-8")
    invoke(["report", str(tmp_path / "app.json"), "--isolated", "--app-category", "实用工具", "-o", str(out)])
    assert "CH4-PERMISSION" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "channel"),
    [
        (FORM, 3),
        ('<form><input type="checkbox" name="agree" checked> 我同意接收营销信息</form>', 3),
        ('<form action="http://pay-x.top/s"><p>卡号</p><input><p>密码</p><input></form>', 2),
    ],
)
def test_forms_in_pages(tmp_path: Path, content: str, channel: int) -> None:
    (tmp_path / "page.html").write_text(content, encoding="utf-8")
    assert channel in _channels(tmp_path / "page.html")


def test_an_everyday_login_page(tmp_path: Path) -> None:
    form = '<form action="/login"><input type="password" name="p"><input type="hidden" name="csrf">'
    (tmp_path / "page.html").write_text(f'{form}<input type="checkbox" checked>记住我</form>', encoding="utf-8")
    assert not _channels(tmp_path / "page.html")


def test_english_for_those_who_ask(tmp_path: Path) -> None:
    (tmp_path / "app.json").write_text(MINI, encoding="utf-8")
    said = {}
    for language in ("en", "zh-CN"):
        out = tmp_path / f"{language}.out"
        scan = ["scan", str(tmp_path / "app.json"), "--isolated", "--no-progress", "--lang", language]
        invoke([*scan, "--app-category", "实用工具", "-f", f"json={out}"])
        said[language] = json.loads(out.read_text(encoding="utf-8"))["violations"][0]
    assert said["en"]["message"].isascii()
    assert said["en"]["remedy"].isascii()
    assert not said["zh-CN"]["message"].isascii()
