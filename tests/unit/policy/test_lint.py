"""`rules lint` finds what a rule silently would not do, `rules test` agrees with it, and `rules new` passes both."""

from __future__ import annotations

from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode
from pii_guard.policy import lint
from pii_guard.policy import load_with_cases
from pii_guard.policy import probes
from pii_guard.policy.cases import unit
from pii_guard.policy.checks import walk
from pii_guard.policy.joined import Joined
from pii_guard.policy.plan import plan_of
from pii_guard.policy.runaway import runs_away
from pii_guard.policy.stretches import document

GOOD = """
channel: 7
lexicon: {mine: {trigger: true, words: [白条条]}, other: [底联]}
suppress: {calm: {patterns: [演练]}}
rules:
  - id: CH7-MINE
    title: {zh: 测试, en: test}
    severity: low
    remedy: 改
    unless: [calm]
    ladder: [{severity: high, when: {words: other}}]
    when: {words: mine}
    cases: {hit: ['这里有白条条 [[QQ:1234567]]'], miss: [没有]}
"""
WHEN = "when: {words: mine}"


def _pack(folder: Path, text: str) -> Path:
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((WHEN, "when: {entity: MOBIL_PHONE}"), "CH7-MINE: unknown entity type 'MOBIL_PHONE'; did you mean MOBILE_PHONE"),
        ((WHEN, "when: {together: [QQ, NO_SUCH_TYPE]}"), "unknown entity type 'NO_SUCH_TYPE'"),
        ((WHEN, "when: {probe: wifi.nonsense}"), "unknown code of the probe 'wifi.nonsense'"),
        ((WHEN, "when: {probe: wifi.opn}"), "did you mean wifi.open"),
        ((WHEN, "when: {probe: wify.open}"), "did you mean wifi"),
        ((WHEN, "when: {words: mien}"), "did you mean mine"),
        ((WHEN, "when: {violated: CH5}"), "violated is for law rules"),
        ((WHEN, "when: {before: {words: mine}}"), "before is for conduct rules"),
        ((WHEN, "when: [{words: mine}, {role: agnet}]"), "unknown role 'agnet'; did you mean agent"),
        ((WHEN, "when: [{words: mine}, {classifier: 7}]"), "classifier must lie between 0 and 1"),
        ((WHEN, "when: [{words: mine}, {people: 0}]"), "people: 0"),
        ((WHEN, "when: [{words: mine}, {phrase: '(a{1,30}){1,30}b'}]"), "catastrophic"),
        ((WHEN, "when: [{words: mine}, {phrase: '白.*条'}]"), "unbounded"),
        (("patterns: [演练]", "patterns: ['演.*练']"), "suppress.calm: unbounded"),
        (("severity: high", "severity: low"), "rung of the ladder has the rule's own severity low"),
        (("words: other}}]", "words: other}}, {severity: medium, when: {words: other}}]"), "stands twice"),
        (("unless: [calm]", "unless: [clam]"), "unknown suppressor 'clam'; did you mean calm"),
        (("    unless: [calm]\n", ""), "suppress.calm: no rule names it"),
        (("other: [底联]}", "other: [底联], spare: [票根]}"), "lexicon.spare: no rule uses this lexicon"),
        (("remedy: 改", "remedy: 改\n    law: [PIPL-99]"), "unknown obligation 'PIPL-99'"),
        (("[[QQ:1234567]]", "[[1234567]]"), "a mark in a case is written"),
        (("[[QQ:1234567]]", "[[QQQ:1234567]]"), "unknown entity type 'QQQ'"),
        (("[[QQ:1234567]]']", "']"), ""),
        (("白条条 [", "票据 ["), "dead rule"),
        (("miss: [没有]", "miss: [没有白条条]"), "miss case fails #1"),
        (("    cases: {hit: ['这里有白条条 [[QQ:1234567]]'], miss: [没有]}\n", ""), "too few cases"),
    ],
)
def test_lint_names_file_rule_and_what_to_do(tmp_path: Path, change: tuple[str, str], problem: str) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    found = lint([_pack(tmp_path, text)], language="en")
    if not problem:
        assert found == []
        return
    assert any(problem in line for line in found), found
    assert all(str(tmp_path / "pack.yaml") in line for line in found)


def test_lint_speaks_chinese_first(tmp_path: Path) -> None:
    (said,) = lint([_pack(tmp_path, GOOD.replace(WHEN, "when: [{words: mine}, {entity: MOBIL_PHONE}]"))])
    assert said.endswith("CH7-MINE: 没有这个类型 'MOBIL_PHONE'；是不是 MOBILE_PHONE")


def test_lint_finds_a_law_or_conduct_name_that_is_not_there(tmp_path: Path) -> None:
    law = """
law: XX
title: 测试
obligations:
  - {id: XX-1, article: '1', duty: 测试, severity: low, remedy: 改, when: {violated: CH55}, cases: {hit: [a, b], miss: [c]}}
"""
    assert any("unknown rule or channel 'CH55'" in line for line in lint([_pack(tmp_path, law)], language="en"))
    conduct = """
family: conduct
rules:
  - id: CS-21
    title: 测试
    severity: low
    remedy: 改
    when: [{phrase: 白条}, {before: {phrase: 你好, by: agnet}}]
    cases: {hit: [{turns: [{agnet: 白条}]}, a], miss: [b]}
"""
    found = lint([_pack(tmp_path, conduct)], language="en")
    assert sum("unknown role 'agnet'" in line for line in found) == 2


def test_a_retune_that_changes_nothing_is_a_problem(tmp_path: Path) -> None:
    text = GOOD + "retune: [{id: CH7-MINE, enabled: true}]\n"
    assert any("so already" in line for line in lint([_pack(tmp_path, text)], language="en"))


def test_a_case_is_shown_without_its_values(tmp_path: Path) -> None:
    (said,) = lint([_pack(tmp_path, GOOD.replace("miss: [没有]", "miss: ['白条条 [[QQ:7654321]] 13800138000']"))])
    assert "[[QQ]] …" in said


@pytest.mark.parametrize(
    ("pattern", "bad"),
    [
        ("(a{1,30}){1,30}b", True),
        ("(?:x|xy|y){0,50}z", True),
        (r"(\w{1,9}\s{0,3}){1,40}x", True),
        ("(.{0,9}x){0,9}", True),
        ("(?=(a{1,30}){1,30}b)", True),
        ("([一-龥][^一-龥]{0,8}){6}", False),
        (r"(\w{1,9}\s{1,3}){1,40}x", False),
        ("(?:[0-9]{3}[- ]?){1,9}", False),
        ("(一?个|下)?[^。]{0,20}密码", False),
        ("(ab|cd){0,30}(?(1)e|f)", False),
    ],
)
def test_patterns_that_run_away(pattern: str, bad: bool) -> None:
    assert runs_away(pattern) is bad


def test_probes_say_only_what_they_declare() -> None:
    ruleset = load_with_cases()
    seen: set[tuple[str, str]] = set()
    for case in {case for rule in ruleset.rules for case in (*rule.hits, *rule.misses)}:
        window = document(plan_of(ruleset), unit(case), Joined(unit(case).segments))
        seen |= {(name, one.code) for name in probes.names() for one in probes.signals(name, window)}
    declared = {(name, code) for name in probes.names() for code in probes.codes(name)}
    assert seen <= declared
    named = {name for rule in ruleset.rules for c in walk(rule) if c.kind == "probe" for name in c.names}
    assert declared - seen <= {tuple(name.split(".")) for name in named} | {("privacy_policy", "retention")}


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.parametrize("name", ["CH5-NOPE", "CH5-CONFIGG", "MOBIL_PHONE", "PIPL-66"])
def test_what_has_no_cases_cannot_be_tested(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["rules", "test", name]) is ExitCode.USAGE
    near = {"CH5-NOPE": "did you mean: CH5-CLEAR, CH5-CONFIG, CH5-ORG", "CH5-CONFIGG": "CH5-CONFIG", "MOBIL_PHONE": "MOBILE_PHONE", "PIPL-66": "没有用例"}
    assert near[name] in _said(capsys)


def test_test_and_lint_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = _pack(tmp_path, GOOD)
    for command in (["lint"], ["test", "CH7-MINE"]):
        assert invoke(["rules", *command, "--rules", str(good)]) is ExitCode.OK, _said(capsys)
    bad = _pack(tmp_path, GOOD.replace("白条条 [", "票据 ["))
    for command in (["lint"], ["test", "CH7-MINE"]):
        assert invoke(["rules", *command, "--rules", str(bad)]) is ExitCode.VIOLATION
        assert "死规则" in _said(capsys)


def test_lint_looks_at_entity_files_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "staff.yaml"
    invoke(["rules", "new", "STAFF_NUMBER"])
    text = capsys.readouterr().out
    for change, told in [
        (("员工编号[[EMP-001234]]已离职", "员工编号[[EMP-00123]]已离职"), "漏报"),
        (("EMP-[0-9]{6}", "(E{1,9}M{0,9}){1,30}P-[0-9]{6}"), "指数"),
    ]:
        assert change[0] in text
        file.write_text(text.replace(*change), encoding="utf-8")
        assert invoke(["rules", "lint", "--rules", str(file)]) is ExitCode.VIOLATION
        assert told in _said(capsys)
    file.write_text(text.partition("  cases:")[0], encoding="utf-8")
    assert invoke(["rules", "lint", "--rules", str(file)]) is ExitCode.VIOLATION
    assert "没有命中用例" in _said(capsys)
    file.write_text(text.replace("sensitivity: 1", "validator: nonsense\n  sensitivity: 1"), encoding="utf-8")
    assert invoke(["rules", "lint", "--rules", str(file)]) is ExitCode.USAGE


@pytest.mark.parametrize("name", ["CH7-MINE", "ch1-shop", "CS-21", "PIPL-99", "BANKRULE-3", "STAFF_NUMBER"])
def test_a_new_rule_passes_lint_and_test(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["rules", "new", name]) is ExitCode.OK
    file = tmp_path / "new.yaml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert "[[" in file.read_text(encoding="utf-8")
    assert invoke(["rules", "lint", "--rules", str(file)]) is ExitCode.OK, _said(capsys)
    assert invoke(["rules", "test", name, "--rules", str(file)]) is ExitCode.OK, _said(capsys)
    assert invoke(["rules", "show", name, "--rules", str(file)]) is ExitCode.OK
    assert name.upper() in capsys.readouterr().out


@pytest.mark.parametrize("name", ["CH9-MINE", "CH7-WAYBILL", "CS-20", "PIPL-6", "PIPL-66", "CH7", "CS-", "A.B"])
def test_no_new_rule_of_a_name_that_is_taken_or_tells_nothing(name: str) -> None:
    assert invoke(["rules", "new", name]) is ExitCode.USAGE
