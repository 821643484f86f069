"""Where the entity files are, and their compiled form, so that start-up does not grow with the number of cases."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pii_guard import cache
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import Pattern
from pii_guard.detect.rules import read_entities

_PACKAGE = Path(__file__).parent.parent


def shipped() -> Path:
    """The shipped rules folder: inside the package in a wheel, beside it in a checkout."""
    packaged = _PACKAGE / "rules"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "rules"


def entity_files(extra: Iterable[Path] = ()) -> list[Path]:
    """Our entity files and the user's, which may replace ours by entity type.

    A user's folder is a pack (with entities/, channels/, laws/ or conduct/ in it) or a folder of entity files.
    """
    found = sorted((shipped() / "entities").glob("*.yaml"))
    for place in extra:
        if place.is_file():
            found.append(place)
        elif _is_pack(place):
            found += sorted((place / "entities").glob("*.y*ml"))
        else:
            found += sorted(place.rglob("*.y*ml"))
    return found


def packs(extra: Iterable[Path] = ()) -> list[Path]:
    """The folders with rules of judgement: ours and those of the user that hold such rules."""
    return [shipped(), *(place for place in extra if place.is_dir() and _is_pack(place))]


def _is_pack(place: Path) -> bool:
    return any((place / name).is_dir() for name in ("entities", "channels", "laws", "conduct"))


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
        for entity in read_entities([file]):
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
