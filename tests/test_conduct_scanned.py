"""Conduct rules in a scan: what agents do in chat exports and role-tagged JSON, through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pii_guard import cli
from pii_guard import pipeline
from pii_guard.config import Settings
from pii_guard.errors import ExitCode
from pii_guard.model import Violation
from pii_guard.scanner import Scanner
from pii_guard.sources.paths import find
from pii_guard.text.decode import BLOCK

Turns = list[tuple[str, str]]
OTP: Turns = [
    ("customer", "我的转账被退回了"),
    ("agent", "您把收到的短信验证码报给我"),
    ("customer", "482913"),
    ("agent", "好的，已经处理"),
]
OPTIONS = ("-f", "json", "--isolated", "--judge", "--no-progress", "--exit-zero")
CARD = "6222020000000000"
NAMES = {"agent": "客服", "customer": "客户", "third_party": "第三方"}


def _lines(turns: Turns) -> str:
    return "".join(f"[10:{n:02}] {NAMES[role]}：{text}\n" for n, (role, text) in enumerate(turns))


def _wechat(turns: Turns) -> str:
    return "".join(f"{NAMES[role]} 2025-03-10 09:{n:02}:11\n{text}\n\n" for n, (role, text) in enumerate(turns))


def _qq(turns: Turns) -> str:
    return "".join(f"2025-03-10 09:{n:02}:11 {NAMES[role]}(10001)\n{text}\n\n" for n, (role, text) in enumerate(turns))


def _jsonl(turns: Turns) -> str:
    return "".join(json.dumps({"role": r, "content": t}, ensure_ascii=False) + "\n" for r, t in turns)


FORMS = [(_lines, "txt", 1), (_wechat, "txt", 3), (_qq, "txt", 3), (_jsonl, "jsonl", 1)]
EVERY_FORM = pytest.mark.parametrize(("form", "suffix", "height"), FORMS)


def _found(path: Path, text: str) -> tuple[list[dict], list[dict]]:
    """Conduct violations and findings of a scan of the text."""
    path.write_text(text, encoding="utf-8")
    said = CliRunner().invoke(cli.main, ["scan", str(path), *OPTIONS])
    report = json.loads(said.stdout)
    return [v for v in report["violations"] if v["rule_id"].startswith("CS-")], report["findings"]


@EVERY_FORM
def test_question_and_answer_across_messages(
    form: Callable[[Turns], str], suffix: str, height: int, tmp_path: Path
) -> None:
    found, _ = _found(tmp_path / f"chat.{suffix}", form(OTP))
    told = {(v["rule_id"], v["anchor"]["message"], v["anchor"]["role"]) for v in found}
    assert told == {("CS-02", 2, "agent"), ("CS-18", 4, "agent")}
    assert [(v["line"] - 1) // height for v in found] == [1, 3]
    assert all(v["path"].endswith(f"chat.{suffix}") for v in found)


@EVERY_FORM
def test_a_number_split_over_two_messages(
    form: Callable[[Turns], str], suffix: str, height: int, tmp_path: Path
) -> None:
    from pii_guard.validators import luhn

    number = CARD[:-1] + luhn.check_digit(CARD[:-1])
    turns = [("customer", "卡号念给我听"), ("agent", number[:8]), ("customer", "嗯"), ("agent", number[8:])]
    found, _ = _found(tmp_path / f"chat.{suffix}", form(turns))
    assert ("CS-05", 4) in {(v["rule_id"], v["anchor"]["message"]) for v in found}


def test_evidence_names_the_findings(tmp_path: Path) -> None:
    turns = [("customer", "查一下"), ("agent", "您的身份证号是110101199003070003"), ("customer", "对")]
    found, findings = _found(tmp_path / "chat.txt", _lines(turns))
    (read_back,) = [v for v in found if v["rule_id"] == "CS-05"]
    (number,) = [f for f in findings if f["entity_type"] == "RESIDENT_ID"]
    assert read_back["evidence"] == [number["fingerprint"]]
    assert "CS-05" in number["rules"]


@EVERY_FORM
def test_good_practice_is_no_violation(
    form: Callable[[Turns], str], suffix: str, height: int, tmp_path: Path
) -> None:
    turns = [("customer", "查额度"), ("agent", "先核实身份，请报预留手机后四位"), ("customer", "8000")]
    found, _ = _found(tmp_path / f"chat.{suffix}", form(turns))
    assert found == []


@pytest.mark.parametrize(
    "between",
    [
        [("agent", "再见")],
        [("agent", "您好，很高兴为您服务")],
    ],
)
def test_a_greeting_begins_another_conversation(
    between: Turns, tmp_path: Path
) -> None:
    turns = [("agent", "稍等"), ("customer", "我密码是abc12345"), *between]
    found, _ = _found(tmp_path / "chat.txt", _lines(turns))
    assert [v["rule_id"] for v in found] == (["CS-18"] if between[0][1] == "再见" else [])


def test_sessions_are_not_mixed(tmp_path: Path) -> None:
    turns = [("A", "customer", "我密码是abc12345"), ("B", "agent", "好的")]
    for sessions, expected in ((("A", "B"), []), (("A", "A"), ["CS-18"])):
        rows = [{"session": s, "role": r, "content": t} for s, (_, r, t) in zip(sessions, turns, strict=True)]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        found, _ = _found(tmp_path / "chat.jsonl", text)
        assert [v["rule_id"] for v in found] == expected


@pytest.mark.parametrize(("form", "suffix"), [(_lines, "txt"), (_jsonl, "jsonl")])
def test_a_large_file_is_judged_across_its_blocks(form: Callable[[Turns], str], suffix: str, tmp_path: Path) -> None:
    filler, said = form([("customer", "这个快递怎么一直不动")]), form(OTP).splitlines(keepends=True)
    asked = "".join(said[:2])
    room = BLOCK - 5 - len(asked.encode())
    count, rest = divmod(room, len(filler.encode()))
    padded = asked.replace("我的转账", "我的转账" + "." * rest)
    path = tmp_path / f"chat.{suffix}"
    path.write_text(filler * count + padded + "".join(said[2:]) + filler * 9, encoding="utf-8")
    settings = Settings(names="off", addresses="off", judge=True)
    events = list(pipeline.scan(find([path]).documents, Scanner(settings)))
    found = [e for e in events if isinstance(e, Violation) and e.rule_id.startswith("CS-")]
    assert [(v.rule_id, v.line) for v in found] == [("CS-02", count + 2), ("CS-18", count + 4)]


def test_a_table_of_messages_is_a_talk(tmp_path: Path) -> None:
    rows = [("1", "客服", "请把您的银行卡交易密码发给我。"), ("1", "客户", "密码135792"), ("2", "客服", "您好，请讲"), ("2", "客户", "没事了")]
    path, result = tmp_path / "chat.csv", tmp_path / "r.json"
    path.write_text("会话,角色,内容\n" + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    cli.invoke(["scan", str(path), "--isolated", "--no-progress", "-f", f"json={result}"])
    whole = json.loads(result.read_text(encoding="utf-8"))
    assert [(v["rule_id"], v["line"]) for v in whole["violations"] if v["rule_id"].startswith("CS-")] == [("CS-01", 2)]
    assert [(f["entity_type"], f["line"], f["column"], f["anchor"]["role"]) for f in whole["findings"]] == [("PASSWORD", 3, 8, "customer")]


PRAISED: Turns = [
    ("customer", "我想查一下快递"),
    ("agent", "好的，为了核实身份，请您只报手机号后四位，不要告诉我密码和验证码"),
]


@EVERY_FORM
def test_good_practice_is_noted_and_passes(
    form: Callable[[Turns], str], suffix: str, height: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, result = tmp_path / f"chat.{suffix}", tmp_path / "r.json"
    path.write_text(form(PRAISED), encoding="utf-8")
    options = ["--isolated", "--no-progress", "--ignore", "QQ", "-f", f"json={result}"]
    assert cli.invoke(["scan", str(path), "-f", "text", *options]) is ExitCode.OK
    assert "标注（不算违规）: CS-20" in capsys.readouterr().out
    whole = json.loads(result.read_text(encoding="utf-8"))
    assert whole["violations"] == []
    assert [(note["rule_id"], height < note["line"] <= height + 2) for note in whole["annotations"]] == [("CS-20", True)]
    assert whole["summary"]["annotations"] == 1
    assert not any("CS-20" in finding["rules"] for finding in whole["findings"])
    assert cli.invoke(["gate", str(result), "--isolated"]) is ExitCode.OK


@pytest.mark.parametrize("name", ["jsonl", "md", "concise", "csv", "sarif", "junit"])
def test_no_output_counts_good_practice(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, result = tmp_path / "chat.txt", tmp_path / "r.jsonl"
    path.write_text(_lines(PRAISED), encoding="utf-8")
    assert cli.invoke(["scan", str(path), "--isolated", "--no-progress", "-f", f"{name}={result}"]) is ExitCode.OK
    assert ("CS-20" in result.read_text(encoding="utf-8").replace("\\", "")) == (name in ("jsonl", "md", "concise"))
    if name == "jsonl":
        assert cli.invoke(["gate", str(result), "--isolated"]) is ExitCode.OK
        assert cli.invoke(["report", str(result), "--isolated"]) is ExitCode.OK
        assert "合规做法（标注，不算违规）" in capsys.readouterr().out
