"""The baseline: what it holds, what it covers, how it merges."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from gate_repo import KEY

from pii_guard import baseline
from pii_guard.baseline import key as keys
from pii_guard.baseline.entries import Baseline
from pii_guard.baseline.entries import Entry
from pii_guard.baseline.entries import load
from pii_guard.baseline.entries import loads
from pii_guard.baseline.merge import merge
from pii_guard.errors import UsageError

if TYPE_CHECKING:
    from gate_repo import Repo
    from gate_repo import Run

PHONE = "13800138000"
FILE = Path(baseline.FILE_NAME)


def entry(number: int, **values: object) -> Entry:
    return Entry(f"{number:024x}", **values)  # type: ignore[arg-type]


def of(*entries: Entry) -> Baseline:
    return Baseline("00000000").with_entries(entries)


def test_moved_lines_stay_known_and_other_files_do_not(repo: Repo, run: Run) -> None:
    path = repo.write("a.txt", f"手机 {PHONE}\n")
    assert run("baseline", "create")[0] == 0
    assert run("scan")[0] == 0
    path.write_text(f"1\n2\n3\n手机 {PHONE}\n", encoding="utf-8")
    assert run("scan", ".")[0] == 0
    assert run("scan", str(path))[0] == 0
    path.write_text(f"手机 {PHONE}\n手机 {PHONE}\n", encoding="utf-8")
    assert run("scan")[0] == 1, "one more copy is a new finding"
    path.write_text("手机 13900139000\n", encoding="utf-8")
    assert run("scan")[0] == 1, "another value in the same place is a new finding"
    path.write_text(f"手机 {PHONE}\n", encoding="utf-8")
    repo.write("b.txt", f"手机 {PHONE}\n")
    code, printed = run("scan", "-f", "concise")
    assert (code, printed.count("MOBILE_PHONE")) == (1, 1)
    assert printed.startswith("b.txt")


def test_the_file_holds_no_value_and_no_hash_that_can_be_recomputed(repo: Repo, run: Run) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n")
    assert run("baseline", "create", "--reason", f"客户 {PHONE} 的工单")[0] == 0
    text = FILE.read_text(encoding="utf-8")
    assert PHONE not in text
    stored = set(re.findall("[0-9a-f]{24}", text))
    assert stored
    for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
        for message in (
            PHONE,
            f"MOBILE_PHONE{PHONE}",
            f"MOBILE_PHONE\0{PHONE}\0a.txt",
            f"{PHONE}a.txt",
            f"{PHONE}\n",
        ):
            assert hashlib.new(name, message.encode()).hexdigest()[:24] not in stored


def test_form_of_the_file(repo: Repo, run: Run) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n邮箱 li@corp-mail.cn\n")
    run("baseline", "create")
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert lines[1:-1] == sorted(lines[1:-1])
    assert all(line.endswith("},") for line in lines[1:-1])
    assert json.loads("\n".join(lines))["version"] == 1
    assert not re.search('"line"|"time"|2026', "\n".join(lines))
    before = FILE.read_bytes()
    run("baseline", "create", "--force")
    assert FILE.read_bytes() == before


def test_the_key_stays_out_of_the_repository(repo: Repo, run: Run) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n")
    run("baseline", "create")
    path = repo.folder / ".git" / keys.FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    repo.git("add", "-A")
    assert keys.FILE_NAME not in repo.git("ls-files")


def test_a_wrong_or_missing_key_is_a_usage_error(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n")
    monkeypatch.setenv("PII_GUARD_KEY", KEY)
    assert run("baseline", "create")[0] == 0
    assert run("scan")[0] == 0
    monkeypatch.setenv("PII_GUARD_KEY", KEY[::-1])
    assert run("scan")[0] == 2
    monkeypatch.delenv("PII_GUARD_KEY")
    assert run("scan")[0] == 2
    assert run("scan", "--no-baseline")[0] == 1
    monkeypatch.setenv("PII_GUARD_KEY", "short")
    assert run("scan")[0] == 2


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(0o644)
    with pytest.raises(UsageError):
        keys.read(path)
    path.chmod(0o600)
    assert keys.read(path) == KEY.encode()


@pytest.mark.parametrize("until", ["2000-01-01", "2999-01-01"])
def test_an_exception_ends_by_its_date(repo: Repo, run: Run, until: str) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n")
    run("baseline", "create", "--until", until)
    code, printed = run("scan")
    assert (code, "过期" in printed) == ((1, True) if until < "2026" else (0, False))


def test_unused_entries_are_told_and_pruned(repo: Repo, run: Run) -> None:
    path = repo.write("a.txt", f"手机 {PHONE}\n")
    run("baseline", "create")
    path.write_text("clean\n")
    code, printed = run("scan")
    assert code == 0
    assert "prune" in printed
    run("baseline", "prune")
    assert not load(FILE).entries


def test_update_diff_allow_and_show(repo: Repo, run: Run) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n")
    run("baseline", "create", "--reason", "旧")
    repo.write("b.txt", f"手机 {PHONE}\n")
    code, printed = run("baseline", "diff")
    assert code == 1
    fingerprint = re.findall("[0-9a-f]{24}", printed)[0]
    assert run("allow", fingerprint, "--reason", "公司总机", "--by", "li")[0] == 0
    assert run("scan")[0] == 0
    run("baseline", "update", "--reason", "新")
    entries = load(FILE).entries
    assert entries[fingerprint].path == "b.txt"
    assert {e.reason for e in entries.values()} == {"旧", "公司总机"}
    assert "公司总机" in run("baseline", "show")[1]
    assert PHONE not in run("baseline", "show")[1]


@pytest.mark.parametrize(
    "arguments",
    [["zzz", "--reason", "x"], ["0" * 24, "--reason", " "], ["0" * 24, "--reason", "x", "--until", "soon"]],
)
def test_allow_asks_for_a_fingerprint_a_reason_and_a_date(repo: Repo, run: Run, arguments: list[str]) -> None:
    assert run("allow", *arguments)[0] == 2


def test_a_renamed_file_keeps_its_exceptions(repo: Repo, run: Run) -> None:
    repo.commit(a__txt=f"手机 {PHONE}\n" + "x\n" * 20)
    run("baseline", "create")
    repo.git("mv", "a.txt", "b.txt")
    assert run("scan", "--staged")[0] == 0
    assert run("hook")[0] == 0


def test_two_branches_that_each_add_an_entry_merge(repo: Repo, run: Run) -> None:
    repo.commit(a__txt=f"手机 {PHONE}\n")
    run("baseline", "create")
    repo.commit("baseline")
    for branch, phone in (("one", "13900139000"), ("two", "13700137000")):
        repo.git("checkout", "-q", "-b", branch, "main")
        repo.write(f"{branch}.txt", f"手机 {phone}\n")
        run("baseline", "update")
        repo.commit(branch)
    repo.git("merge", "-q", "one", "-m", "both")
    assert len(load(FILE).entries) == 3
    assert run("scan")[0] == 0


BASE = of(entry(1), entry(2))
MERGES = [
    ("both add", of(entry(1), entry(2), entry(3)), of(entry(1), entry(2), entry(4)), {1, 2, 3, 4}),
    ("one deletes", of(entry(1)), of(entry(1), entry(2), entry(4)), {1, 4}),
    ("both add the same", of(entry(1), entry(2), entry(3)), of(entry(1), entry(2), entry(3)), {1, 2, 3}),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"), [case[1:] for case in MERGES], ids=[case[0] for case in MERGES]
)
def test_merge(ours: Baseline, theirs: Baseline, expected: set[int]) -> None:
    assert {int(fp, 16) for fp in merge(BASE, ours, theirs).entries} == expected


def test_merge_of_one_entry_changed_twice_takes_what_allows_less() -> None:
    ours, theirs = of(entry(1, n=3, until="2027-01-01")), of(entry(1, n=2, until="2028-01-01"))
    assert merge(of(entry(1)), ours, theirs).entries[f"{1:024x}"] == entry(1, n=2, until="2027-01-01")
    assert merge(ours, ours, theirs).entries == theirs.entries


def test_merge_of_two_keys_is_refused() -> None:
    with pytest.raises(UsageError):
        merge(Baseline(""), of(entry(1)), Baseline("11111111").with_entries([entry(2)]))


BROKEN = [
    b"",
    b"[]",
    b'{"version": 2, "key": "", "entries": []}',
    b'{"version": 1, "key": "", "entries": [{"fp": "x"}]}',
    b'{"version": 1, "key": "", "entries": [{"fp": "000000000000000000000001", "n": 0}]}',
    b'{"version": 1, "key": "", "entries": [{"fp": "000000000000000000000001", "until": "soon"}]}',
    b'{"version": 1, "key": "", "entries": [{"fp": "000000000000000000000001", "line": "3"}]}',
    b"<<<<<<< ours\n",
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_a_usage_error(content: bytes) -> None:
    with pytest.raises(UsageError):
        loads(content, "x")


def test_reading_survives_a_union_merge_and_utf_16() -> None:
    doubled = of(entry(1)).dumps().replace("null", entry(1, until="2027-01-01").line() + ",\nnull")
    assert loads(doubled.encode("utf-16"), "x").entries == {f"{1:024x}": entry(1, until="2027-01-01")}


def test_the_last_day_counts() -> None:
    assert not entry(1, until="2026-05-05").expired(date(2026, 5, 5))
    assert entry(1, until="2026-05-05").expired(date(2026, 5, 6))


def test_audit_shows_masked_lines_and_keeps_the_answers(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("a.txt", f"甲\n手机 {PHONE} 与 13900139000\n乙\n")
    run("baseline", "create")
    answers = iter(["f", "示例", "q"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    code, printed = run("baseline", "audit")
    assert code == 0
    assert "138****8000" in printed
    assert "139****9000" in printed
    assert not re.search("1[39][89]00139000|" + PHONE, printed)
    assert sorted(e.status for e in load(FILE).entries.values()) == ["false_positive", "known"]


def test_entries_of_files_not_looked_at_are_not_unused(repo: Repo, run: Run) -> None:
    repo.write("a.txt", f"手机 {PHONE}\n")
    path = repo.write("b.txt", f"手机 {PHONE}\n")
    run("baseline", "create", "--reason", "x", "--by", "li", "--until", "2999-01-01")
    strict = repo.write("p.yaml", "exceptions: {unused: fail}\n")
    assert run("scan", "a.txt", "--policy", str(strict))[0] == 0
    assert run("scan", "--policy", str(strict))[0] == 0
    path.unlink()
    assert run("scan", "a.txt", "--policy", str(strict))[0] == 1
