"""Loading packs: errors that name the key, users' packs, the compiled copy, the schema."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from pii_guard.errors import RuleError
from pii_guard.errors import UsageError
from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import RuleSet
from pii_guard.policy import advice
from pii_guard.policy import consequences
from pii_guard.policy import frozen
from pii_guard.policy import judge
from pii_guard.policy import lint
from pii_guard.policy import load
from pii_guard.policy import load_with_cases
from pii_guard.policy import schema
from pii_guard.policy import wording
from pii_guard.policy.loader import SHIPPED
from pii_guard.policy.loader import default_dirs

GOOD = """
channel: 7
lexicon: {mine: {trigger: true, words: [白条条]}}
rules:
  - id: MY-1
    title: {zh: 测试, en: test}
    severity: low
    remedy: 改
    when: {words: mine}
    cases: {hit: [这里有白条条], miss: [没有]}
"""


def _pack(folder: Path, text: str) -> Path:
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    return folder


def _channels(ruleset: RuleSet, text: str) -> set[str]:
    return {v.rule_id for v in judge(ruleset, JudgedUnit(segments=(JudgedSegment(text),)))}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("severity: low", "severity: awful"), "severity"),
        (("when:", "whenn:"), "whenn"),
        (("words: mine", "wordz: mine"), "wordz"),
        (("channel: 7", "channel: 7\ncolour: red"), "colour"),
        (("remedy: 改", "note: 改"), "note"),
        (("hit: [这里有白条条]", "hits: [这里有白条条]"), "hits"),
        (("when: {words: mine}", "when: []"), "when"),
    ],
)
def test_mistakes_are_errors_that_name_the_key(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    with pytest.raises(RuleError, match=named):
        load([_pack(tmp_path, GOOD.replace(*change))])


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("cases: {hit: [这里有白条条], miss: [没有]}", "source: me"), "too few cases"),
        (("这里有白条条", "什么也没有"), "dead rule"),
        (("words: mine", "words: other"), "unknown lexicon"),
        (("when: {words: mine}", "when: {phrase: '(a+)+b'}"), "unbounded"),
        (("when: {words: mine}", "when: {probe: nothing}"), "unknown probe"),
        (("remedy: 改", "remedy: 改\n    law: [NO-1]"), "unknown obligation"),
    ],
)
def test_lint_finds(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    assert any(problem in line for line in lint([_pack(tmp_path, GOOD.replace(*change))], language="en"))


def test_lint_passes_a_good_pack(tmp_path: Path) -> None:
    assert lint([_pack(tmp_path, GOOD)]) == []


def test_own_packs_extend_and_retune(tmp_path: Path) -> None:
    text = GOOD + "retune:\n  - {id: CH5-WEP, enabled: false}\n  - {id: CH5-CONFIG, severity: critical}\n"
    ruleset = load([*default_dirs(), _pack(tmp_path, text)])
    assert "MY-1" in _channels(ruleset, "白条条在此")
    assert not _channels(ruleset, "WIFI:T:WEP;S:Shop;P:abcde;;")
    (found,) = judge(ruleset, JudgedUnit(segments=(JudgedSegment("WIFI:T:nopass;S:Lobby;;"),)))
    assert found.severity == "critical"


def test_a_second_rule_of_the_same_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="CH5-WEP"):
        load([*default_dirs(), _pack(tmp_path, GOOD.replace("MY-1", "CH5-WEP"))])


def test_the_compiled_copy_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    first = load(default_dirs())
    second = load(default_dirs())
    assert first == second
    assert first.rules == second.rules
    assert pickle.loads(pickle.dumps(second)).rules == first.rules


def test_the_shipped_copy_is_current() -> None:
    key = load_with_cases().key
    assert frozen.read(SHIPPED, key) is not None, "rules changed: run tools/train_channels.py --compile"


def test_guidance() -> None:
    ruleset = load()
    assert consequences(ruleset, 7) == ["收到垃圾短信、骚扰电话", "不法分子利用泄露的信息实施诈骗"]
    assert advice(ruleset, 7, "en") == ["Keep personal receipts safe", "Shred papers you no longer need"]
    assert "WEP" in wording(ruleset, "CH5-WEP", "en")[0]


def test_a_missing_folder_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load([tmp_path / "none"])


def test_the_schema_knows_every_key() -> None:
    written = str(schema())
    for key in ("classifier", "together", "retune", "ladder", "app_category", "grade"):
        assert key in written
