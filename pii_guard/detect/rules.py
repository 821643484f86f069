"""The entity rules: `rules/entities/*.yaml` read into frozen values.

A file has two blocks.  `recognizers:` is a Presidio recognizer list (name, supported_entity, supported_language,
patterns[name, regex, score], context), so Presidio loads the file as it is.  `pii_guard:` holds our keys for the
same entity:

    zh, en          names shown to people
    sensitivity     0-3 (JR/T 0171 C1-C3 where it applies; 0 is found but never personal)
    validator       module of pii_guard.validators; `on_invalid` drop | keep | mistyped
    triggers        pattern name -> what wakes it: {runs: [11]} a digit run of that length, with `back: 2` the
                    regex may begin up to two characters before it; {label: 0.9} only right after a context word,
                    with that score (`words` of its own instead of the context words); {shape: REGEX} where this cheap regex matches;
                    with `barrier: "@"` the regex holds that character nowhere before the shape.  None: searched everywhere.
                    `note: code` says that the value cannot be checked (it is partly masked) and why it counts
    followed_by     entity types that a list behind a value may go on with: `020-81427251、83755983`
    headers         column headers and keys that say so
    lookalikes      words that say it is something else (here and in context `sms_code` stands for smsCode, too); `units` the same, right behind the value
    mask            a note for readers; the masks are in detect/masking.py
    finder          module of pii_guard.detect that finds this entity (person, address); the patterns then only
                    serve Presidio
    shadow          false: a value inside this one is still reported
    whole           true: what lies inside this one is a part of it, however sure (but for secrets, sensitivity 3)
    cases           hit: sentences with [[the value]] marked; miss: sentences without this entity

A file with only `recognizers:` (a Presidio one) loads too (presidio_rules.py): sensitivity 1, searched everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

from pii_guard import validators
from pii_guard.detect import presidio_rules
from pii_guard.errors import RuleError
from pii_guard.named import NamedTuple
from pii_guard.patterns import compiled
from pii_guard.patterns import lazy

_Read = Callable[[str, Path], str]
_OUR_KEYS = frozenset(
    "zh en sensitivity validator on_invalid triggers headers lookalikes units mask shadow whole finder cases about followed_by".split()
)
_FINDERS = ("address", "person")
_ON_INVALID = ("drop", "keep", "mistyped")
_TRIGGER_KEYS = frozenset("runs back label words shape barrier note".split())
_RECOGNIZER_KEYS = frozenset(
    "name supported_entity supported_language supported_languages patterns context deny_list deny_list_score type "
    "enabled supported_entities global_regex_flags country_code".split()
)
_IN_PARTS = lazy(r"[a-z]{2,}(?:[ _][a-z]{2,}){1,3}")
_SAFE_NAME = lazy(r"[A-Z][A-Z0-9_]{1,40}")


class Pattern(NamedTuple):
    """One regular expression of an entity and what wakes it."""

    name: str
    regex: str
    score: float
    runs: tuple[int, ...] = ()
    back: int = 0
    label: float = 0.0
    words: tuple[str, ...] = ()
    shape: str = ""
    barrier: str = ""
    note: str = ""
    source: str = ""  # the user's file it is from; none of ours


class Entity(NamedTuple):
    """All that is known of one entity type, without its cases."""

    entity_type: str
    zh: str
    en: str
    sensitivity: int = 1
    patterns: tuple[Pattern, ...] = ()
    context: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()
    validator: str = ""
    on_invalid: str = "keep"
    shadow: bool = True
    whole: bool = False
    mask: str = ""
    about: str = ""
    finder: str = ""


class Case(NamedTuple):
    """A sentence of an entity file; `spans` are the marked values (none: the entity must not be found)."""

    entity_type: str
    text: str
    spans: tuple[tuple[int, int], ...]


def read_entities(paths: Iterable[Path], *, tested: bool = False) -> tuple[Entity, ...]:
    """Entities of the files, in the order of their names.  Raises RuleError naming file and key.

    `tested`: the patterns are known to be valid, as the shipped ones are; to compile all of them took a third of a first start.
    """
    read = _unchecked if tested else _checked
    found: list[Entity] = []
    for path in sorted(paths):
        try:
            found += _entities_of(path, _load(path), read)
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            raise RuleError(f"{path}: 键或值的形状不对 / a key or value has the wrong shape ({_told(error)})") from error
    return tuple(found)


def _told(error: Exception) -> str:
    return f"missing {error}" if isinstance(error, KeyError) else str(error)


def read_cases(path: Path) -> Iterator[Case]:
    """The hit and miss sentences of one entity file."""
    document = _load(path)
    ours = _mapping(document.get("pii_guard") or {}, path, "pii_guard")
    entity_type = str(document["recognizers"][0]["supported_entity"])  # type: ignore[index]
    cases = _mapping(ours.get("cases") or {}, path, "pii_guard.cases")
    for kind in ("hit", "miss"):
        for line in _strings(cases.get(kind), path, f"cases.{kind}"):
            text, spans = unmark(line)
            if bool(spans) != (kind == "hit"):
                raise RuleError(f"{path}: cases.{kind}: 命中句须用 [[ ]] 标出值，未命中句不得标: {line[:12]}…")
            yield Case(entity_type, text, spans)


def unmark(line: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Text without its marks, and the marked spans.

    >>> unmark("打[[10086]]吧")
    ('打10086吧', ((1, 6),))
    """
    pieces = re.split(r"\[\[(.*?)\]\]", line, flags=re.S)
    text, spans = "", []
    for i, piece in enumerate(pieces):
        if i % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return text, tuple(spans)


def is_ours(path: Path) -> bool:
    """Whether the file has our block, with its cases, and is not one of Presidio."""
    return "pii_guard" in _load(path)


def _load(path: Path) -> dict[str, object]:
    import yaml

    try:
        document = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise RuleError(f"{path}: 不是可读的 YAML（{type(error).__name__}）") from error
    if not isinstance(document, dict) or not isinstance(document.get("recognizers"), list):
        raise RuleError(f"{path}: 缺少 recognizers: 列表")
    if not document["recognizers"]:
        raise RuleError(f"{path}: recognizers: 列表是空的 / the list is empty")
    return document if "pii_guard" in document else presidio_rules.shaped(document, path)


def _entities_of(path: Path, document: dict[str, object], read: _Read) -> Iterator[Entity]:
    ours = _mapping(document.get("pii_guard") or {}, path, "pii_guard")
    _known(ours, _OUR_KEYS, path, "pii_guard")
    triggers = _mapping(ours.get("triggers") or {}, path, "triggers")
    for raw in document["recognizers"]:  # type: ignore[attr-defined]
        recognizer = _mapping(raw, path, "recognizers[]")
        _known(recognizer, _RECOGNIZER_KEYS, path, "recognizers[]")
        entity_type = str(recognizer.get("supported_entity", ""))
        if not _SAFE_NAME.fullmatch(entity_type):
            raise RuleError(f"{path}: supported_entity 应为大写英文标识")
        patterns = tuple(_patterns(path, recognizer, triggers, read))
        yield Entity(
            entity_type=entity_type,
            zh=str(ours.get("zh") or entity_type),
            en=str(ours.get("en") or entity_type),
            sensitivity=int(str(ours.get("sensitivity", 1))),
            patterns=patterns,
            context=_words(recognizer.get("context"), path, "context"),
            headers=tuple(w.lower() for w in _strings(ours.get("headers"), path, "headers")),
            lookalikes=_words(ours.get("lookalikes"), path, "lookalikes"),
            units=tuple(_strings(ours.get("units"), path, "units")),
            followed_by=tuple(_strings(ours.get("followed_by"), path, "followed_by")),
            validator=_one_of(ours, "validator", validators.names(), path),
            on_invalid=_one_of(ours, "on_invalid", _ON_INVALID, path) or "keep",
            shadow=bool(ours.get("shadow", True)),
            whole=bool(ours.get("whole", False)),
            mask=str(ours.get("mask") or ""),
            about=str(ours.get("about") or ""),
            finder=_one_of(ours, "finder", _FINDERS, path),
        )


def _patterns(
    path: Path, recognizer: Mapping[str, object], triggers: Mapping[str, object], read: _Read
) -> Iterator[Pattern]:
    entries = recognizer.get("patterns") or []
    if not isinstance(entries, list):
        raise RuleError(f"{path}: patterns 应为列表")
    entries = [_mapping(entry, path, "patterns[]") for entry in entries]
    for entry in entries:
        if not {"name", "regex", "score"} <= set(entry) or not isinstance(entry["regex"], str):
            raise RuleError(f"{path}: patterns[] 要有 name、regex、score / a pattern needs name, regex and score")
    names = {str(entry.get("name")) for entry in entries}
    if unknown := set(triggers) - names:
        raise RuleError(f"{path}: triggers 里有不存在的模式名 {sorted(unknown)}")
    for entry in entries:
        trigger = _mapping(triggers.get(str(entry["name"])) or {}, path, "triggers")
        _known(trigger, _TRIGGER_KEYS, path, f"triggers.{entry['name']}")
        yield Pattern(
            name=str(entry["name"]),
            regex=read(str(entry["regex"]), path),
            score=float(str(entry["score"])),
            runs=tuple(trigger.get("runs") or ()),  # type: ignore[arg-type]
            back=int(str(trigger.get("back", 0))),
            label=float(str(trigger.get("label", 0))),
            words=_words(trigger.get("words"), path, "words"),
            shape=read(str(trigger.get("shape", "")), path),
            barrier=str(trigger.get("barrier", "")),
            note=str(trigger.get("note", "")),
        )
    for i, word in enumerate(_strings(recognizer.get("deny_list"), path, "deny_list")):
        yield Pattern(f"deny_{i}", rf"(?<!\w){re.escape(word)}(?!\w)", 1.0)


def _unchecked(pattern: str, path: Path) -> str:
    return pattern


def _checked(pattern: str, path: Path) -> str:
    """The pattern, when `re` (whose program the scan then finds compiled) or `regex` can read it."""
    try:
        compiled(pattern)
    except re.error:
        import regex

        try:
            regex.compile(pattern)
        except regex.error as error:
            raise RuleError(f"{path}: 正则不合法: {error}") from error
    return pattern


def _one_of(ours: Mapping[str, object], key: str, known: Sequence[str], path: Path) -> str:
    """The name under a key, if it is known; empty where there is none."""
    name = str(ours.get(key) or "")
    if name and name not in known:
        raise RuleError(f"{path}: pii_guard.{key}: 没有 / unknown {name!r}；可用 / known: {', '.join(known)}")
    return name


def _mapping(value: object, path: Path, key: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise RuleError(f"{path}: {key} 应为键值表")
    return value


def _words(value: object, path: Path, key: str) -> tuple[str, ...]:
    """The words in lower case; an English one of several parts in all the ways that keys are spelled."""
    listed = dict.fromkeys(w.lower() for w in _strings(value, path, key))
    for word in tuple(listed):
        if _IN_PARTS.fullmatch(word):
            listed |= dict.fromkeys(joint.join(re.split("[ _]", word)) for joint in ("", "_", " "))
    return tuple(listed)


def _strings(value: object, path: Path, key: str) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise RuleError(f"{path}: {key} 应为字符串列表（数字请加引号）")
    return value


def _known(value: Mapping[str, object], keys: frozenset[str], path: Path, where: str) -> None:
    if unknown := set(value) - keys:
        raise RuleError(f"{path}: {where} 有未知的键 {sorted(unknown)}，可用: {sorted(keys)}")
