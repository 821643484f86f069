"""Every entity file passes its own cases, and a broken file is refused by name and key."""

from __future__ import annotations

import re

import pytest

from pii_guard.cli.rules import failure_of
from pii_guard.config import Settings
from pii_guard.detect import rulebook
from pii_guard.detect.rules import read_cases
from pii_guard.detect.rules import read_entities
from pii_guard.errors import RuleError
from pii_guard.scanner import Scanner

FILES = rulebook.entity_files()
SCANNER = Scanner(Settings())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_cases_hold(path):
    cases = list(read_cases(path))
    failed = [(i, why) for i, case in enumerate(cases, 1) if (why := failure_of(case, SCANNER))]
    assert failed == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_enough_cases(path):
    cases = list(read_cases(path))
    least = 60 if path.stem in ("person", "address") else 3
    assert sum(bool(c.spans) for c in cases) >= least
    assert sum(not c.spans for c in cases) >= least


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_file_is_a_presidio_recognizer_list(path):
    import regex
    import yaml

    for recognizer in yaml.safe_load(path.read_text(encoding="utf-8"))["recognizers"]:
        assert set(recognizer) <= {"name", "supported_language", "supported_entity", "patterns", "context"}
        for pattern in recognizer["patterns"]:
            assert set(pattern) == {"name", "regex", "score"}
            regex.compile(pattern["regex"])


HEAD = "recognizers:\n- {name: R, supported_entity: TOKEN, patterns: [{name: p, regex: 'T-[0-9]{4}', score: 0.6}]}\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a: [", "YAML"),
        ("a: 1", "recognizers"),
        (HEAD + "pii_guard: {colour: red}", "colour"),
        (HEAD + "pii_guard: {triggers: {q: {runs: [4]}}}", "q"),
        (HEAD + "pii_guard: {triggers: {p: {rums: [4]}}}", "rums"),
        (HEAD + "pii_guard: {headers: [1]}", "headers"),
        (HEAD.replace("T-[0-9]{4}", "T-["), "正则"),
    ],
)
def test_broken_files_are_refused(tmp_path, content, says):
    path = tmp_path / "broken.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=re.escape(says)) as error:
        read_entities([path])
    assert "broken.yaml" in str(error.value)


def test_a_plain_presidio_file_finds(tmp_path):
    (tmp_path / "token.yaml").write_text(HEAD, encoding="utf-8")
    scanner = Scanner(Settings(rules=(tmp_path,), select=frozenset({"TOKEN"})))
    assert [f.entity_type for f in scanner.scan_text("内部编号T-1234，T-5678")] == ["TOKEN", "TOKEN"]


def test_the_cache_follows_the_file(tmp_path):
    path = tmp_path / "token.yaml"
    for prefix in ("T", "UU"):
        path.write_text(HEAD.replace("T-", prefix + "-"), encoding="utf-8")
        scanner = Scanner(Settings(rules=(tmp_path,), select=frozenset({"TOKEN"})))
        assert scanner.scan_text(f"见{prefix}-1234")[0].end == len(prefix) + 6


def test_a_password_that_begins_with_a_name_is_a_password_under_its_key():
    assert [(f.entity_type, f.start, f.end) for f in SCANNER.scan_text("张三123456", header="pwd")] == [("PASSWORD", 0, 8)]
