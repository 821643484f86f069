"""The JSON Schema of rule files, generated from the loader's own tables: editors complete and check with
it.
"""

from __future__ import annotations

from pii_guard.model import SEVERITIES
from pii_guard.policy.language import TESTS
from pii_guard.policy.packs import CASE_KEYS
from pii_guard.policy.packs import CHANNELS
from pii_guard.policy.packs import FAMILIES
from pii_guard.policy.packs import OBLIGATION_KEYS
from pii_guard.policy.packs import PACK_KEYS
from pii_guard.policy.packs import RULE_KEYS
from pii_guard.policy.packs import SCOPES
from pii_guard.policy.retune import RETUNE_KEYS

Schema = dict[str, object]

_ENUMS = {"severity": SEVERITIES, "scope": SCOPES, "family": FAMILIES, "grade": ("V", "P", "M")}


def schema() -> Schema:
    """The schema of one rule file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pii-guard rule file",
        **_object(
            PACK_KEYS, rules=_array("rule"), obligations=_array("obligation"), retune=_array("retune")
        ),
        "$defs": {
            "condition": _condition(),
            "rule": _object(
                RULE_KEYS,
                ("id", "title", "severity", "when", "remedy"),
                when=_ref("condition"),
                cases=_cases(),
                ladder=_array("step"),
            ),
            "obligation": _object(
                {**RULE_KEYS, **OBLIGATION_KEYS},
                ("id", "article"),
                when=_ref("condition"),
                cases=_cases(),
                ladder=_array("step"),
            ),
            "retune": _object(RETUNE_KEYS, ("id",), ladder=_array("step")),
            "step": {
                "type": "object",
                "properties": {"severity": {"enum": list(SEVERITIES)}, "when": _ref("condition")},
                "required": ["severity", "when"],
                "additionalProperties": False,
            },
            "case": {"oneOf": [{"type": "string"}, _object(CASE_KEYS)]},
        },
    }


def _condition() -> Schema:
    tests: Schema = {
        name: {**test.shape, "description": test.meaning} for name, test in sorted(TESTS.items())
    }
    mapping: Schema = {
        "type": "object",
        "properties": tests,
        "additionalProperties": False,
        "minProperties": 1,
    }
    return {"oneOf": [mapping, {"type": "array", "items": {"$ref": "#/$defs/condition"}}]}


def _object(keys: dict[str, str], required: tuple[str, ...] = (), **shapes: Schema) -> Schema:
    properties = {
        key: {**shapes.get(key, _enum(key)), "description": meaning} for key, meaning in keys.items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _enum(key: str) -> Schema:
    if key in ("hard", "enabled", "annotation"):
        return {"type": "boolean"}
    if key == "channel":
        return {"type": "integer", "minimum": 1, "maximum": CHANNELS}
    return {"enum": list(_ENUMS[key])} if key in _ENUMS else {}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _array(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _cases() -> Schema:
    return {
        "type": "object",
        "properties": {"hit": _array("case"), "miss": _array("case")},
        "additionalProperties": False,
    }
