"""Policies: loading, judging, and the commands that tell why."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pii_guard.errors import ExitCode
from pii_guard.errors import UsageError
from pii_guard.gate import load as policies
from pii_guard.gate.judge import Item
from pii_guard.gate.judge import Judge
from pii_guard.gate.judge import of_record
from pii_guard.gate.policy import FailOn
from pii_guard.gate.policy import PathRule
from pii_guard.gate.policy import Policy

if TYPE_CHECKING:
    from gate_repo import Repo
    from gate_repo import Run

HIGH = Item("high", "a.txt", 0.9, "MOBILE_PHONE", (3,), ("PIPL-51",))
MEDIUM = Item("medium", "logs/app.log", 0.6, "PERSON")
LOW = Item("low", "a.txt", 0.9, "QQ")

JUDGED = [
    ("default", Policy(), [HIGH], 1),
    ("default takes medium", Policy(), [MEDIUM], 1),
    ("default passes low", Policy(), [LOW], 0),
    ("nothing", Policy(), [], 0),
    ("severity none", Policy(fail_on=FailOn("none")), [HIGH], 0),
    ("type whatever its severity", Policy(fail_on=FailOn("none", types=frozenset({"QQ"}))), [LOW], 1),
    ("channel", Policy(fail_on=FailOn("none", channels=frozenset({3}))), [HIGH], 1),
    ("law by prefix", Policy(fail_on=FailOn("none", laws=frozenset({"PIPL"}))), [HIGH], 1),
    ("path", Policy(fail_on=FailOn("none", paths=("logs/**",))), [MEDIUM], 1),
    ("another path", Policy(fail_on=FailOn("none", paths=("logs/**",))), [HIGH], 0),
    ("confidence", Policy(fail_on=FailOn("low", "high")), [MEDIUM], 0),
    ("as many as allowed", Policy(max={"medium": 2}), [MEDIUM, MEDIUM], 0),
    ("one more", Policy(max={"medium": 2}), [MEDIUM] * 3, 1),
    ("total", Policy(fail_on=FailOn("none"), max={"total": 1}), [LOW, LOW], 1),
    ("milder path", Policy(paths=(PathRule("logs/**", "critical"),)), [MEDIUM], 0),
    ("stricter path", Policy(fail_on=FailOn("critical"), paths=(PathRule("*.log", "low"),)), [MEDIUM], 1),
    (
        "last path rule decides",
        Policy(paths=(PathRule("**", "none"), PathRule("logs/**", "low"))),
        [MEDIUM],
        1,
    ),
]


@pytest.mark.parametrize(
    ("policy", "items", "code"), [case[1:] for case in JUDGED], ids=[case[0] for case in JUDGED]
)
def test_judging(policy: Policy, items: list[Item], code: int) -> None:
    judge = Judge(policy)
    for item in items:
        judge.add(item)
    verdict = judge.verdict()
    assert verdict.code == code
    assert bool(verdict.failed) == bool(code)


def test_incomplete_fails_unless_the_policy_lets_it_pass() -> None:
    assert Judge(Policy()).verdict(incomplete=True).code is ExitCode.INCOMPLETE
    assert Judge(Policy(on_incomplete="pass")).verdict(incomplete=True).code is ExitCode.OK
    judge = Judge(Policy())
    judge.add(HIGH)
    assert judge.verdict(incomplete=True).code is ExitCode.VIOLATION


def test_a_record_of_unknown_severity_counts_as_the_gravest() -> None:
    assert of_record({"path": "a", "severity": "catastrophic"}).severity == "critical"


def test_the_default_policy_is_the_defaults_of_the_code() -> None:
    assert dataclasses.replace(policies.load("default", Path()), about="") == Policy()


@pytest.mark.parametrize("name", policies.presets())
def test_presets_load_and_say_what_they_are_for(name: str) -> None:
    policy = policies.load(name, Path())
    assert policy.name == name
    assert policy.about


WRONG = [
    ({"fail_onn": "high"}, "fail_on"),
    ({"fail_on": "highest"}, "critical"),
    ({"fail_on": {"severty": "high"}}, "severity"),
    ({"max": {"medium": -1}}, "整数"),
    ({"max": {"medim": 1}}, "medium"),
    ({"exceptions": {"unused": "maybe"}}, "warn"),
    ({"new_only": "yes"}, "true"),
    ({"paths": [{"match": "x"}]}, "severity"),
    ({"paths": [{"match": "x", "severity": "low", "why": "y"}]}, "match"),
    ({"extends": "nothing"}, "default"),
    (["a list"], "键值表"),
]


@pytest.mark.parametrize(("raw", "told"), WRONG)
def test_what_is_not_understood_is_an_error_with_a_hint(raw: object, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        policies.parse(raw, "x")


def test_a_file_extends_a_preset_and_a_chain_ends(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "extends: bank\nmax: {low: 3}\nexceptions: {max_days: 30}\n", encoding="utf-8"
    )
    policy = policies.load("ours.yaml", tmp_path)
    assert (policy.max, policy.exceptions.max_days, policy.exceptions.inline) == ({"low": 3}, 30, False)
    (tmp_path / "loop.yaml").write_text("extends: loop.yaml\n")
    with pytest.raises(UsageError):
        policies.load("loop.yaml", tmp_path)


def test_gate_judges_a_result_and_paths_alike(repo: Repo, run: Run) -> None:
    repo.write("a.txt", "手机 13800138000\n")
    for name in ("result.json", "result.jsonl"):
        run("scan", "a.txt", "-f", f"{name.partition('.')[2]}={name}")
        assert run("gate", name)[0] == 1
    assert run("gate", "a.txt")[0] == 1
    relaxed = repo.write("relaxed.yaml", "fail_on: critical\n")
    assert run("gate", "result.json", "--policy", str(relaxed))[0] == 0
    code, printed = run("policy", "check", "result.json")
    assert code == 1
    assert "允许 0" in printed
    assert run("policy", "explain", "result.json", "--policy", "bank")[0] == 0
    assert run("gate", "result.json", "a.txt")[0] == 2
    assert run("gate", "nowhere.json")[0] == 2


def test_gate_does_not_pass_a_result_that_is_incomplete_or_cut_off(repo: Repo, run: Run) -> None:
    repo.write("a.dat", b"\x81\xff\x00\x01\x02\xff\x00")
    run("scan", "a.dat", "-f", "json=r.json", "-f", "jsonl=r.jsonl")
    assert run("gate", "r.json")[0] == 3
    assert run("gate", "r.jsonl")[0] == 3
    for name in ("r.json", "r.jsonl"):
        whole = (repo.folder / name).read_text(encoding="utf-8")
        repo.write(f"cut-{name}", whole[: whole.rindex("summary") - 5])
        assert run("gate", f"cut-{name}")[0] in (2, 3)
        assert run("gate", f"cut-{name}")[0] != 0


def test_config_block_and_min_severity(repo: Repo, run: Run) -> None:
    repo.write("a.txt", "邮箱 li.lei@corp-mail.cn\n")
    assert run("scan", "a.txt")[0] == 1
    repo.write(".pii-guard.yaml", "policy: {fail_on: high}\n")
    assert run("scan", "a.txt")[0] == 0
    assert run("scan", "a.txt", "--min-severity", "medium")[0] == 1
    assert run("scan", "a.txt", "--policy", "bank")[0] == 1
    assert run("scan", "a.txt", "--isolated")[0] == 1
    repo.write(".pii-guard.yaml", "polcy: bank\n")
    code, printed = run("scan", "a.txt")
    assert code == 2
    assert "policy" in printed


def test_config_extends(repo: Repo, run: Run) -> None:
    repo.write("a.txt", "邮箱 li.lei@corp-mail.cn\n")
    repo.write("shared.yaml", "policy: {fail_on: critical}\n")
    repo.write(".pii-guard.yaml", "extends: shared.yaml\n")
    assert run("scan", "a.txt")[0] == 0
    repo.write("shared.yaml", "extends: .pii-guard.yaml\n")
    assert run("scan", "a.txt")[0] == 2


def test_metrics_are_flat_numbers(repo: Repo, run: Run) -> None:
    repo.write("a.txt", "手机 13800138000\n")
    assert run("scan", "a.txt", "--metrics", "m.json")[0] == 1
    numbers = json.loads((repo.folder / "m.json").read_text())
    assert all(type(value) is int for value in numbers.values())
    assert (numbers["findings"], numbers["severity_high"], numbers["passed"], numbers["exit_code"]) == (
        1,
        1,
        0,
        1,
    )
