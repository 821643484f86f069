"""Presidio's YAML in `--rules`; needs no Presidio."""

from __future__ import annotations

from pathlib import Path

import pytest

from pii_guard.config import Settings
from pii_guard.detect.rules import read_entities
from pii_guard.errors import RuleError
from pii_guard.errors import UsageError
from pii_guard.integrations import companion
from pii_guard.scanner import Scanner

FILE = r"""
supported_languages: [en, de]
global_regex_flags: 26
recognizers:
  - name: Zip
    type: custom
    supported_languages:
      - {language: en, context: [zip]}
      - {language: de, context: [plz, postleitzahl]}
    supported_entity: ZIP
    patterns: [{name: zip, regex: '(\b\d{5}(?:\-\d{4})?\b)', score: 0.3}]
    score_thresholds: {default: 0.4}
  - name: Titles
    supported_language: en
    supported_entity: TITLE
    deny_list: [Mr., 处长, Prof]
    deny_list_score: 0.7
  - {name: Titel, supported_language: de, supported_entity: TITLE, deny_list: [Herr]}
  - {name: "Off", enabled: false, supported_entity: OFF, patterns: [{name: x, regex: x, score: 1.0}]}
  - {name: CreditCardRecognizer, type: predefined, config_path: x}
  - name: ticket
    supported_entities: [ticket number]
    patterns: [{name: t, regex: '(?i)TK-\d{6}', score: 0.8}]
"""


def rules(content: str, folder: Path) -> Path:
    path = folder / "presidio.yaml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plz 12345", [("ZIP", 4, 9)]),
        ("数字 12345", []),  # weak without its context
        (
            "李处长和mr. Smith",
            [("TITLE", 1, 3), ("TITLE", 4, 7)],
        ),  # deny lists ignore case, and work beside Han
        ("profit", []),
        ("HERR Müller", [("TITLE", 0, 4)]),
        ("工单tk-123456", [("TICKET_NUMBER", 2, 11)]),
        ("x", []),
    ],
)
def test_a_presidio_file(text: str, expected: list[tuple[str, int, int]], tmp_path: Path) -> None:
    scanner = Scanner(
        Settings(rules=(rules(FILE, tmp_path),), select=frozenset({"ZIP", "TITLE", "TICKET_NUMBER"}))
    )
    assert [(f.entity_type, f.start, f.end) for f in scanner.scan_text(text)] == expected


def test_languages_of_an_entity_become_one(tmp_path: Path) -> None:
    entities = {e.entity_type: e for e in read_entities([rules(FILE, tmp_path)])}
    assert set(entities) == {"ZIP", "TITLE", "TICKET_NUMBER"}
    assert entities["ZIP"].context == ("zip", "plz", "postleitzahl")
    assert len(entities["TITLE"].patterns) == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("recognizers: [{name: IbanRecognizer, type: predefined}]", "--with presidio"),
        ("recognizers: [IbanRecognizer]", "--with presidio"),
        ("recognizers: [{name: x, patterns: [{name: x, regex: x, score: 1}]}]", "supported_entity"),
        ("recognizers: [{name: x, supported_entity: XX, paterns: []}]", "paterns"),
        (
            "recognizers: [{name: x, supported_entity: XX, patterns: [{name: x, regex: '(', score: 1}]}]",
            "正则",
        ),
        ("recognizers: [3]", "键值表"),
    ],
)
def test_files_that_cannot_be_used(content: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=message):
        read_entities([rules(content, tmp_path)])


@pytest.mark.presidio
def test_the_files_that_presidio_ships(tmp_path: Path) -> None:
    import presidio_analyzer

    folder = Path(presidio_analyzer.__file__).parent / "conf"
    assert {e.entity_type for e in read_entities([folder / "example_recognizers.yaml"])} == {"ZIP", "TITLE"}
    with pytest.raises(RuleError, match="--with presidio"):
        read_entities([folder / "default_recognizers.yaml"])
    assert companion(f"presidio:{folder / 'default_recognizers.yaml'}").entities


def test_unknown_companion() -> None:
    with pytest.raises(UsageError, match="presidio"):
        companion("nope")


def test_presidio_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [
        m for m in sys.modules if m.startswith(("presidio_analyzer", "pii_guard.integrations.presidio."))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(UsageError, match=r"pii-guard-cn\[presidio\]"):
        companion("presidio")
