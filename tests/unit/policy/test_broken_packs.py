"""Whatever a rule file holds, it is read or refused: an error names file and rule, and comes before any output."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.cli import invoke
from pii_guard.detect.rules import read_entities
from pii_guard.errors import ExitCode
from pii_guard.errors import RuleError
from pii_guard.policy.packs import read_pack

GOOD = """
channel: 7
lexicon: {mine: {trigger: true, words: [白条条]}}
suppress: {calm: {patterns: ['演练']}}
rules:
  - id: CH7-MINE
    title: {zh: 测试, en: test}
    severity: low
    remedy: 改
    unless: [calm]
    ladder: [{severity: high, when: {people: 3}}]
    when: {words: mine}
    cases: {hit: [这里有白条条], miss: [没有]}
retune:
  - {id: CH5-WEP, severity: high}
"""
ENTITY = r"""
recognizers:
  - name: STAFF
    supported_language: zh
    supported_entity: STAFF_NUMBER
    patterns: [{name: plain, score: 0.6, regex: 'EMP-[0-9]{6}'}]
    context: [工号]
pii_guard: {zh: 工号, en: staff number, sensitivity: 1, triggers: {plain: {label: 0.9}}}
"""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("words: mine}\n", "near: {within: 5}}\n"), "words"),
        (("words: mine}\n", "near: [mine]}\n"), "near"),
        (("words: mine}\n", "entity: {count: 2}}\n"), "types"),
        (("words: mine}\n", "entity: {types: QQ, count: many}}\n"), "count"),
        (("words: mine}\n", "entity: {types: QQ, score: good}}\n"), "score"),
        (("words: mine}\n", "any: []}\n"), "any"),
        (("words: mine}\n", "phrase: '(白'}\n"), "正则"),
        (("words: mine}\n", "header: '['}\n"), "正则"),
        (("words: mine}\n", "wrds: mine}\n"), "did you mean: words"),
        (("patterns: ['演练']", "patterns: ['(演']"), "suppress.calm"),
        (("channel: 7", "channel: seven"), "channel"),
        (("channel: 7", "channel: 9"), "channel"),
        (("channel: 7", "family: channel"), "channel"),
        (("severity: low", "severity: low\n    hard: maybe"), "hard"),
        (("severity: low", "severity: low\n    enabled: 'no'"), "enabled"),
        (("severity: low", "severity: low\n    annotation: true"), "annotation"),
        (("severity: low", "severity: low\n    scope: turn"), "scope"),
        (("severity: low", "sevrity: low"), "did you mean: severity"),
        (("hit: [这里有白条条]", "hit: [{text: 白条条, at: two}]"), "at"),
        (("hit: [这里有白条条]", "hit: [{role: agent}]"), "text"),
        (("id: CH7-MINE", "id: 7"), "id"),
    ],
)
def test_a_mistake_is_refused_with_its_place(change: tuple[str, str], named: str) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    with pytest.raises(RuleError) as caught:
        read_pack("mine.yaml", yaml.safe_load(text), own=False)
    assert "mine.yaml" in str(caught.value)
    assert named in str(caught.value)
    if "rules:" not in named and "channel" not in change[0] and "patterns" not in change[0] and "id:" not in change[0]:
        assert "CH7-MINE" in str(caught.value)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.floats(allow_nan=True) | st.sampled_from(["", "x", "(", "CH5-WEP"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "words", "severity", "x", 3]), inner, max_size=2),
    max_leaves=4,
)


def _places(node: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in _places(value, (*path, key)))]


def _replaced(node: object, path: tuple[object, ...], value: object) -> object:
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(node, dict):
        return {k: _replaced(v, rest, value) if k == first else v for k, v in node.items()}
    assert isinstance(node, list)
    return [_replaced(v, rest, value) if i == first else v for i, v in enumerate(node)]


@settings(max_examples=200)
@given(st.sampled_from(_places(yaml.safe_load(GOOD))), JUNK)
def test_junk_anywhere_in_a_pack_is_read_or_refused(place: tuple[object, ...], junk: object) -> None:
    try:
        read_pack("mine.yaml", _replaced(yaml.safe_load(GOOD), place, junk), own=False)
    except RuleError as error:
        assert "mine.yaml" in str(error)  # noqa: PT017 - reading it is as good


@settings(max_examples=100)
@given(st.sampled_from(_places(yaml.safe_load(ENTITY))), JUNK)
def test_junk_anywhere_in_an_entity_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[object, ...], junk: object
) -> None:
    file = tmp_path_factory.getbasetemp() / "staff.yaml"
    file.write_text(yaml.safe_dump(_replaced(yaml.safe_load(ENTITY), place, junk), allow_unicode=True), encoding="utf-8")
    try:
        read_entities([file])
    except RuleError as error:
        assert "staff.yaml" in str(error)  # noqa: PT017 - reading it is as good


@pytest.mark.parametrize("text", ["recognizers: []\npii_guard: {zh: a}\n", "recognizers: [x]\npii_guard: {}\n", "recognizers:\n"])
def test_an_entity_file_without_entities_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "staff.yaml"
    file.write_text(text, encoding="utf-8")
    assert invoke(["rules", "lint", "--rules", str(file)]) is ExitCode.USAGE
    assert invoke(["scan", str(tmp_path), "--rules", str(file)]) is ExitCode.USAGE


@pytest.mark.parametrize("broken", ["phrase: '(白'", "wrds: mine", "near: {within: 5}"])
@pytest.mark.parametrize("command", [["scan", "-f", "json"], ["report"], ["gate"]])
def test_a_broken_pack_stops_a_command_before_it_writes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], broken: str
) -> None:
    pack, text = tmp_path / "pack.yaml", tmp_path / "text.txt"
    pack.write_text(GOOD.replace("words: mine}\n", broken + "}\n"), encoding="utf-8")
    text.write_text("这里有白条条", encoding="utf-8")
    options = ["--rules", str(pack)] if command[0] != "gate" else ["-c", str(_config(tmp_path, pack))]
    assert invoke([*command, str(text), *options]) is ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert "pack.yaml" in said.err
    assert "CH7-MINE" in said.err


def _config(folder: Path, pack: Path) -> Path:
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump({"rules": [str(pack)]}), encoding="utf-8")
    return file
