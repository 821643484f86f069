"""Inline ignores, allowlists, and policies that restrict them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pii_guard.errors import UsageError
from pii_guard.suppress import inline_ignores
from pii_guard.suppress import parse_allow

if TYPE_CHECKING:
    from gate_repo import Repo
    from gate_repo import Run

PHONE = "手机 13800138000"
IGNORE = "pii-guard: ignore[MOBILE_PHONE]"

COMMENTS = [
    (f"{PHONE}  # {IGNORE} 测试号段\n", 0),
    (f"{PHONE}  // {IGNORE} 测试号段\n", 0),
    (f"<p>{PHONE}</p> <!-- {IGNORE} 测试号段 -->\n", 0),
    (f"{PHONE} /* {IGNORE} 测试号段 */\n", 0),
    (f"{PHONE} -- {IGNORE}: 测试号段\n", 0),
    (f"# {IGNORE.replace('ignore', 'ignore-next-line')} 测试号段\n{PHONE}\n", 0),
    (f"{PHONE}  # pii-guard: ignore[PERSON,MOBILE_PHONE] 测试\n", 0),
    (f"{PHONE}  # {IGNORE}\n", 1),
    (f"<p>{PHONE}</p> <!-- {IGNORE} -->\n", 1),
    (f"{PHONE}  # pii-guard: ignore 测试号段\n", 1),
    (f"{PHONE}  # pii-guard: ignore[RESIDENT_ID] 测试号段\n", 1),
    (f"# {IGNORE} 测试号段\n{PHONE}\n", 1),
    (f"{PHONE}  # {IGNORE} 测试号段\n{PHONE}\n", 1),
]


@pytest.mark.parametrize(("text", "code"), COMMENTS)
def test_inline(repo: Repo, run: Run, text: str, code: int) -> None:
    repo.write("a.txt", text)
    assert run("scan", "a.txt")[0] == code


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-16-be", "utf-8-sig"])
def test_inline_in_other_encodings(repo: Repo, run: Run, encoding: str) -> None:
    repo.write("a.txt", f"甲乙丙丁，这是一份中文文件\n{PHONE}  # {IGNORE} 测试号段\n".encode(encoding))
    assert run("scan", "a.txt", "--isolated")[0] == 1
    assert run("scan", "a.txt")[0] == 0


def test_hostile_text_is_read_once() -> None:
    assert len(list(inline_ignores("pii-guard: ignore[" * 50_000))) > 1000
    assert len(list(inline_ignores("\n# pii-guard: ignore[PERSON] x" * 50_000))) == 50_000


ALLOWED = [
    ("- {path: 'tests/**', reason: 示例}", "tests/a.txt", 0),
    ("- {path: 'tests/**', type: MOBILE_PHONE, reason: 示例}", "tests/a.txt", 0),
    ("- {path: 'tests/**', type: PERSON, reason: 示例}", "tests/a.txt", 1),
    ("- {path: 'tests/**', reason: 示例}", "a.txt", 1),
    ("- {regex: '138001380[0-9]{2}', reason: 示例}", "a.txt", 0),
    ("- {regex: '1380', reason: 示例}", "a.txt", 1),
    ("- {regex: '(1|3|8|0)+x', reason: 示例}", "a.txt", 1),
    ("- {path: a.txt, reason: 示例, until: 2000-01-01}", "a.txt", 1),
    ("- {path: a.txt, reason: 示例, until: 2999-01-01}", "a.txt", 0),
]


@pytest.mark.parametrize(("entry", "name", "code"), ALLOWED)
def test_allowlist(repo: Repo, run: Run, entry: str, name: str, code: int) -> None:
    repo.write(name, f"{PHONE}\n")
    repo.write(".pii-guard.yaml", f"allow:\n  {entry}\n")
    assert run("scan", name)[0] == code
    assert run("scan", name, "-j", "2")[0] == code


WRONG = [
    "text",
    {"path": "x"},
    {"path": "x", "reason": " "},
    {"reason": "x"},
    {"reason": "x", "type": "PERSON"},
    {"reason": "x", "regex": "("},
    {"reason": "x", "path": "x", "until": "soon"},
    {"reason": "x", "path": "x", "why": "y"},
    {"reason": "x", "path": 3},
]


@pytest.mark.parametrize("raw", WRONG)
def test_an_entry_needs_a_reason_and_something_to_fit(raw: object) -> None:
    with pytest.raises(UsageError):
        parse_allow(raw, "x")


STRICTER = [
    ("exceptions: {inline: false}", "不许就地忽略"),
    ("exceptions: {never: [MOBILE_PHONE]}", "不许例外"),
    ("exceptions: {require_owner: true}", "负责人"),
    ("exceptions: {max_days: 30}", "到期日"),
]


@pytest.mark.parametrize(("policy", "told"), STRICTER)
def test_a_policy_need_not_honour_an_exception(repo: Repo, run: Run, policy: str, told: str) -> None:
    repo.write("a.txt", f"{PHONE}  # {IGNORE} 测试号段\n")
    repo.write("strict.yaml", f"{policy}\n")
    code, printed = run("scan", "a.txt", "--policy", "strict.yaml")
    assert code == 1
    assert told in printed


def test_reports_list_what_is_excused_but_nothing_raw(repo: Repo, run: Run) -> None:
    repo.write("a.txt", f"{PHONE}  # {IGNORE} 客户 13900139000 要求保留\n手机 13900139000\n")
    repo.write(".pii-guard.yaml", "allow: [{path: a.txt, regex: '139.*', reason: 示例}]\n")
    code, printed = run("scan", "a.txt", "-f", "sarif")
    assert code == 0
    assert '"inSource"' in printed
    assert '"external"' in printed
    assert "13900139000" not in printed
    assert "13800138000" not in printed
    code, printed = run("scan", "a.txt", "-f", "junit")
    assert printed.count("<skipped") == 3


def test_a_value_can_be_allowed_by_its_keyed_hash(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "138 0013 8000")
    code, hash_ = run("allow", "--value-hash", "--type", "MOBILE_PHONE")
    assert code == 0
    assert "13800138000" not in hash_
    repo.write("a.txt", f"{PHONE}\n")
    repo.write(".pii-guard.yaml", f"allow: [{{value_hash: '{hash_.strip()}', reason: 公司总机}}]\n")
    assert run("scan", "a.txt")[0] == 0
    repo.write("a.txt", "手机 13900139000\n")
    assert run("scan", "a.txt")[0] == 1
