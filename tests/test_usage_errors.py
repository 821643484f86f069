"""Usage errors and help pages speak Chinese, and English where the locale is English."""

from __future__ import annotations

import gettext
import io
import os
import subprocess
import sys

import pytest


def _said(*args: str, **env: str) -> str:
    cleared = {k: v for k, v in os.environ.items() if k not in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")}
    command = [sys.executable, "-m", "pii_guard", *args]
    done = subprocess.run(command, capture_output=True, check=False, env={**cleared, "PYTHONIOENCODING": "utf-8", **env})
    return (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.parametrize(
    ("args", "chinese", "english"),
    [
        (["scan", "--nope"], "没有这个选项", "No such option"),
        (["nope"], "没有这个命令", "No such command"),
        (["redact"], "缺少参数", "Missing argument"),
        (["redact", "x", "--key-file", "nope"], "文件 'nope' 不存在", "'nope' does not exist"),
        (["scan", "-j", "999"], "不在范围", "not in the range"),
        (["scan", "--lang", "fr"], "不在可选值", "is not one of"),
        (["keys", "--help"], "用法:", "Usage:"),
    ],
)
def test_words_of_click(args: list[str], chinese: str, english: str) -> None:
    assert chinese in _said(*args, LANG="zh_CN.UTF-8")
    assert chinese in _said(*args, LANG="C")
    assert english in _said(*args, LANG="en_US.UTF-8")


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["scan", "张三丰13800138000.txt"], "张**138****8000.txt"),
        (["scan", "--select", "13800138000", "."], "138****8000"),
        (["redact", ".", "--key-file", "13800138000.key"], "138****8000.key"),
        (["scan", "--format", "13800138000", "."], "138****8000"),
    ],
)
def test_errors_hold_no_values(args: list[str], shown: str) -> None:
    said = _said(*args, LANG="C")
    assert shown in said
    assert "13800138000" not in said
    assert "三丰" not in said


def test_the_catalogue_is_compiled_from_its_source() -> None:
    pytest.importorskip("babel", reason="extra `dev`")
    from tools.make_click_words import TARGET
    from tools.make_click_words import compiled

    kept, made = (_catalogue(data) for data in (TARGET.read_bytes(), compiled()))
    assert kept == made


def _catalogue(data: bytes) -> dict[object, str]:
    """Without the head, which names the day and the compiler."""
    found = gettext.GNUTranslations(io.BytesIO(data))._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in found.items() if key}


@pytest.mark.parametrize("args", [["scan", "--user13812345678"], ["scan", "--lang", "x13812345678y"], ["u13812345678"], ["scan", "--qq123456"]])
def test_numbers_glued_to_words_are_not_echoed(args: list[str]) -> None:
    said = _said(*args, LANG="C")
    assert "用法" in said
    assert "13812345678" not in said
    assert "123456" not in said


@pytest.mark.parametrize("args", [[], ["config"], ["rules"]])
def test_a_command_without_its_word_shows_help_not_an_error(args: list[str]) -> None:
    said = _said(*args, LANG="C")
    assert "命令:" in said
    assert "错误:" not in said


def test_the_version_is_that_of_the_results() -> None:
    from pii_guard.version import VERSION

    assert _said("--version", LANG="C").split() == ["pii-guard,", "version", VERSION]


def test_a_console_without_chinese_gets_english(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("tel 13800138000\n", encoding="utf-8")
    said = _said("scan", str(tmp_path), LANG="C", PYTHONIOENCODING="ascii")
    assert "1 personal values found" in said
    assert "?" not in said
    assert "No such option" in _said("scan", "--nope", LANG="C", PYTHONIOENCODING="ascii")
