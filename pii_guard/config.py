"""Settings of a scan: read from `.pii-guard.yaml` or `[tool.pii_guard]`, frozen, handed down, never global.

A config file holds data only; nothing in a scanned repository is ever run.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from dataclasses import replace
from pathlib import Path
from typing import cast

from pii_guard import reach
from pii_guard.errors import UsageError
from pii_guard.gate.policy import Policy
from pii_guard.model import SEVERITIES
from pii_guard.records import dataclass
from pii_guard.suppress import Allow
from pii_guard.suppress import parse_allow

FILE_NAME = ".pii-guard.yaml"
KEY_VARIABLE = "PII_GUARD_KEY"
_LEAST_KEY = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """What to look for and how.

    `select` empty means every type; `min_confidence` decides what is reported, `min_severity` what fails the run.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    min_confidence: str = "medium"
    min_severity: str = "medium"
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    jobs: int = 1
    names: str = "full"  # off, cues (only with a cue in the text) or full
    addresses: str = "full"
    judge: bool = True  # also report the rules that findings and wording break
    on_duty: bool = (
        False  # the data is held in performing duties or providing services: criminal thresholds are halved
    )
    app_category: str = ""  # of the 39 categories whose necessary information manifests are held against
    rules: tuple[Path, ...] = ()
    allow: tuple[Allow, ...] = ()
    policy: Policy | None = None  # None: the default policy with `min_severity`
    baseline: Path | None = None  # None: `.pii-baseline.json` of the working directory, where there is one
    key: bytes | None = None  # of fingerprints; None: drawn for the run
    language: str = "zh"  # of the rules' messages, zh or en: the command line's --lang
    companions: tuple[str, ...] = ()  # NAME[:FILE] of --with; from the command line only, never a repository's config

    @property
    def least_score(self) -> float:
        """The score that `min_confidence` asks for."""
        return {"low": 0.0, "medium": 0.5, "high": 0.8}[self.min_confidence]


_MODES = ("off", "cues", "full")
_CHOICES = {"min_confidence": ("low", "medium", "high"), "min_severity": SEVERITIES, "names": _MODES, "addresses": _MODES}
_KEYS = (*(f.name for f in fields(Settings) if f.name not in ("key", "language", "companions")), "extends", "public_key")
_KIND: Mapping[type, str] = {bool: " true 或 false", int: "整数", str: "字符串", list: "列表"}
_DEEPEST = 8  # files in a chain of `extends`


def find(start: Path | None = None) -> Path | None:
    """The config in force: the nearest one from `start` up to the git root (or the file system's)."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if reach.is_file(folder / FILE_NAME):
            return folder / FILE_NAME
        project = folder / "pyproject.toml"
        if reach.is_file(project) and _table(project) is not None:
            return project
        if reach.exists(folder / ".git"):
            return None
    return None


def load(path: Path | None = None, *, isolated: bool = False) -> Settings:
    """Settings from `path`, else from the config in force; the key comes from the environment only."""
    path = path or (None if isolated else find())
    settings = Settings(key=environment_key())
    return parse(_read(path), path, settings) if path else settings


def environment_key() -> bytes | None:
    """$PII_GUARD_KEY, which must be long enough not to be guessed."""
    text = os.environ.get(KEY_VARIABLE)
    if not text:
        return None
    if len(text) < _LEAST_KEY:
        raise UsageError(f"{KEY_VARIABLE} 至少要 {_LEAST_KEY} 个字符")
    return text.encode()


def override(settings: Settings, **given: object) -> Settings:
    """Settings with what the command line gave (None: not given)."""
    return replace(settings, **{k: v for k, v in given.items() if v is not None})  # type: ignore[arg-type]


def parse(raw: Mapping[str, object], path: Path, base: Settings, depth: int = 0) -> Settings:
    """Settings from a config's mapping; an unknown key or a wrong value is an error with a suggestion.

    `extends` names a config file, relative to this one, whose values this one replaces; `public_key` makes
    the fingerprints of a repository whose data is all invented.
    """
    given = dict(raw)
    if (above := given.pop("extends", None)) is not None:
        base = _extended(above, path, base, depth)
    public = given.pop("public_key", None)
    if public is not None:
        if not isinstance(public, str) or len(public) < _LEAST_KEY:
            raise UsageError(f"{path}: public_key 至少要 {_LEAST_KEY} 个字符")
        base = replace(base, key=base.key or public.encode())
    return override(base, **{key: _value(key, value, path) for key, value in given.items()})


def _extended(name: object, path: Path, base: Settings, depth: int) -> Settings:
    above = path.parent / str(name)
    if not isinstance(name, str) or not above.is_file():
        raise UsageError(f"{path}: extends 应为已有的配置文件")
    if depth >= _DEEPEST:
        raise UsageError(f"{path}: extends 套得太深，可能成环")
    return parse(_read(above), above, base, depth + 1)


def schema() -> dict[str, object]:
    """JSON Schema of a config file, made from the code."""
    words: dict[str, object] = {"type": "array", "items": {"type": "string"}}
    properties: dict[str, object] = dict.fromkeys(("select", "ignore", "exclude", "rules"), words)
    properties |= {key: {"enum": list(values)} for key, values in _CHOICES.items()}
    properties |= {
        "gitignore": {"type": "boolean"},
        "judge": {"type": "boolean"},
        "on_duty": {"type": "boolean"},
        "jobs": {"type": "integer", "minimum": 1},
    }
    text: dict[str, object] = {"type": "string"}
    properties |= {"app_category": text, "baseline": text, "extends": text, "public_key": {**text, "minLength": _LEAST_KEY}}
    entry = {f.name: text for f in fields(Allow)}
    allow = {"type": "object", "properties": entry, "required": ["reason"], "additionalProperties": False}
    properties |= {"allow": {"type": "array", "items": allow}, "policy": {"type": ["string", "object"]}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FILE_NAME,
        "type": "object",
        "properties": dict(sorted(properties.items())),
        "additionalProperties": False,
    }


def _value(key: str, value: object, path: Path) -> object:
    if key not in _KEYS:
        from difflib import get_close_matches

        near = get_close_matches(key, _KEYS, 1)
        hint = f"，是否想写 {near[0]}" if near else f"，可用: {', '.join(_KEYS)}"
        raise UsageError(f"{path}: 未知的键 {key}{hint}")
    if key in _CHOICES:
        if value not in _CHOICES[key]:
            raise UsageError(f"{path}: {key} 应为 {', '.join(_CHOICES[key])} 之一")
        return value
    if key == "policy":
        return _policy(value, path)
    if key == "baseline":
        return path.parent / cast(str, _typed(key, value, str, path))
    if key == "allow":
        entries = cast("list[object]", _typed(key, value, list, path))
        return tuple(parse_allow(entry, f"{path}: allow[{n}]") for n, entry in enumerate(entries, 1))
    if key in ("gitignore", "judge", "on_duty"):
        return _typed(key, value, bool, path)
    if key == "jobs":
        return max(1, cast(int, _typed(key, value, int, path)))
    return _words(key, value, path)


def _policy(value: object, path: Path) -> Policy:
    from pii_guard.gate import load as policies

    if isinstance(value, str):
        return policies.load(value, path.parent)
    return policies.parse(value, f"{path}: policy", path=path)


def _words(key: str, value: object, path: Path) -> object:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
        raise UsageError(f"{path}: {key} 应为字符串列表")
    if key == "rules":
        return tuple((path.parent / w) for w in words)
    return frozenset(w.upper() for w in words) if key in ("select", "ignore") else tuple(words)


def _typed(key: str, value: object, kind: type, path: Path) -> object:
    if type(value) is not kind:
        raise UsageError(f"{path}: {key} 应为{_KIND[kind]}")
    return value


def _read(path: Path) -> Mapping[str, object]:
    if path.suffix == ".toml":
        return _table(path) or {}
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: 不是可读的 YAML（{type(error).__name__}）") from error
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise UsageError(f"{path}: 应为键值表")
    return content


def _table(project: Path) -> Mapping[str, object] | None:
    import tomllib

    try:
        text = project.read_text(encoding="utf-8")
        if "pii_guard" not in text:
            return None
        table = tomllib.loads(text).get("tool", {}).get("pii_guard")
    except (OSError, ValueError) as error:
        raise UsageError(f"{project}: 不是可读的 TOML（{type(error).__name__}）") from error
    return cast("Mapping[str, object] | None", table)
