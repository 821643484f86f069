"""Redacting and restoring one text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from pii_guard.errors import UsageError
from pii_guard.model import Edit
from pii_guard.redact.keys import Key
from pii_guard.redact.keys import as_key
from pii_guard.redact.occurrences import Occurrences
from pii_guard.redact.occurrences import Value
from pii_guard.redact.operators.encrypt import decrypt
from pii_guard.redact.redactor import Redactor
from pii_guard.redact.redactor import Spotted
from pii_guard.redact.redactor import apply
from pii_guard.redact.redactor import scene_of
from pii_guard.redact.settings import Settings
from pii_guard.redact.tokens import ENCRYPTED
from pii_guard.redact.vault import Vault

DetectText = Callable[[str], Sequence[Spotted]]
_ROUNDS = 4  # redacting can bring neighbours together; in practice the second round finds nothing


@dataclass(frozen=True, slots=True)
class RedactedText:
    """A text without its personal data; `vault` holds what pseudonyms stand for, if any were given."""

    text: str
    counts: Mapping[str, int]
    vault: Vault = field(repr=False)


def redact_text(
    text: str,
    operator: str = "mask",
    *,
    findings: Sequence[Spotted] | None = None,
    detect: DetectText | None = None,
    key: Key | bytes | str | None = None,
    by_type: Mapping[str, str] | None = None,
    vault: Vault | None = None,
    redactor: Redactor | None = None,
) -> RedactedText:
    """Redact `findings`, or what `detect` finds, until it finds nothing more.

    `redactor` continues a run begun elsewhere; it takes the place of operator, key, by_type and vault.
    """
    if redactor is None:
        known = as_key(key) if key is not None else None
        redactor = Redactor(
            Settings(operator, by_type or {}, key=known, vault=vault if vault is not None else Vault())
        )
    if findings is None and detect is None:
        raise UsageError("redact_text 需要 findings 或 detect (needs findings or detect)")
    counts: Counter[str] = Counter()
    for _ in range(_ROUNDS if findings is None else 1):
        found = findings if findings is not None else detect(text) if detect else ()
        text, changed = _once(redactor, text, found)
        counts.update(changed)
        if not changed:
            break
    return RedactedText(text, dict(counts), redactor.settings.vault)


def _once(redactor: Redactor, text: str, found: Sequence[Spotted]) -> tuple[str, Counter[str]]:
    hits = redactor.wanted(text, found)
    repeats = Occurrences(Value(h.entity_type, text[h.start : h.end]) for h in hits).find(text)
    scene = scene_of(hit.entity_type for hit in hits)
    hits = redactor.wanted(text, [*hits, *repeats])
    edits = redactor.edits(text, hits, scene)
    starts = {edit.start for edit in edits}
    return apply(text, edits), Counter(hit.entity_type for hit in hits if hit.start in starts)


def restore_text(text: str, *, key: Key | bytes | str | None = None, vault: Vault | None = None) -> str:
    """Bring back what encrypt and pseudonym replaced; UsageError where the key is the wrong one."""
    return apply(text, restore_edits(text, key=as_key(key) if key is not None else None, vault=vault))


def restore_edits(
    text: str, *, key: Key | None, vault: Vault | None, known: Occurrences | None = None
) -> list[Edit]:
    """The edits that bring a text back; `known` is the vault's index where many texts share it."""
    edits: list[Edit] = []
    if key is not None:
        for match in ENCRYPTED.finditer(text):
            edits.append(Edit(*match.span(), decrypt(key, *match.groups())))
    if vault:
        taken = [(edit.start, edit.end) for edit in edits]
        for hit in (known or pseudonym_index(vault)).find(text):
            value = vault.original(text[hit.start : hit.end])
            if value is not None and not any(s < hit.end and hit.start < e for s, e in taken):
                edits.append(Edit(hit.start, hit.end, value))
    return sorted(edits, key=lambda edit: edit.start)


def pseudonym_index(vault: Vault) -> Occurrences:
    """Where pseudonyms stand; all of them count, however short."""
    return Occurrences((Value("PERSON", pseudonym) for pseudonym in vault.pseudonyms()), every=True)
