"""What outputs say of a finding or a violation, in the user's language, and nothing a log could act on."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import cast

from pii_guard.messages import Messages
from pii_guard.model import SEVERITIES
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report._terminal import plain


def name(finding: Finding, view: View) -> str:
    """The type's name."""
    return view.names.get(finding.entity_type, finding.entity_type)


def message(finding: Finding, view: View) -> str:
    """One sentence: what was found, masked, and why it is thought so."""
    say = view.messages
    reasons = "，".join(say.reason(code) for code in finding.reasons if code)
    text = say("finding.message", name=name(finding, view), masked=finding.masked, reasons=reasons)
    return plain(text.replace("（）", "").replace(" ()", ""))


def title(finding: Finding, view: View) -> str:
    """A heading without particulars."""
    return view.messages("finding.title", name(finding, view))


def advice(entity_type: str, view: View) -> str:
    """What to do about a finding: remedy, and how to except a false alarm."""
    return view.messages("rule.remedy") + "\n" + view.messages("rule.false", type=entity_type)


def cited(violation: Violation) -> str:
    """The articles of a violation."""
    return "；".join(f"{law.id} {law.article}".strip() for law in violation.law)


def explained(violation: Violation) -> str:
    """A violation with its articles and remedy."""
    return plain(
        " ".join(
            filter(
                None, (violation.message, f"[{cited(violation)}]" if violation.law else "", violation.remedy)
            )
        )
    )


def found(tally: Tally, say: Messages) -> str:
    """How many findings there are, of which severities."""
    if not tally.findings:
        return say("text.none")
    return say("text.found", n=tally.findings) + aside(say, severities(tally.by_severity, say))


def violated(tally: Tally, say: Messages) -> str:
    """How many violations there are, of which severities; nothing where there is none."""
    if not tally.violations:
        return ""
    message = "text.also_rules" if tally.findings else "text.only_rules"
    return say(message, n=tally.violations) + aside(say, severities(tally.violated, say))


def severities(counts: Mapping[str, int], say: Messages) -> list[str]:
    """The counts, the gravest first."""
    return [f"{say('severity.' + name)} {counts[name]:,}" for name in reversed(SEVERITIES) if counts.get(name)]


def failed(tally: Tally, say: Messages) -> str:
    """What made the run fail, clause by clause; nothing where it passed."""
    clauses = cast("list[dict[str, object]]", tally.verdict.get("clauses", []))
    broken = [clause(one, say) for one in clauses if one["failed"]]
    joint = "; " if say.language == "en" else "；"
    return say("text.failed", policy=tally.verdict["policy"], clauses=joint.join(broken)) if broken else ""


def clause(record: Mapping[str, object], say: Messages) -> str:
    """A sentence of a policy and how it came out."""
    values = dict(record)
    if values["kind"] == "severity":
        values["subject"] = say(f"severity.{values['subject']}")
    return say(f"clause.{values.pop('kind')}", **values)


def comma(say: Messages) -> str:
    """Between the parts of a sentence."""
    return ", " if say.language == "en" else "，"


def aside(say: Messages, parts: Iterable[str]) -> str:
    """Some words in the brackets of the language; nothing where there are none."""
    words = comma(say).join(parts)
    return words and (f" ({words})" if say.language == "en" else f"（{words}）")
