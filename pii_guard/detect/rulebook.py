"""Where the entity files are, and their compiled form, so that start-up does not grow with the number of cases."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pii_guard import cache
from pii_guard import reach
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import Pattern
from pii_guard.detect.rules import read_entities
from pii_guard.errors import RuleError
from pii_guard.errors import UsageError
from pii_guard.patterns import lazy

JUDGING = ("channels", "laws", "conduct")
_ENTITY_KEYS = frozenset((b"recognizers",))
_JUDGING_KEYS = frozenset(b"family channel law rules obligations lexicon suppress retune".split())
_TOP_KEY = lazy(rb"""(?m)^["']?([a-z_]{1,40})["']?[ \t]{0,8}:(?:[ \t\r\n]|$)""")
_PACKAGE = Path(__file__).parent.parent


def shipped() -> Path:
    """The shipped rules folder: inside the package in a wheel, beside it in a checkout."""
    packaged = _PACKAGE / "rules"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "rules"


def entity_files(extra: Iterable[Path] = ()) -> list[Path]:
    """Our entity files and the user's, which may replace ours by entity type.  Raises RuleError."""
    folder = shipped() / "entities"
    own = [folder / name for name in reach.names(folder, ".yaml")]
    return own + [file for place in extra for file in files_of(place) if _is_entities(file)]


def packs(extra: Iterable[Path] = ()) -> list[Path]:
    """The places with rules of judgement: our folder and the user's that hold such rules.  Raises RuleError."""
    return [shipped(), *(place for place in extra if judging_files(place))]


def judging_files(place: Path) -> list[Path]:
    """The files of a place that hold rules of judgement: channels, laws, conduct.  Raises RuleError."""
    if place == shipped():
        return [file for name in JUDGING for file in _beneath(place / name)]
    return [file for file in files_of(place) if not _is_entities(file)]


def files_of(place: Path) -> list[Path]:
    """The YAML files of a user's place: the file itself, or those of a pack.

    A pack is a folder with entities/, channels/, laws/ or conduct/ in it (other folders of it hold other things),
    or a flat one, of which everything beneath counts; what a file holds is told by its keys.
    """
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise UsageError(f"规则文件或文件夹不存在 / no such rule file or folder: {place}")
    known = [place / name for name in ("entities", *JUDGING) if (place / name).is_dir()]
    if not known:
        return [file for file in _beneath(place) if "policies" not in file.relative_to(place).parts]
    return sorted(filter(_is_yaml, place.iterdir())) + [file for folder in known for file in _beneath(folder)]


def _beneath(folder: Path) -> list[Path]:
    return sorted(filter(_is_yaml, folder.rglob("*.y*ml")))


def _is_yaml(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml") and path.is_file()


def _is_entities(file: Path) -> bool:
    """Whether a file holds recognizers, rather than rules of judgement; RuleError where it holds both, or neither."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise RuleError(f"{file}: 读不到 / cannot be read: {error.strerror}") from error
    keys = set(_TOP_KEY.findall(data)) or _parsed_keys(file, data)
    entities, judging = keys & _ENTITY_KEYS, keys & _JUDGING_KEYS
    if entities and judging:
        raise RuleError(
            f"{file}: 识别规则（recognizers:）与判定规则（{_said(judging)}:）请分成两个文件 / two files are needed"
        )
    if not entities and not judging:
        raise RuleError(
            f"{file}: 不是规则文件：顶层应有 recognizers:（识别），或 rules:、obligations:、lexicon:、suppress:、"
            "retune:（判定） / not a rule file: none of these keys stands at its top"
        )
    return bool(entities)


def _parsed_keys(file: Path, data: bytes) -> set[bytes]:
    """The top keys of YAML that is not written line by line."""
    import yaml

    try:
        document = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except yaml.YAMLError as error:
        raise RuleError(f"{file}: YAML 有误 / not valid YAML: {_place(error)}") from error
    return {str(key).encode() for key in document} if isinstance(document, dict) else set()


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{getattr(error, 'problem', None) or type(error).__name__}" + (f", line {mark.line + 1}" if mark else "")


def _said(keys: Iterable[bytes]) -> str:
    return ", ".join(sorted(key.decode() for key in keys))


def load(extra: Sequence[Path] = ()) -> tuple[Entity, ...]:
    """All entities; a later file of the same type replaces an earlier one.  Raises RuleError."""
    files = entity_files(extra)
    name = cache.name("entities", _code_version(), *map(cache.stamp, files))
    if (stored := cache.read(name)) is not None:
        return tuple(_revived(raw) for raw in marshal.loads(stored))  # noqa: S302 - ours, as a `.pyc` is
    by_type = {entity.entity_type: entity for entity in _in_order(files)}
    entities = tuple(by_type.values())
    cache.write(name, marshal.dumps([_plain(entity) for entity in entities]))
    return entities


def _in_order(files: Iterable[Path]) -> Iterable[Entity]:
    """The entities file by file; the patterns of a user's files say where they are from."""
    ours = shipped() / "entities"
    for file in files:
        for entity in read_entities([file], tested=file.parent == ours):
            if file.parent != ours:
                entity = entity._replace(  # noqa: PLW2901
                    patterns=tuple(pattern._replace(source=str(file)) for pattern in entity.patterns)
                )
            yield entity


def _code_version() -> str:
    return ",".join(("marshal 2", sys.version, *Entity._fields, *Pattern._fields))


def _plain(entity: Entity) -> tuple[Any, ...]:
    values = entity._asdict() | {"patterns": tuple(tuple(pattern) for pattern in entity.patterns)}
    return tuple(values.values())


def _revived(raw: tuple[Any, ...]) -> Entity:
    entity = Entity._make(raw)
    return entity._replace(patterns=tuple(map(Pattern._make, entity.patterns)))
