"""Users' packs: any layout of files, told apart by their keys, and what they change of our rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.detect import rulebook
from pii_guard.errors import ExitCode
from pii_guard.errors import RuleError
from pii_guard.errors import UsageError
from pii_guard.model import Violation
from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import judge
from pii_guard.policy import load

CHANNEL = """
channel: 7
lexicon: {mine: {trigger: true, words: [白条条]}}
rules:
  - id: CH7-MINE
    title: {zh: 测试, en: test}
    severity: low
    remedy: 改
    when: {words: mine}
    cases: {hit: [这里有白条条], miss: [没有]}
"""
ENTITY = r"""
recognizers:
  - name: STAFF_NUMBER
    supported_language: zh
    supported_entity: STAFF_NUMBER
    patterns: [{name: plain, score: 0.6, regex: 'EMP-[0-9]{6}'}]
    context: [工号]
pii_guard:
  zh: 工号
  en: staff number
  cases: {hit: ['工号[[EMP-001234]]'], miss: ['EMP-12']}
"""
LAYOUTS = {
    "one file": {"pack.yaml": CHANNEL},
    "flat": {"a.yaml": CHANNEL, "b.yml": ENTITY},
    "deep": {"shop/a.yaml": CHANNEL, "shop/more/b.yaml": ENTITY, "policies/gate.yaml": "fail_on: {total: 0}\n"},
    "folders": {"channels/a.yaml": CHANNEL, "entities/b.yaml": ENTITY, "policies/gate.yaml": "name: x\n"},
    "folders and files": {"a.yaml": CHANNEL, "entities/b.yaml": ENTITY},
    "in one line": {"a.yaml": "{channel: 7, rules: []}\n", "b.yaml": ENTITY},
}


def _pack(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("files", LAYOUTS.values(), ids=LAYOUTS)
def test_files_are_told_apart_by_their_keys(tmp_path: Path, files: dict[str, str]) -> None:
    place = _pack(tmp_path, files)
    if len(files) == 1:
        place = place / "pack.yaml"
    ours, theirs = len(rulebook.entity_files()), sum(text == ENTITY for text in files.values())
    assert len(rulebook.entity_files([place])) == ours + theirs
    ruleset = load(rulebook.packs([place]))
    assert any(rule.id == "CH7-MINE" for rule in ruleset.rules) == (CHANNEL in files.values())


def test_a_flat_pack_scans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = _pack(tmp_path / "pack", {"a.yaml": CHANNEL, "b.yaml": ENTITY})
    text = tmp_path / "text.txt"
    text.write_text("这里有白条条，工号EMP-001234", encoding="utf-8")
    assert invoke(["scan", str(text), "--rules", str(pack), "-f", "concise"]) is ExitCode.VIOLATION
    said = capsys.readouterr().out
    assert "CH7-MINE" in said
    assert "STAFF_NUMBER" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("names: [x]\n", "不是规则文件"),
        ("- a\n", "不是规则文件"),
        ("", "不是规则文件"),
        ("{a: [}\n", "YAML"),
        ("rules: []\nrecognizers: []\n", "两个文件"),
    ],
)
def test_a_file_that_is_no_rule_file_says_so(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told) as caught:
        rulebook.packs([_pack(tmp_path, {"odd.yaml": text})])
    assert "odd.yaml" in str(caught.value)


def test_a_place_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        rulebook.packs([tmp_path / "none"])


LADDER = CHANNEL.replace("severity: low", "severity: high\n    ladder: [{severity: critical, when: {phrase: 密码}}]")
TEXT = "这里有白条条，密码也在"


def _judged(folder: Path, retune: str, text: str = TEXT) -> dict[str, Violation]:
    """What a text breaks of a rule with a ladder, retuned."""
    pack = _pack(folder, {"z.yaml": LADDER, "tune.yaml": f"retune:\n  - {retune}\n"})
    found = judge(load([pack]), JudgedUnit(segments=(JudgedSegment(text),)))
    return {violation.rule_id: violation for violation in found}


def test_a_retuned_severity_beats_the_ladder_of_a_rule_of_ours(tmp_path: Path) -> None:
    unit = JudgedUnit(segments=(JudgedSegment("WIFI:T:nopass;S:Lobby;;银行大厅"),))
    assert judge(load(), unit)[0].severity == "high"
    pack = _pack(tmp_path, {"tune.yaml": "retune: [{id: CH5-CONFIG, severity: low}]\n"})
    assert judge(load(rulebook.packs([pack])), unit)[0].severity == "low"


@pytest.mark.parametrize(
    ("retune", "severity"),
    [
        ("{id: CH7-MINE, remedy: 挂失}", "critical"),
        ("{id: CH7-MINE, severity: low}", "low"),
        ("{id: CH7-MINE, ladder: []}", "high"),
        ("{id: CH7-MINE, severity: low, ladder: [{severity: medium, when: {phrase: 密码}}]}", "medium"),
        ("{id: CH7-MINE, severity: low, ladder: [{severity: medium, when: {phrase: 存折}}]}", "low"),
        ("{id: CH7-MINE, ladder: [{severity: medium, when: {phrase: 密码}}]}", "medium"),
    ],
)
def test_how_severity_and_ladder_of_a_retune_combine(tmp_path: Path, retune: str, severity: str) -> None:
    assert _judged(tmp_path, retune)["CH7-MINE"].severity == severity


def test_of_two_retunes_the_later_one_counts_and_files_may_come_in_any_order(tmp_path: Path) -> None:
    mine = CHANNEL.replace("CH7-MINE", "CH7-LAST")
    pack = _pack(
        tmp_path,
        {
            "1.yaml": "retune: [{id: CH7-LAST, severity: medium}]\n",
            "2.yaml": mine,
            "3.yaml": "retune: [{id: CH7-LAST, severity: high}]\n",
        },
    )
    rules = {rule.id: rule for rule in load([pack]).rules}
    assert rules["CH7-LAST"].severity == "high"


def test_unless_of_a_retune_replaces_the_suppressors(tmp_path: Path) -> None:
    calm = "suppress: {calm: {patterns: [密码]}}\n"
    pack = _pack(tmp_path, {"a.yaml": calm})
    assert "CH7-MINE" not in _judged(pack, "{id: CH7-MINE, unless: [calm]}")
    assert "CH7-MINE" not in _judged(pack, "{id: CH7-MINE, enabled: true}")  # soft: any suppressor silences it
    assert "CH7-MINE" in _judged(pack, "{id: CH7-MINE, unless: []}")
    assert "CH7-MINE" not in _judged(pack, "{id: CH7-MINE, enabled: false, unless: []}")


@pytest.mark.parametrize(
    ("retune", "told"),
    [
        ("{id: CH7-MIEN, severity: low}", "did you mean: CH7-MINE"),
        ("{id: CH7-MINE}", "什么也没有改"),
        ("{severity: low}", "id"),
        ("{id: CH7-MINE, severity: mild}", "severity"),
        ("{id: CH7-MINE, sevrity: low}", "did you mean: severity"),
        ("{id: CH7-MINE, enabled: maybe}", "enabled"),
        ("{id: CH7-MINE, ladder: [{severity: low}]}", "ladder"),
    ],
)
def test_a_retune_that_makes_no_sense_is_refused(tmp_path: Path, retune: str, told: str) -> None:
    with pytest.raises(RuleError, match=told) as caught:
        _judged(tmp_path, retune)
    assert "tune.yaml" in str(caught.value)
