"""How sure a value is: its pattern's score, what its validator says, and the words around it."""

from __future__ import annotations

from pii_guard.detect import context
from pii_guard.detect.evidence import mistyped
from pii_guard.detect.evidence import weigh
from pii_guard.detect.rule import Rule
from pii_guard.model import Hit

FLOOR, CEILING = 0.2, 0.99
MISTYPED = 0.6


def grade(rule: Rule, text: str, start: int, end: int, header: context.Verdict | None) -> Hit | None:
    """Score a value that stands for itself."""
    entity = rule.entity
    if rule.pattern.note:
        return Hit(start, end, entity.entity_type, rule.pattern.score, (rule.pattern.note,))
    valid, gain, reasons = weigh(entity.validator, text[start:end])
    if valid is False and entity.on_invalid == "drop":
        return None
    verdict = context.judge(rule.around, text, start, end)
    if header is not None and not verdict.label:
        verdict = header
    if valid is False and entity.on_invalid == "mistyped":
        if not verdict.label:
            return None
        score = round(MISTYPED + mistyped(entity.validator, text[start:end], gain), 2)
        return Hit(start, end, entity.entity_type, score, (verdict.reason or "", "mistyped", *reasons))
    score = rule.pattern.score + gain + verdict.gain
    if score < FLOOR:
        return None
    if verdict.reason:
        reasons = (*reasons, verdict.reason)
    return Hit(start, end, entity.entity_type, CEILING if score >= CEILING else round(score, 2), reasons)


def grade_labelled(rule: Rule, text: str, start: int, end: int, word_start: int, reason: str) -> Hit | None:
    """Score a value right behind its label."""
    entity = rule.entity
    valid, gain, reasons = weigh(entity.validator, text[start:end])
    score = rule.pattern.label + min(gain, 0.0)
    if valid is False:
        if entity.on_invalid == "drop":
            return None
        if entity.on_invalid == "mistyped":
            score, reasons = MISTYPED + mistyped(entity.validator, text[start:end], gain), ("mistyped", *reasons)
    around = rule.around
    if around.units is not None and around.units.match(text, end):
        return None
    if word_start and (match := _word_before(around, text, word_start)) is not None:
        score, reasons = score - context.LABEL_LOSS, (*reasons, "lookalike:" + match)
    if (name := context.denied(around, text, end)) is not None:
        score, reasons = score - context.LABEL_LOSS, (*reasons, "lookalike:" + name)
    if score < FLOOR:
        return None
    return Hit(start, end, entity.entity_type, CEILING if score >= CEILING else round(score, 2), (reason, *reasons))


def _word_before(around: context.Surroundings, text: str, word_start: int) -> str | None:
    """A look-alike word that ends where the label begins or overlaps it: 图形|验证码, 订单|编号."""
    if text[word_start - 1] not in around.against:
        return None
    left = text[max(0, word_start - 8) : word_start + 6].lower()
    at = min(8, word_start)
    for match in around.words.finditer(left):
        if match.start() < at <= match.end() and not around.sign[match[0]]:
            return match[0]
    return None
