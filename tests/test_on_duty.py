"""Data held in performing duties: said on the command line or in the config, halves the criminal thresholds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pii_guard.cli import invoke


def _card(number: int) -> str:
    digits = [int(c) for c in f"622202{number:012d}"]
    doubled = [d if i % 2 else (2 * d if d < 5 else 2 * d - 9) for i, d in enumerate(reversed(digits))]
    return "".join(map(str, digits)) + str(-sum(doubled) % 10)


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "cards.csv"
    path.write_text("银行卡号\n" + "".join(f"{_card(n)}\n" for n in range(30)), encoding="utf-8")
    return path


def _scanned(path: Path, *options: str) -> dict[str, Any]:
    invoke(["scan", str(path), "-f", "json", "-o", "out.json", *options])
    result: dict[str, Any] = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return result


@pytest.mark.parametrize(("options", "on_duty"), [((), False), (("--on-duty",), True), (("--no-on-duty",), False)])
def test_on_the_command_line(cards: Path, options: tuple[str, ...], on_duty: bool) -> None:
    result = _scanned(cards, "--isolated", *options)
    criminal = result["summary"]["indicators"]["criminal_threshold"]
    assert result["summary"]["indicators"]["on_duty"] is on_duty
    assert criminal["score"] == pytest.approx(1.2 if on_duty else 0.6)
    assert criminal["band"] == ("serious" if on_duty else "below")
    broken = {violation["rule_id"] for violation in result["violations"]}
    assert ({"CRIM-253-1", "JI2017-5"} <= broken) is on_duty


def test_in_the_config(cards: Path) -> None:
    Path(".pii-guard.yaml").write_text("on_duty: true\n", encoding="utf-8")
    assert _scanned(cards)["summary"]["indicators"]["on_duty"] is True
    assert _scanned(cards, "--no-on-duty")["summary"]["indicators"]["on_duty"] is False


def test_the_summary_tells_the_figures(cards: Path) -> None:
    result = _scanned(cards, "--isolated")
    told = result["summary"]["indicators"]
    assert told["conclusive"] is False
    assert told["criminal_threshold"]["records"] == {"50": 30, "500": 0, "5000": 0}
    assert (told["data_class"]["class"], told["data_level"]["level"]) == ("C2", 2)
    assert told["data_level"]["law"]["grade"] == "M"
    assert "待核" in told["data_level"]["law"]["article"]
    assert [clock["law"]["id"] for clock in told["incident"]["deadlines"]] == ["PIPL-57", "NFRA24-RPT", "PBOC5-28"]
    assert result["documents"][0]["data_class"] == "C2"


def test_channels_come_with_guidance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    path.write_text("长期收面单，母婴类优先，一张三毛\n", encoding="utf-8")
    told = _scanned(path, "--isolated", "--lang", "zh-CN")["summary"]["channels"]
    assert list(told) == ["7"]
    assert told["7"]["consequences"]
    assert "无用单据要撕碎" in told["7"]["advice"]
