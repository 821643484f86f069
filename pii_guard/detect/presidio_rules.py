"""Presidio's own recognizer files, put into the shape of ours, so that `--rules` reads them.

Read are all keys of its YAML: `supported_languages` as words or with context each, `supported_entities`,
`deny_list` with its score, `enabled`, `global_regex_flags` (a registry's, or a recognizer's).  Recognizers
of one entity (one a language, in Presidio) become one.  Entries of `type: predefined` name a class of
Presidio, which only Presidio can run: they are left to `--with presidio:FILE`, and a file of nothing else
is an error. Not applied: `score_thresholds` (the scan has one, `--min-confidence`) and `country_code`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

from pii_guard.errors import RuleError

KEYS = frozenset(
    [
        "name",
        "class_name",
        "type",
        "enabled",
        "supported_language",
        "supported_languages",
        "supported_entity",
        "supported_entities",
        "patterns",
        "context",
        "deny_list",
        "deny_list_score",
        "global_regex_flags",
        "score_thresholds",
        "country_code",
        "version",
    ]
)
_FLAGS = ((2, "i"), (8, "m"), (16, "s"), (64, "x"))
_DEFAULT_FLAGS = 2 | 8 | 16  # as PatternRecognizer compiles
Table = Mapping[str, object]


def shaped(document: Table, path: Path) -> dict[str, object]:
    """The document with one recognizer an entity, its flags written into the patterns.  Raises RuleError."""
    by_entity: dict[str, list[Table]] = {}
    for entry in _custom(document.get("recognizers"), path):
        by_entity.setdefault(_entity_type(entry, path), []).append(entry)
    if not by_entity:
        raise RuleError(
            f"{path}: 只有 Presidio 自带的识别器（type: predefined），请用 --with presidio:{path}"
        )
    flags = document.get("global_regex_flags", _DEFAULT_FLAGS)
    return {"recognizers": [_joined(t, entries, flags) for t, entries in by_entity.items()]}


def _custom(entries: object, path: Path) -> Iterator[Table]:
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, str):
            continue  # the name of a predefined recognizer
        if not isinstance(entry, dict):
            raise RuleError(f"{path}: recognizers[] 应为键值表")
        if entry.get("type") == "predefined" or not entry.get("enabled", True):
            continue
        if unknown := set(entry) - KEYS:
            raise RuleError(f"{path}: recognizers[] 有未知的键 {sorted(unknown)}，可用: {sorted(KEYS)}")
        yield entry


def _entity_type(entry: Table, path: Path) -> str:
    several = entry.get("supported_entities")
    name = entry.get("supported_entity") or (several[0] if isinstance(several, list) and several else None)
    if not isinstance(name, str):
        raise RuleError(f"{path}: recognizers[] 缺少 supported_entity（{entry.get('name')}）")
    return re.sub(r"[^0-9A-Z]+", "_", name.upper()).strip("_")


def _joined(entity_type: str, entries: Iterable[Table], flags: object) -> dict[str, object]:
    patterns: list[dict[str, object]] = []
    context: list[str] = []
    for entry in entries:
        found = [*_patterns(entry, entry.get("global_regex_flags", flags)), *_deny_list(entry)]
        patterns += [p for p in found if p["regex"] not in {known["regex"] for known in patterns}]
        context += [word for word in _context(entry) if word not in context]
    for number, pattern in enumerate(patterns):
        pattern["name"] = f"{number} {pattern['name']}"  # names are unique in our files, not in Presidio's
    return {"supported_entity": entity_type, "patterns": patterns, "context": context}


def _patterns(entry: Table, flags: object) -> Iterator[dict[str, object]]:
    letters = "".join(letter for bit, letter in _FLAGS if isinstance(flags, int) and flags & bit)
    prefix = f"(?{letters})" if letters else ""
    for pattern in _list(entry.get("patterns")):
        if isinstance(pattern, dict) and {"regex", "score"} <= set(pattern):
            yield {
                "name": pattern.get("name", ""),
                "regex": prefix + str(pattern["regex"]),
                "score": pattern["score"],
            }


def _deny_list(entry: Table) -> Iterator[dict[str, object]]:
    """The words.  Beside Han there is no word boundary: an end is bounded only where it is ASCII."""
    score = entry.get("deny_list_score", 1.0)
    for word in map(str, _list(entry.get("deny_list"))):
        before = "(?<![0-9A-Za-z_])" if word[:1].isascii() else ""
        after = "(?![0-9A-Za-z_])" if word[-1:].isascii() else ""
        yield {"name": "deny_list", "regex": f"(?i){before}{re.escape(word)}{after}", "score": score}


def _context(entry: Table) -> Iterator[str]:
    yield from map(str, _list(entry.get("context")))
    for language in _list(entry.get("supported_languages")):
        if isinstance(language, dict):
            yield from map(str, _list(language.get("context")))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
