"""What commands say besides findings: in words, in the language asked for, and of one large file, too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pii_guard.cli import _progress
from pii_guard.cli import _run
from pii_guard.cli import invoke
from pii_guard.config import Settings
from pii_guard.detect import masking
from pii_guard.detect.mask_shapes import SHAPES
from pii_guard.gate.run import Run
from pii_guard.messages import LANGUAGES
from pii_guard.messages import Messages
from pii_guard.sources.paths import find


def said(capsys: pytest.CaptureFixture[str], *command: str, code: int = 0) -> str:
    assert invoke(command) == code
    told = capsys.readouterr()
    return told.out + told.err


@pytest.mark.parametrize(
    ("entity_type", "chinese", "english"),
    [
        ("RESIDENT_ID", "保留前 1 位与后 1 位，如 1*", "the first 1 and last 1 characters stay, such as 1*"),
        ("BANK_ACCOUNT", "只保留后 4 位", "only the last 4 characters stay"),
        ("MACAU_ID", "只保留前 1 位", "only the first 1 characters stay"),
        ("PASSWORD", "整个删除，不留长度，如 [已删除:PASSWORD]", "removed, length included"),
        ("MOBILE_PHONE", "保留前 3 位与后 4 位，如 ", "the first 3 and last 4 digits stay"),
    ],
)
def test_masks_are_explained_in_words(
    capsys: pytest.CaptureFixture[str], entity_type: str, chinese: str, english: str
) -> None:
    assert f"脱敏后: {chinese}" in said(capsys, "explain", entity_type, "--lang", "zh-CN")
    assert f"masked: {english}" in said(capsys, "explain", entity_type, "--lang", "en")


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "auto"])
def test_every_mask_has_words(language: str) -> None:
    kinds = {rule.split()[0] for rule in masking.RULES.values()} - {"keep"}
    say = Messages(language)
    assert all(say(f"mask.{kind}") for kind in kinds | set(SHAPES))


def test_headers_stand_above_their_columns(capsys: pytest.CaptureFixture[str]) -> None:
    head, first, *_ = said(capsys, "rules", "list", "--lang", "en").splitlines()
    assert head.split() == ["type", "severity", "name"]
    assert head.index("name") == first.index("postal address")
    assert head.index("severity") == first.index("high")


def test_where_speaks_both_languages(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert said(capsys, "config", "where", "--lang", "zh-CN").startswith("配置: 没有\n规则: ")
    assert said(capsys, "config", "where", "--lang", "en").startswith("config: none\nrules:  ")


def test_what_the_command_line_selects_beats_the_config(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".pii-guard.yaml").write_text("ignore: [MOBILE_PHONE, QQ]\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("手机号13800138000\n", encoding="utf-8")
    assert "未发现" in said(capsys, "scan", "a.txt", "--lang", "zh-CN")
    told = said(capsys, "scan", "a.txt", "-s", "MOBILE_PHONE,OTP", "--lang", "zh-CN", code=1)
    assert "按命令行照常报告: MOBILE_PHONE" in told
    assert "未发现" in said(capsys, "scan", "a.txt", "-s", "MOBILE_PHONE", "--ignore", "MOBILE_PHONE", "--lang", "zh-CN")
    assert said(capsys, "scan", "a.txt", "-q", "-s", "MOBILE_PHONE", code=1) == ""


def test_progress_moves_on_inside_one_large_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("今天天气不错，适合出门走走\n" * 160_000, encoding="utf-8")
    monkeypatch.setattr(_progress, "_PATIENCE", -1.0)
    monkeypatch.setattr(_progress, "_PACE", -1.0)
    progress = _progress.Progress(Messages("zh-CN"))
    run: Run = _run.start(Settings(judge=False, names="off", addresses="off"))
    run.watch = progress.watched
    events = list(progress.followed(run.events(find([tmp_path]).documents)))
    sizes = [int(mb) for mb in re.findall(r"已扫描 0 个文件，(\d+) MB", capsys.readouterr().err)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 3
    assert (events[-1].status, run.tally.files) == ("scanned", 1)  # type: ignore[union-attr]
