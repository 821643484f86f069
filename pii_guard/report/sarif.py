"""SARIF 2.1.0 for code scanning (GitHub, Azure, Jenkins and others).

Relative percent-encoded URIs; `primaryLocationLineHash` is the keyed fingerprint, and is left out where the
key was drawn for this run only, because it would open every alert anew.  What was not scanned is a tool
notification, what is excused a suppressed result.  GitHub takes 25,000 results a run: more are cut by
severity, with a note.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TextIO

from pii_guard.model import SEVERITIES
from pii_guard.model import Anchor
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import uri
from pii_guard.report._terminal import plain

LIMIT = 25_000
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}
_SCORE = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0", "info": "1.0"}
_TAGS = ["security", "privacy", "pii", "external/cwe/cwe-359"]
_SUPPRESSION = {"inline": "inSource"}
Record = dict[str, object]


class Sarif:
    """Keeps results (they stand after the rules in no other order than by severity), writes at the end."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._results: dict[str, list[tuple[Record, str]]] = {severity: [] for severity in SEVERITIES}
        self._rules: dict[str, Record] = {}
        self._notes: list[Record] = []
        self._dropped = 0

    def finding(self, finding: Finding) -> None:
        """A result."""
        self._rules.setdefault(finding.entity_type, _type_rule(finding, self._view))
        result = _result(finding.entity_type, finding.severity, _words.message(finding, self._view))
        result["locations"] = [_location(finding.path, finding.anchor, _region(finding))]
        result["properties"] = {
            "score": finding.score,
            "confidence": finding.confidence,
            "masked": plain(finding.masked),
        }
        if excuse := finding.suppression:
            kind = _SUPPRESSION.get(excuse.kind, "external")
            result["suppressions"] = [
                {"kind": kind, "status": "accepted", "justification": plain(excuse.reason or excuse.kind)}
            ]
        self._keep(result, finding.severity, finding.fingerprint)

    suppressed = finding

    def violation(self, violation: Violation) -> None:
        """A result of a rule of law, channel or conduct."""
        self._rules.setdefault(violation.rule_id, _law_rule(violation))
        result = _result(violation.rule_id, violation.severity, plain(violation.message))
        result["locations"] = [_location(violation.path, violation.anchor, {"startLine": violation.line})]
        self._keep(result, violation.severity, "")

    def document(self, status: DocumentStatus) -> None:
        """What was not scanned is a notification: an error where it should have been."""
        if status.status != "scanned":
            text = plain(
                f"{self._view.messages(f'status.{status.status}')}: {status.reason} {status.detail}".strip()
            )
            level = "error" if status.status == "unscanned" else "note"
            self._note(text, level, status.reason or status.status, status.path)

    def close(self, tally: Tally) -> None:
        """The whole log."""
        kept = [pair for severity in reversed(SEVERITIES) for pair in self._results[severity]]
        lost = self._dropped + max(0, len(kept) - LIMIT)
        if lost:
            self._note(
                self._view.messages("sarif.limited", limit=LIMIT, n=lost), "warning", "results_limited"
            )
        stable = tally.key != "ephemeral"
        results = _with_fingerprints(kept[:LIMIT]) if stable else [result for result, _ in kept[:LIMIT]]
        json.dump(
            {"$schema": _SCHEMA, "version": "2.1.0", "runs": [self._run(results, tally)]},
            self._out,
            ensure_ascii=False,
            indent=1,
        )
        self._out.write("\n")

    def _run(self, results: list[Record], tally: Tally) -> Record:
        from pii_guard.version import VERSION

        driver: Record = {"name": "pii-guard", "version": VERSION, "semanticVersion": VERSION}
        driver["rules"] = [self._rules[rule] for rule in sorted(self._rules)]
        code = tally.verdict.get("exit_code", 0)
        invocation = {
            "executionSuccessful": not tally.unscanned,
            "exitCode": code,
            "toolExecutionNotifications": self._notes,
        }
        return {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "automationDetails": {"id": "pii-guard/"},
            "invocations": [invocation],
            "results": results,
        }

    def _keep(self, result: Record, severity: str, fingerprint: str) -> None:
        if len(self._results[severity]) < LIMIT:
            self._results[severity].append((result, fingerprint))
        else:
            self._dropped += 1

    def _note(self, text: str, level: str, code: str, path: str | None = None) -> None:
        note: Record = {"level": level, "message": {"text": text}, "descriptor": {"id": code}}
        if path is not None:
            note["locations"] = [_location(path, Anchor(), None)]
        self._notes.append(note)


def _result(rule: str, severity: str, text: str) -> Record:
    return {"ruleId": rule, "level": _LEVEL[severity], "message": {"text": text}}


def _region(finding: Finding) -> Record:
    places = ("startLine", finding.line), ("startColumn", finding.column), ("endLine", finding.end_line)
    return {
        **dict(places),
        "endColumn": max(finding.end_column, finding.column + (finding.line == finding.end_line)),
    }


def _location(path: str, anchor: Anchor, region: Record | None) -> Record:
    physical: Record = {"artifactLocation": {"uri": uri(path), "uriBaseId": "%SRCROOT%"}}
    if uri(path).startswith("file:"):
        physical = {"artifactLocation": {"uri": uri(path)}}
    if region:
        physical["region"] = region
    location: Record = {"physicalLocation": physical}
    inside = {k: plain(v) if isinstance(v, str) else v for k, v in anchor.to_json().items() if k != "kind"}
    if inside:
        name = "/".join(f"{key}={value}" for key, value in inside.items())
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": anchor.kind}]
    return location


def _type_rule(finding: Finding, view: View) -> Record:
    name, say = _words.name(finding, view), view.messages
    advice = _words.advice(finding.entity_type, view)
    return _rule(
        finding.entity_type,
        say("rule.short", name),
        say("rule.full", name=name, type=finding.entity_type),
        advice,
        finding.severity,
    )


def _law_rule(violation: Violation) -> Record:
    full = "；".join(filter(None, (plain(violation.message), _words.cited(violation)))) or violation.rule_id
    return _rule(
        violation.rule_id, violation.rule_id, full, plain(violation.remedy) or full, violation.severity
    )


def _rule(rule: str, short: str, full: str, help_: str, severity: str) -> Record:
    name = "".join(word.capitalize() for word in rule.replace("-", "_").split("_"))
    return {
        "id": rule,
        "name": name,
        "shortDescription": {"text": short[:1024]},
        "fullDescription": {"text": full[:1024]},
        "help": {
            "text": f"{full}\n{help_}",
            "markdown": f"{full}\n\n" + "\n".join(f"- {line}" for line in help_.split("\n")),
        },
        "defaultConfiguration": {"level": _LEVEL[severity]},
        "properties": {"security-severity": _SCORE[severity], "precision": "high", "tags": _TAGS},
    }


def _with_fingerprints(kept: list[tuple[Record, str]]) -> list[Record]:
    """Results with fingerprints; equal values of a file are numbered."""
    seen: Counter[str] = Counter()
    results = []
    for result, fingerprint in kept:
        if fingerprint:
            seen[fingerprint] += 1
            hashes = {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"}
            result = {**result, "partialFingerprints": hashes}  # noqa: PLW2901
        results.append(result)
    return results


def open(out: TextIO, view: View) -> Sarif:
    """A SARIF reporter."""
    return Sarif(out, view)
