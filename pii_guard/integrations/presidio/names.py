"""Entity types in Presidio's vocabulary, both ways.  Imports nothing of Presidio.

Five types have the same name there.  Where Presidio has a wider word (PHONE_NUMBER) ours maps to it, because
users' operators and thresholds are keyed by it; the exact type travels in the result's metadata.  All others
(RESIDENT_ID, USCC, WECHAT ...) keep our name: Presidio has no China package, so it has no word for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pii_guard.detect.masking import RULES
from pii_guard.detect.rules import Entity

SHARED = ("EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "PERSON", "URL")
PRESIDIO_NAMES = {
    "ADDRESS": "LOCATION",
    "BANK_CARD": "CREDIT_CARD",
    "BIRTH_DATE": "DATE_TIME",
    "FOREIGN_PHONE": "PHONE_NUMBER",
    "LANDLINE": "PHONE_NUMBER",
    "MOBILE_PHONE": "PHONE_NUMBER",
}
_OUR_NAMES = {"LOCATION": "ADDRESS", "CREDIT_CARD": "BANK_CARD", "PHONE_NUMBER": "FOREIGN_PHONE"}
_HEAD = """# 与 Presidio 的类型对照 (entity types in Presidio)

<!-- 由 tools/make_presidio_types.py 生成，勿手改 (generated, do not edit) -->

`recognizers()` 默认用 Presidio 的名称；`vocabulary="pii_guard"` 则用我们的。准确的类型总在
`result.recognition_metadata["pii_guard_entity_type"]`。

| pii_guard | 中文 | Presidio | recognizer | 对应 | 校验 |
| --- | --- | --- | --- | --- | --- |
"""


def to_presidio(entity_type: str) -> str:
    """Presidio's name of a type of ours.

    >>> to_presidio("MOBILE_PHONE"), to_presidio("RESIDENT_ID")
    ('PHONE_NUMBER', 'RESIDENT_ID')
    """
    return PRESIDIO_NAMES.get(entity_type, entity_type)


def from_presidio(entity_type: str) -> str:
    """Our name of a type of Presidio's; a date need not be a birth date, so DATE_TIME stays.

    >>> from_presidio("CREDIT_CARD"), from_presidio("DE_TAX_ID")
    ('BANK_CARD', 'DE_TAX_ID')
    """
    return _OUR_NAMES.get(entity_type, entity_type)


def recognizer_name(entity_type: str) -> str:
    """The name of our recognizer, in the manner of `SgFinRecognizer`.

    >>> recognizer_name("RESIDENT_ID")
    'CnResidentIdRecognizer'
    """
    return "Cn" + "".join(word.capitalize() for word in entity_type.split("_")) + "Recognizer"


def table(entities: Iterable[Entity]) -> str:
    """docs/presidio_types.md."""
    by_type = {e.entity_type: e.zh for e in entities}
    validators = {e.entity_type: e.validator for e in entities}
    rows = (_row(t, by_type.get(t, t), validators.get(t, "")) for t in sorted({*by_type, *RULES}))
    return _HEAD + "".join(rows)


def _row(entity_type: str, zh: str, validator: str) -> str:
    cells: Iterator[str] = iter(
        (
            f"`{entity_type}`",
            zh,
            f"`{to_presidio(entity_type)}`",
            f"`{recognizer_name(entity_type)}`",
            "同名" if entity_type in SHARED else "归入" if entity_type in PRESIDIO_NAMES else "我们增加",
            f"`{validator}`" if validator else "—",
        )
    )
    return f"| {' | '.join(cells)} |\n"
