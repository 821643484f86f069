"""examples/custom_rules does what its README says: a rule, a lexicon extended, severities retuned, a new type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode

PACK = Path(__file__).parent.parent / "examples" / "custom_rules"


def _found(folder: Path, *options: str) -> set[tuple[str, str, str]]:
    """File, rule or type, and severity of all that a scan of the day finds."""
    result = folder / "r.json"
    invoke(["scan", str(PACK / "day"), "-f", f"json={result}", "--isolated", "--no-progress", *options])
    whole = json.loads(result.read_text(encoding="utf-8"))
    return {
        (Path(one["path"]).name, one.get("rule_id") or one["entity_type"], one["severity"])
        for one in (*whole["findings"], *whole["violations"])
    }


def test_lint_and_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["rules", "lint", "--rules", str(PACK)]) is ExitCode.OK, capsys.readouterr().out
    names = ["CH7-PICKUP", "STAFF_NUMBER"]
    assert invoke(["rules", "test", "--rules", str(PACK), *names]) is ExitCode.OK, capsys.readouterr().out


def test_what_the_pack_changes(tmp_path: Path) -> None:
    before, after = _found(tmp_path), _found(tmp_path, "--rules", str(PACK))
    assert ("guest_wifi.txt", "CH5-CONFIG", "high") in before  # its ladder
    assert ("guest_wifi.txt", "CH5-CONFIG", "low") in after
    assert not any(rule == "CH7-DISCARD" for _, rule, _ in before)
    assert ("talk.txt", "CH7-DISCARD", "medium") in after  # words added, ladder replaced
    assert {("slip.txt", "CH7-PICKUP", "medium"), ("handover.txt", "STAFF_NUMBER", "medium")} <= after - before


@pytest.mark.parametrize("file", sorted(PACK.glob("*.yaml")), ids=lambda file: file.stem)
def test_each_file_is_a_pack_by_itself(file: Path, tmp_path: Path) -> None:
    assert _found(tmp_path, "--rules", str(file)) != _found(tmp_path)
