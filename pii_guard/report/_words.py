"""What outputs say of a finding or a violation, in the user's language, and nothing a log could act on."""

from __future__ import annotations

from pii_guard.model import Finding
from pii_guard.model import Violation
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
