"""`pii-guard redact` and `restore` as commands: where results go, what is never overwritten, what is said and its code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode
from pii_guard.formats import plain
from pii_guard.redact.keys import new_key
from pii_guard.redact.keys import save_key

LEAK = "客户手机号是13800138000，请回电\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"in/a.txt": LEAK, "in/sub/a.txt": LEAK + "尾\n", "in/clean.txt": "无\n"}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def _files(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file()}


def test_results_mirror_the_sources(folder: Path) -> None:
    assert invoke(["redact", "in", "--out-dir", "out"]) == ExitCode.OK
    redacted = LEAK.replace("13800138000", "138****8000")
    assert _files(folder / "out") == {
        "in/a.txt": redacted, "in/sub/a.txt": redacted + "尾\n", "in/clean.txt": "无\n",
    }  # fmt: skip
    assert (folder / "in/a.txt").read_text("utf-8") == LEAK


def test_only_changed_leaves_clean_files_out(folder: Path) -> None:
    invoke(["redact", "in", "--out-dir", "out", "--only-changed"])
    assert sorted(_files(folder / "out")) == ["in/a.txt", "in/sub/a.txt"]


@pytest.mark.parametrize("out", [".", "in/.."])
def test_a_source_is_never_overwritten_without_in_place(folder: Path, out: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["redact", "in", "--out-dir", out]) == ExitCode.USAGE
    assert (folder / "in/a.txt").read_text("utf-8") == LEAK
    assert "--in-place" in capsys.readouterr().err


def test_two_results_never_share_a_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text(LEAK, encoding="utf-8")
    monkeypatch.chdir(folder / "in")
    assert invoke(["redact", "../a.txt", "a.txt", "--out-dir", "../out"]) == ExitCode.USAGE
    assert not (folder / "out").exists()


def test_an_output_folder_inside_is_no_source(folder: Path) -> None:
    for _ in range(2):
        assert invoke(["redact", ".", "--out-dir", "out"]) == ExitCode.OK
    assert not (folder / "out/out").exists()


def test_in_place(folder: Path) -> None:
    assert invoke(["redact", "in", "--in-place"]) == ExitCode.OK
    assert "138****8000" in (folder / "in/sub/a.txt").read_text("utf-8")


@pytest.mark.parametrize("options", [[], ["--out-dir", "out", "--in-place"]])
def test_one_place_must_be_named(folder: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["redact", "in", *options]) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert "--out-dir" in said
    assert "--in-place" in said


def test_what_git_ignores_is_redacted_too(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("in/\n")
    invoke(["redact", "in", "--out-dir", "out"])
    assert "in/a.txt" in _files(folder / "out")


@pytest.mark.parametrize("more", [[], ["--diff"], ["--dry-run"]])
def test_a_bad_document_is_listed_and_the_others_are_done(
    folder: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "in/b.zip").write_bytes(b"PK\x03\x04 broken")
    assert invoke(["redact", "in", "--out-dir", "out", *more]) == ExitCode.INCOMPLETE
    said = capsys.readouterr().out
    assert "in/b.zip" in said
    assert "damaged" in said
    assert not (folder / "out/in/b.zip").exists()
    assert (folder / "out/in/sub/a.txt").exists() == ("--dry-run" not in more)


def test_an_unforeseen_error_is_listed_and_the_others_are_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = plain.rewrite

    def failing(document: object, replace: object) -> bytes:
        if "sub" in document.path:  # type: ignore[attr-defined]
            raise KeyError("13800138000")
        return real(document, replace)  # type: ignore[arg-type]

    monkeypatch.setattr(plain, "rewrite", failing)
    assert invoke(["redact", "in", "--out-dir", "out"]) == ExitCode.INTERNAL
    said = capsys.readouterr()
    assert "internal KeyError" in said.out
    assert "13800138000" not in said.out + said.err
    assert sorted(_files(folder / "out")) == ["in/a.txt", "in/clean.txt"]


class _Pipe:
    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


def _filtered(monkeypatch: pytest.MonkeyPatch, data: bytes, *options: str) -> tuple[ExitCode, bytes]:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr("sys.stdin", _Pipe(data))
    monkeypatch.setattr("sys.stdout", out)
    code = invoke(["redact", "-", *options])
    return code, out.buffer.getvalue()  # type: ignore[attr-defined]


def test_standard_input_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    code, data = _filtered(monkeypatch, LEAK.encode("gb18030"))
    assert (code, data) == (ExitCode.OK, LEAK.replace("13800138000", "138****8000").encode("gb18030"))


def test_the_filter_writes_nothing_it_cannot_prove(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "rewrite", lambda document, replace: LEAK.encode())
    assert _filtered(monkeypatch, LEAK.encode()) == (ExitCode.INCOMPLETE, b"")


@pytest.mark.parametrize("operator", ["pseudonym", "encrypt"])
def test_restore_brings_a_folder_back_byte_for_byte(folder: Path, operator: str) -> None:
    pytest.importorskip("cryptography", reason="extra `vault`")
    with zipfile.ZipFile(folder / "in/b.zip", "w") as archive:
        archive.writestr("a.csv", "姓名,手机\r\n张三,13900139000\r\n")
    save_key(new_key(), folder / "key")
    before = {path: data for path, data in _raw(folder / "in").items() if path != "b.zip"}
    keyed = ["--key-file", "key", "--vault", "vault"]
    assert invoke(["redact", "in", "--operator", operator, *keyed, "--out-dir", "out"]) == ExitCode.OK
    assert (folder / "vault").stat().st_mode & 0o777 == 0o600
    assert not any(b"13800138000" in data for data in [*_raw(folder / "out").values(), (folder / "vault").read_bytes()])
    assert invoke(["restore", "out/in", *keyed, "--out-dir", "back"]) == ExitCode.OK
    after = _raw(folder / "back/out/in")
    assert {path: data for path, data in after.items() if path != "b.zip"} == before
    with zipfile.ZipFile(folder / "back/out/in/b.zip") as archive:
        assert archive.read("a.csv").decode() == "姓名,手机\r\n张三,13900139000\r\n"


def _raw(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_pseudonyms_agree_over_runs(folder: Path) -> None:
    save_key(new_key(), folder / "key")
    texts = []
    for name in ("a", "b"):
        invoke(["redact", "in/a.txt", "--operator", "pseudonym", "--key-file", "key", "--vault", name, "--out-dir", f"out-{name}"])
        texts.append((folder / f"out-{name}/in/a.txt").read_text("utf-8"))
    assert texts[0] == texts[1] != LEAK


def test_the_names_of_files_are_masked_wherever_they_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "in/王建国13800138000.txt").write_text(LEAK, encoding="utf-8")
    (folder / "in/王建国13900139000.bin").write_bytes(b"\0\1\2")
    told = ["--out-dir", "out", "--manifest", "manifest.json", "--diff"]
    assert invoke(["redact", "in", *told]) == ExitCode.INCOMPLETE
    said = "".join(capsys.readouterr()) + (folder / "manifest.json").read_text("utf-8")
    assert "王**138****8000.txt" in said
    assert not any(value in said for value in ("王建国", "13800138000", "13900139000"))


def test_a_name_that_holds_personal_data_is_told_as_redact_does_not_rename(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "in/13800138000.txt").write_text("无\n", encoding="utf-8")
    assert invoke(["redact", "in", "--out-dir", "out", "--lang", "en"]) == ExitCode.OK
    told = [line for line in capsys.readouterr().out.splitlines() if "rename it" in line]
    assert len(told) == 1
    assert (folder / "out/in/13800138000.txt").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_scan_with_the_vault_knows_its_pseudonyms(folder: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("cryptography", reason="extra `vault`")
    (folder / "in/a.txt").write_text("客户王建国，手机号13800138000，身份证号110101199003074610\n", encoding="utf-8")
    save_key(new_key(), folder / "key")
    redacting = ["--operator", "pseudonym", "--key-file", "key", "--vault", "vault", "--out-dir", "out"]
    assert invoke(["redact", "in/a.txt", *redacting]) == ExitCode.OK
    scanning = ["scan", "out", "--isolated", "-j", jobs]
    assert invoke(scanning) == ExitCode.VIOLATION
    known = [*scanning, "--vault", "vault", "--vault-key", "key"]
    assert invoke(known) == ExitCode.OK
    with (folder / "out/in/a.txt").open("a", encoding="utf-8") as file:
        file.write("另有手机号13900139000\n")
    assert invoke(known) == ExitCode.VIOLATION
    assert invoke([*scanning, "--vault", "vault"]) == ExitCode.USAGE
    assert "--vault-key" in capsys.readouterr().err


def test_pseudonyms_without_a_vault_are_said_to_be_lost(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_key(new_key(), folder / "key")
    invoke(["redact", "in", "--operator", "pseudonym", "--key-file", "key", "--out-dir", "out"])
    assert "--vault" in capsys.readouterr().err


def test_the_manifest_names_files_and_counts_and_no_value(folder: Path) -> None:
    invoke(["redact", "in", "--out-dir", "out", "--manifest", "m.json"])
    written = (folder / "m.json").read_text("utf-8")
    assert json.loads(written)["counts"] == {"MOBILE_PHONE": 2}
    assert "13800138000" not in written


def test_pseudonyms_agree_over_processes(folder: Path) -> None:
    save_key(new_key(), folder / "key")
    texts = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "pii_guard", "redact", "in/a.txt", "--operator", "pseudonym", "--key-file", "key"]
        root = Path(__file__).parent.parent
        subprocess.run([*command, "--out-dir", seed], check=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)})
        texts.add((folder / seed / "in/a.txt").read_text("utf-8"))
    assert len(texts) == 1
    assert LEAK not in texts
