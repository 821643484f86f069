"""Changes that a pack makes to rules of other packs.

    retune:
      - {id: CH5-CONFIG, severity: low}     always low: a severity put in replaces the rule's ladder, too
      - id: CH1-LENT                        the pack's own ladder, over the severity that is given or was there
        severity: medium
        ladder: [{severity: high, when: {words: secret_object}}]
      - {id: CH5-WEP, enabled: false}
      - {id: CH7-TALK, unless: [education]} these suppressors and no others; [] lets nothing silence the rule

Changes count after all packs are read, in their order: of two the later one counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pii_guard.errors import RuleError
from pii_guard.model import SEVERITIES
from pii_guard.policy.language import read_ladder
from pii_guard.policy.nodes import Map
from pii_guard.policy.nodes import check_keys
from pii_guard.policy.nodes import flag
from pii_guard.policy.nodes import names_of
from pii_guard.policy.nodes import one_of
from pii_guard.policy.nodes import texts
from pii_guard.policy.values import Rule
from pii_guard.policy.values import Step
from pii_guard.records import dataclass

RETUNE_KEYS = {
    "id": "the rule to change",
    "severity": "its severity from now on; the ladder of the rule goes, unless `ladder` gives another",
    "ladder": "[{severity, when}]: replaces the rule's ladder; [] takes it away",
    "enabled": "false switches the rule off",
    "remedy": "what to do, {zh, en}",
    "unless": "suppressors that silence the rule, instead of its own; [] none, '*' all",
}


@dataclass(frozen=True, slots=True)
class Retune:
    """What a pack changes of one rule; None: left as it is."""

    rule: str
    severity: str | None = None
    ladder: tuple[Step, ...] | None = None
    enabled: bool | None = None
    remedy: Mapping[str, str] | None = None
    unless: tuple[str, ...] | None = None


def read_retune(node: Map, where: str) -> Retune:
    """One entry of `retune`; raises RuleError."""
    check_keys(node, RETUNE_KEYS, f"{where}: retune")
    if not isinstance(node.get("id"), str):
        raise RuleError(f"{where}: retune: 缺少规则编号 / missing 'id' of the rule")
    here = f"{where}: retune {node['id']}"
    if len(node) == 1:
        raise RuleError(f"{here}: 什么也没有改 / changes nothing: {', '.join(sorted(set(RETUNE_KEYS) - {'id'}))}")
    return Retune(
        str(node["id"]),
        one_of(node["severity"], SEVERITIES, f"{here}.severity") if "severity" in node else None,
        read_ladder(node["ladder"], f"{here}.ladder") if "ladder" in node else None,
        flag(node, "enabled", here) if "enabled" in node else None,
        texts(node["remedy"], f"{here}.remedy") if "remedy" in node else None,
        unless_of(node["unless"], f"{here}.unless") if "unless" in node else None,
    )


def unless_of(node: object, where: str) -> tuple[str, ...]:
    """Names of suppressors; none of an empty list."""
    return () if node is None or node == [] or node is False else names_of(node, where)


def changed(rule: Rule, change: Retune) -> Rule:
    """The rule as the pack wants it."""
    kept = rule.ladder if change.severity is None else ()
    return replace(
        rule,
        severity=change.severity or rule.severity,
        ladder=kept if change.ladder is None else change.ladder,
        enabled=rule.enabled if change.enabled is None else change.enabled,
        remedy=change.remedy or rule.remedy,
        unless=rule.unless if change.unless is None else change.unless,
    )
