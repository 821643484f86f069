"""Patterns out of the cache are what `re` would have made, and a broken cache costs time only."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys

import pytest

from pii_guard import patterns

SOURCES = [
    ("[0-9]+", 0),
    ("(?P<区>[一-鿿]{2,4}区)?(?P<road>路)", 0),
    ("(?i:qq群?)(?<![0-9])1[3-9]", re.IGNORECASE),
    (rb"\x80[\x81-\xff]", re.DOTALL),
    ("(?x) a  b # comment", re.ASCII),
    ("[\ud800-\udfff]|\udc01", 0),
]
PROGRAM = "from pii_guard.patterns import compiled, _programs; compiled('(?P<a>[0-9]{3})x'); print(_programs()._stored)"


@pytest.mark.parametrize(("source", "flags"), SOURCES)
def test_stored_programs_are_those_of_re(source, flags, tmp_path, monkeypatch):
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    first = patterns._Programs("x")
    made = first.compile(source, int(flags))
    first.keep()
    again = patterns._Programs("x")
    assert again._stored == 1
    read = again.compile(source, int(flags))
    for one in (made, read):
        assert one == re.compile(source, flags)
        assert (one.groups, one.groupindex, one.flags, one.pattern) == (
            (it := re.compile(source, flags)).groups,
            it.groupindex,
            it.flags,
            it.pattern,
        )


def test_texts_are_made_once(tmp_path, monkeypatch):
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    first = patterns._Programs("x")
    assert first.text("a name", lambda: "区\ud800") == "区\ud800"
    first.keep()
    assert patterns._Programs("x").text("a name", lambda: "made again") == "区\ud800"


@pytest.mark.parametrize("content", [b"", b"\0", b"x" * 99])
def test_a_broken_cache_is_as_none(content, tmp_path, monkeypatch):
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    patterns.files.write("x", content)
    assert patterns._Programs("x").compile("[0-9]", 0).findall("a1") == ["1"]


def test_a_program_that_the_engine_refuses_is_compiled_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    programs = patterns._Programs("x")
    programs.compile("[0-9]", 0)
    (name,) = programs._kept
    for refused in (marshal.dumps((32, b"\xff" * 8, 0, {}, (None,))), marshal.dumps(1), b"\0"):
        again = patterns._Programs("x")
        again._kept[name] = refused
        assert again.compile("[0-9]", 0) == re.compile("[0-9]")


def test_without_the_inner_parts_of_re(monkeypatch):
    monkeypatch.setattr(patterns, "_program", lambda pattern, flags: None)
    assert patterns._Programs("none").compile("[0-9]", 0) == re.compile("[0-9]")


def test_the_next_run_finds_what_this_one_compiled(tmp_path):
    found = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PII_GUARD_CACHE_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert found == ["0\n", "1\n"]


def test_a_lazy_pattern_compiles_nothing_until_asked(monkeypatch):
    asked = []
    real = re.compile
    fake = type("Fake", (), {"compile": staticmethod(lambda p, f: asked.append(p) or real(p, f))})
    monkeypatch.setattr(patterns, "_programs", fake)
    pattern = patterns.lazy("[a-z]{2}")
    assert pattern.pattern == "[a-z]{2}"
    assert asked == []
    assert pattern.match("ab")[0] == "ab"
    assert pattern.match("c1") is None
    assert asked == ["[a-z]{2}"]
