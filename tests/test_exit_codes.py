"""Exit codes and streams, by running the command as a process: the promise that gates rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

LEAK = "客户手机号是13800138000，请回电"


def run(*args, stdin=None, cwd=None, **env):
    command = [sys.executable, "-m", "pii_guard", *map(str, args)]
    return subprocess.run(command, input=stdin, cwd=cwd, capture_output=True, env={**os.environ, **env}, check=False)


@pytest.mark.parametrize(
    ("args", "files", "code"),
    [
        (["scan", "."], {"a.txt": "今天天气不错"}, 0),
        (["scan", "."], {"a.txt": LEAK}, 1),
        (["scan", "a.txt", "--exit-zero"], {"a.txt": LEAK}, 0),
        (["scan", ".", "--min-severity", "critical"], {"a.txt": LEAK}, 0),
        (["scan", ".", "--ignore", "MOBILE_PHONE"], {"a.txt": LEAK}, 0),
        (["scan", ".", "--ignore", "MOBILE_PHONE", "--ignore", "QQ,WECHAT"], {"a.txt": LEAK}, 0),
        (["scan", "missing.txt"], {}, 2),
        (["scan", "--nonsense"], {}, 2),
        (["scan", ".", "--select", "NO_SUCH"], {"a.txt": LEAK}, 2),
        (["scan", ".", "-c", "c.yaml"], {"c.yaml": "selct: [QQ]", "a.txt": LEAK}, 2),
        (["scan", "."], {"a.bin": bytes(range(256)) * 4}, 3),
        (["scan", "."], {"a.txt": LEAK, "b.bin": bytes(range(256)) * 4}, 1),
        (["scan", ".", "--exit-zero"], {"a.txt": LEAK, "b.bin": bytes(range(256)) * 4}, 3),
        (["scan", "."], {"masked.txt": "证110105********1239\n身份证号：110105********123X\n手机138****8000"}, 0),
        (["explain", "RESIDENT_ID"], {}, 0),
        (["explain", "NO_SUCH"], {}, 2),
        (["no-such-command"], {}, 2),
        (["config", "schema"], {}, 0),
        (["--version"], {}, 0),
    ],
)
def test_exit_code(tmp_path, args, files, code):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run(*args, cwd=tmp_path)
    assert result.returncode == code, result.stderr.decode()
    assert b"Traceback" not in result.stderr


def test_gbk_leak_on_a_gbk_console(tmp_path):
    (tmp_path / "leak.txt").write_bytes(LEAK.encode("gbk"))
    result = run("scan", ".", cwd=tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="gbk")
    assert result.returncode == 1
    assert "手机号" in result.stdout.decode("gbk")


def test_closed_pipe_keeps_the_verdict(tmp_path):
    (tmp_path / "a.txt").write_text((LEAK + "\n") * 3000, encoding="utf-8")
    command = [sys.executable, "-m", "pii_guard", "scan", "a.txt", "-f", "jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait() != 0
    process.stderr.close()


def test_stdin(tmp_path):
    result = run("scan", "-", "-f", "jsonl", stdin=LEAK.encode("gb18030"))
    assert result.returncode == 1
    finding, *_, summary = map(json.loads, result.stdout.decode().splitlines())
    assert (finding["start"], finding["end"], finding["masked"]) == (6, 17, "138****8000")
    assert summary["summary"]["fingerprint_key"] == "ephemeral"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("张三13800138000.txt", ["13800138000"]),
        ("zhangsan@qq.com.txt", ["zhangsan"]),
        ("zhangsan@example.com.csv", ["zhangsan"]),
        ("13800138000_20240101.wav", ["13800138000"]),
        ("20240101_13800138000_001.txt", ["13800138000"]),
        ("call_13800138000to13900139000.txt", ["13800138000", "13900139000"]),
    ],
    ids=range(6),
)
def test_file_name_with_personal_data_is_a_finding_and_masked(tmp_path, name, values):
    (tmp_path / name).write_text("无", encoding="utf-8")
    result = run("scan", ".", "-f", "json", cwd=tmp_path)
    assert result.returncode == 1
    found = json.loads(result.stdout)["findings"]
    assert len(found) >= len(values)
    assert {f["anchor"]["kind"] for f in found} == {"name"}
    others = [run("scan", *args, cwd=tmp_path) for args in ((".", "-f", "concise"), (".", "--show-files"), (f"no/{name}",))]
    assert [o.returncode for o in others] == [1, 1, 2]
    assert not any(value.encode() in o.stdout + o.stderr for o in (result, *others) for value in values)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", "<?xml version='1.0'?><r><p13800138000>li@example.com</p13800138000></r>"),
        ("a.json", '{"p13800138000": "li@example.com"}'),
        ("a.csv", "x13800138000,m\nli@example.com,1\n" * 30),
        ("a.txt", "http://13800138000.example.com/a 和 www.13800138000.com，a@13800138000.com"),
    ],
)
def test_numbers_in_labels_and_hosts_are_not_shown(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    told = [run("scan", ".", "-f", form, cwd=tmp_path) for form in ("json", "text", "csv")]
    assert [t.returncode for t in told] == [1, 1, 1]
    assert not any(b"13800138000" in t.stdout + t.stderr for t in told)


def test_one_bad_file_never_stops_the_scan(tmp_path):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "z.txt").write_text(LEAK, encoding="utf-8")
    result = run("scan", ".", "-f", "json", cwd=tmp_path)
    body = json.loads(result.stdout)
    assert {d["path"]: d["status"] for d in body["documents"]} == {"a.bin": "unscanned", "z.txt": "scanned"}
    assert len(body["findings"]) == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_processes_give_the_same_result(tmp_path, jobs):
    for i in range(20):
        (tmp_path / f"{i:02}.txt").write_text(f"电话138001380{i:02}", encoding="utf-8")
    key = {"PII_GUARD_KEY": "k" * 32}
    body = json.loads(run("scan", ".", "-f", "json", "-j", jobs, cwd=tmp_path, **key).stdout)
    assert [f["path"] for f in body["findings"]] == [f"{i:02}.txt" for i in range(20)]
    assert body["summary"]["fingerprint_key"] == "configured"


def test_gitignored_files_are_counted(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("dump.sql\n", encoding="utf-8")
    (tmp_path / "dump.sql").write_text(LEAK, encoding="utf-8")
    quiet = run("scan", ".", cwd=tmp_path)
    assert (quiet.returncode, "1 个文件被 .gitignore 忽略" in quiet.stdout.decode()) == (0, True)
    assert run("scan", ".", "--no-gitignore", cwd=tmp_path).returncode == 1


def test_rules_broken_without_a_value_are_not_called_clean(tmp_path):
    (tmp_path / "masked.txt").write_text("证110105********1239\n", encoding="utf-8")
    said = run("scan", ".", cwd=tmp_path, PYTHONIOENCODING="utf-8").stdout.decode()
    assert "GBT37964" in said
    assert "未发现个人信息，但有 1 条规则线索" in said
    low = run("scan", ".", "-f", "jsonl", "--min-confidence", "low", cwd=tmp_path)
    assert (low.returncode, json.loads(low.stdout.splitlines()[0])["confidence"]) == (0, "low")
