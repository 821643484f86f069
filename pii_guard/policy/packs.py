"""Reads one rule file (a pack) into values.  Unknown keys are errors that name the file, the key and what
is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import cast

from pii_guard.errors import RuleError
from pii_guard.model import SEVERITIES
from pii_guard.policy.language import names_of
from pii_guard.policy.language import parse_condition
from pii_guard.policy.values import Case
from pii_guard.policy.values import Channel
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import Obligation
from pii_guard.policy.values import Rule
from pii_guard.policy.values import Step
from pii_guard.policy.values import Suppressor
from pii_guard.records import dataclass

Map = Mapping[str, object]

PACK_KEYS = {
    "family": "channel, law or conduct; guessed from the other keys",
    "channel": "number 1-8 of the channel that the pack's rules belong to",
    "title": "name of the channel, law or pack, {zh, en}",
    "consequences": "which of the three consequences (A spam, B misuse, C fraud) the channel has",
    "advice": "numbers of the seven pieces of advice that fit",
    "note": "a remark for readers",
    "law": "key of the law whose obligations the pack holds",
    "version": "version and entry into force of the law",
    "grade": "default verification grade of the law's articles: V, P or M",
    "verified": "date on which the grade was given",
    "lexicon": "word lists: {name: {words, trigger, remove}}; words of trigger: true make the rules look at what stands around them, those of screened where that tells of a leak, of beside also near an identity or card number",
    "suppress": "suppressors: {name: {patterns, scope, keeps}}",
    "rules": "the rules",
    "obligations": "articles; one with `when` is a rule too",
    "retune": "changes of rules from other packs: {id, severity, enabled, remedy, unless}",
}
RULE_KEYS = {
    "id": "name of the rule",
    "title": "what it says, {zh, en}",
    "severity": "info, low, medium, high or critical",
    "when": "the evidence",
    "remedy": "what to do, {zh, en}",
    "scope": "window (an utterance), row, segment, document or turn",
    "hard": "true: a hard artefact; education, advice and the like do not silence it",
    "enabled": "false switches the rule off",
    "annotation": "true: noted, never a violation",
    "unless": "suppressors that silence the rule; default: all for soft rules, none for hard ones",
    "law": "ids of the obligations it evidences",
    "ladder": "[{severity, when}]: other severities, the first that holds counts",
    "cases": "{hit: [...], miss: [...]}",
    "source": "where the rule comes from",
    "channel": "channel of a single rule",
}
OBLIGATION_KEYS = {
    "article": "number of the article, {zh, en} where it is not only a number",
    "grade": "V read, P secondary source, M unverified (shown as 待核)",
    "verified": "date of the grade",
    "duty": "what the article demands, {zh, en}",
    "use": "rule, annotation, consequence or reference",
}
CASE_KEYS = {
    "text": "the text; [[TYPE:value]] marks a finding",
    "role": "speaker",
    "path": "file name",
    "header": "column header",
    "turns": "[{role: text}] of a dialogue",
    "at": "the turn (from 0) the rule fires on",
    "app_category": "category of the app",
    "repeat": "the text stands that often, line by line, {n} counting",
}
RETUNE_KEYS = frozenset({"id", "severity", "enabled", "remedy", "unless"})
SCOPES = ("window", "row", "segment", "document", "turn")
FAMILIES = ("channel", "law", "conduct")


@dataclass(slots=True)
class Pack:
    """What one file holds."""

    name: str
    rules: list[Rule] = field(default_factory=list)
    lexicons: dict[str, Lexicon] = field(default_factory=dict)
    removed_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suppressors: dict[str, Suppressor] = field(default_factory=dict)
    obligations: dict[str, Obligation] = field(default_factory=dict)
    channel: Channel | None = None
    retune: list[Map] = field(default_factory=list)
    own: bool = True  # shipped with the product


def read_pack(name: str, document: object, *, own: bool = True) -> Pack:
    """The pack in a parsed YAML document."""
    top = mapping(document, name)
    check_keys(top, PACK_KEYS, name)
    pack = Pack(name, own=own)
    if "channel" in top:
        pack.channel = _channel(top, name)
    _read_lexicons(pack, top)
    _read_suppressors(pack, top)
    family = _family(top, name)
    number = pack.channel.number if pack.channel else None
    for node in items(top.get("rules", []), f"{name}: rules"):
        pack.rules.append(read_rule(node, name, family, number))
    for node in items(top.get("obligations", []), f"{name}: obligations"):
        _read_obligation(pack, node, top)
    for node in items(top.get("retune", []), f"{name}: retune"):
        check_keys(node, RETUNE_KEYS, f"{name}: retune")
        pack.retune.append(node)
    return pack


def read_rule(node: Map, name: str, family: str, channel: int | None) -> Rule:
    """One rule."""
    where = f"{name}: {node.get('id', '?')}"
    check_keys(node, RULE_KEYS, where)
    for key in ("id", "title", "severity", "when", "remedy"):
        if key not in node:
            raise RuleError(f"{where}: 缺少 / missing {key!r}")
    cases = mapping(node.get("cases", {}), f"{where}.cases")
    check_keys(cases, {"hit": "", "miss": ""}, f"{where}.cases")
    number = node.get("channel", channel)
    return Rule(
        id=str(node["id"]),
        family=family,
        title=texts(node["title"], f"{where}.title"),
        severity=one_of(node["severity"], SEVERITIES, f"{where}.severity"),
        when=parse_condition(node["when"], f"{where}.when"),
        remedy=texts(node["remedy"], f"{where}.remedy"),
        channel=int(str(number)) if number else None,
        scope=one_of(
            node.get("scope", "turn" if family == "conduct" else "window"), SCOPES, f"{where}.scope"
        ),
        hard=bool(node.get("hard")),
        enabled=node.get("enabled", True) is True,
        annotation=bool(node.get("annotation")),
        unless=names_of(node["unless"], f"{where}.unless")
        if node.get("unless")
        else _default_unless(node, family),
        law=names_of(node["law"], f"{where}.law") if node.get("law") else (),
        ladder=tuple(
            _step(step, f"{where}.ladder") for step in items(node.get("ladder", []), f"{where}.ladder")
        ),
        hits=tuple(read_case(case, where) for case in _list(cases.get("hit", []), where)),
        misses=tuple(read_case(case, where) for case in _list(cases.get("miss", []), where)),
        source=str(node.get("source", "")),
    )


def _default_unless(node: Map, family: str) -> tuple[str, ...]:
    """Soft channel rules are silenced by every suppressor; the others name theirs."""
    return () if node.get("hard") or "unless" in node or family != "channel" else ("*",)


def _step(node: Map, where: str) -> Step:
    check_keys(node, {"severity": "", "when": ""}, where)
    return Step(one_of(node.get("severity"), SEVERITIES, where), parse_condition(node.get("when"), where))


def read_case(node: object, where: str) -> Case:
    """A case: just its text, or a mapping."""
    if isinstance(node, str):
        return Case(text=node)
    case = mapping(node, f"{where}.cases")
    check_keys(case, CASE_KEYS, f"{where}.cases")
    turns = tuple(_turn(turn, where) for turn in items(case.get("turns", []), where))
    plain = {key: str(case[key]) for key in ("text", "role", "path", "header", "app_category") if key in case}
    return Case(**plain, turns=turns, at=_whole(case, "at", None), repeat=_whole(case, "repeat", 1) or 1)


def _whole(node: Map, key: str, default: int | None) -> int | None:
    return int(str(node[key])) if key in node else default


def _turn(node: Map, where: str) -> tuple[str, str]:
    if len(node) != 1:
        raise RuleError(f"{where}: 一轮对话写作 {{角色: 文本}} / a turn is {{role: text}}")
    ((role, text),) = node.items()
    return str(role), str(text)


def _read_obligation(pack: Pack, node: Map, top: Map) -> None:
    where = f"{pack.name}: {node.get('id', '?')}"
    own = {key: value for key, value in node.items() if key in OBLIGATION_KEYS}
    rest = {key: value for key, value in node.items() if key not in OBLIGATION_KEYS}
    obligation = Obligation(
        id=str(node.get("id", "")),
        law=str(top.get("law", "")),
        article=texts(str(own["article"]) if isinstance(own.get("article"), int) else own.get("article", ""), f"{where}.article"),
        grade=one_of(own.get("grade", top.get("grade", "M")), ("V", "P", "M"), f"{where}.grade"),
        verified=str(own.get("verified", top.get("verified", ""))),
        duty=texts(own.get("duty", ""), f"{where}.duty"),
        use=one_of(
            own.get("use", "reference"), ("rule", "annotation", "consequence", "reference"), f"{where}.use"
        ),
        law_title=texts(top.get("title", ""), f"{where}.title"),
    )
    pack.obligations[obligation.id] = obligation
    if "when" in rest:
        law = [obligation.id, *names_of(rest["law"], where)] if rest.get("law") else [obligation.id]
        complete = {"title": dict(obligation.duty), "scope": "document", **rest, "law": law}
        pack.rules.append(read_rule(complete, pack.name, "law", None))
    else:
        check_keys(rest, {"id": "", "severity": "", "remedy": "", "channel": ""}, where)


def _read_lexicons(pack: Pack, top: Map) -> None:
    for name, node in mapping(top.get("lexicon", {}), f"{pack.name}: lexicon").items():
        where = f"{pack.name}: lexicon.{name}"
        entry: Map = {"words": node} if isinstance(node, list) else mapping(node, where)
        check_keys(entry, {"words": "", "trigger": "", "remove": ""}, where)
        words = (
            tuple(word for line in names_of(entry["words"], where) for word in line.split())
            if entry.get("words")
            else ()
        )
        pack.lexicons[name] = Lexicon(name, words, _trigger(entry.get("trigger", False), where))
        if entry.get("remove"):
            pack.removed_words[name] = names_of(entry["remove"], where)


def _trigger(node: object, where: str) -> str:
    known = {True: "plain", False: "", "plain": "plain", "screened": "screened", "beside": "beside"}
    if not isinstance(node, bool | str) or node not in known:
        raise RuleError(f"{where}.trigger: 应为 / must be one of true, false, screened, beside, not {node!r}")
    return known[node]


def _read_suppressors(pack: Pack, top: Map) -> None:
    for name, node in mapping(top.get("suppress", {}), f"{pack.name}: suppress").items():
        where = f"{pack.name}: suppress.{name}"
        entry = mapping(node, where)
        check_keys(entry, {"patterns": "", "scope": "", "keeps": ""}, where)
        pack.suppressors[name] = Suppressor(
            name,
            names_of(entry.get("patterns", []), where),
            one_of(entry.get("scope", "window"), ("window", "document"), where),
            names_of(entry["keeps"], where) if entry.get("keeps") else (),
        )


def _channel(top: Map, name: str) -> Channel:
    return Channel(
        number=int(str(top["channel"])),
        title=texts(top.get("title", ""), f"{name}: title"),
        consequences=names_of(top.get("consequences", "B"), name),
        advice=tuple(int(number) for number in names_of(top.get("advice", 3), name)),
        note=str(top.get("note", "")),
    )


def _family(top: Map, name: str) -> str:
    guess = "channel" if "channel" in top else "law" if "law" in top else "conduct"
    return one_of(top.get("family", guess), FAMILIES, f"{name}: family")


def mapping(node: object, where: str) -> Map:
    """The node as a mapping, or RuleError."""
    if not isinstance(node, dict):
        raise RuleError(f"{where}: 应为映射 / a mapping is needed")
    return cast(Map, node)


def items(node: object, where: str) -> list[Map]:
    """The node as a list of mappings, or RuleError."""
    return [mapping(item, where) for item in _list(node, where)]


def _list(node: object, where: str) -> list[object]:
    if not isinstance(node, list):
        raise RuleError(f"{where}: 应为列表 / a list is needed")
    return node


def check_keys(node: Map, known: Mapping[str, str] | frozenset[str], where: str) -> None:
    """Unknown keys are errors: a misspelt key must not silently switch a rule off."""
    for key in node:
        if key not in known:
            raise RuleError(f"{where}: 未知键 / unknown key {key!r}; known: {', '.join(sorted(known))}")


def texts(node: object, where: str) -> Mapping[str, str]:
    """{zh, en}; a plain string stands for both."""
    if isinstance(node, str):
        return {"zh": node, "en": node}
    both = mapping(node, where)
    check_keys(both, {"zh": "", "en": ""}, where)
    return {"zh": str(both.get("zh", both.get("en", ""))), "en": str(both.get("en", both.get("zh", "")))}


def one_of(node: object, allowed: tuple[str, ...], where: str) -> str:
    """The node, if it is one of the allowed words."""
    if node not in allowed:
        raise RuleError(f"{where}: 应为 / must be one of {', '.join(allowed)}, not {node!r}")
    return str(node)
