"""Reads one rule file (a pack) into values.  Unknown keys are errors that name the file, the key and what
is known.
"""

from __future__ import annotations

from dataclasses import field

from pii_guard.errors import RuleError
from pii_guard.model import SEVERITIES
from pii_guard.policy.language import parse_condition
from pii_guard.policy.language import read_ladder
from pii_guard.policy.nodes import Map
from pii_guard.policy.nodes import check_keys
from pii_guard.policy.nodes import flag
from pii_guard.policy.nodes import items
from pii_guard.policy.nodes import listed
from pii_guard.policy.nodes import mapping
from pii_guard.policy.nodes import names_of
from pii_guard.policy.nodes import one_of
from pii_guard.policy.nodes import patterns_of
from pii_guard.policy.nodes import texts
from pii_guard.policy.nodes import whole
from pii_guard.policy.retune import Retune
from pii_guard.policy.retune import read_retune
from pii_guard.policy.retune import unless_of
from pii_guard.policy.values import Case
from pii_guard.policy.values import Channel
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import Obligation
from pii_guard.policy.values import Rule
from pii_guard.policy.values import Suppressor
from pii_guard.records import dataclass

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
    "retune": "changes of rules from other packs: {id, severity, ladder, enabled, remedy, unless}",
}
RULE_KEYS = {
    "id": "name of the rule",
    "title": "what it says, {zh, en}",
    "severity": "info, low, medium, high or critical",
    "when": "the evidence",
    "remedy": "what to do, {zh, en}",
    "scope": "window (an utterance), row (a record), document, or of conduct rules turn",
    "hard": "true: a hard artefact; education, advice and the like do not silence it",
    "enabled": "false switches the rule off",
    "annotation": "true: noted, never a violation (conduct: good practice; law: cited beside what it rests on)",
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
SCOPES = ("window", "row", "document", "turn")
CHANNELS = 8
CONSEQUENCES = ("A", "B", "C")
ADVICE = 7
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
    retune: list[Retune] = field(default_factory=list)
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
        pack.retune.append(read_retune(node, name))
    return pack


def read_rule(node: Map, name: str, family: str, channel: int | None) -> Rule:
    """One rule."""
    where = f"{name}: {node.get('id', '?')}"
    check_keys(node, RULE_KEYS, where)
    for key in ("id", "title", "severity", "when", "remedy"):
        if node.get(key) is None:
            raise RuleError(f"{where}: 缺少 / missing {key!r}")
    number = node.get("channel", channel)
    if family == "channel" and number is None:
        raise RuleError(f"{where}: 缺少 / missing 'channel': 1-{CHANNELS}")
    hits, misses = _cases(node.get("cases", {}), f"{where}.cases")
    return Rule(
        id=_id(node["id"], where),
        family=family,
        title=texts(node["title"], f"{where}.title"),
        severity=one_of(node["severity"], SEVERITIES, f"{where}.severity"),
        when=parse_condition(node["when"], f"{where}.when"),
        remedy=texts(node["remedy"], f"{where}.remedy"),
        channel=None if number is None else whole(number, f"{where}.channel", 1, CHANNELS),
        scope=_scope(node, family, where),
        hard=flag(node, "hard", where),
        enabled=flag(node, "enabled", where, default=True),
        annotation=_annotation(node, family, where),
        unless=unless_of(node["unless"], f"{where}.unless") if "unless" in node else _default_unless(node, family),
        law=names_of(node["law"], f"{where}.law") if node.get("law") else (),
        ladder=read_ladder(node.get("ladder", []), f"{where}.ladder"),
        hits=hits,
        misses=misses,
        source=str(node.get("source", "")),
    )


def _id(node: object, where: str) -> str:
    if not isinstance(node, str) or not node.strip():
        raise RuleError(f"{where}.id: 编号应为文字 / the id must be a text, not {node!r}")
    return node


def _scope(node: Map, family: str, where: str) -> str:
    """Conduct rules speak of turns, and only they do."""
    turns = family == "conduct"
    allowed = SCOPES[-1:] if turns else SCOPES[:-1]
    return one_of(node.get("scope", "turn" if turns else "window"), allowed, f"{where}.scope")


def _annotation(node: Map, family: str, where: str) -> bool:
    """Good practice in a talk, and articles cited beside what rests on them, are noted; what a channel leaks is not."""
    noted = flag(node, "annotation", where)
    if noted and family == "channel":
        raise RuleError(f"{where}.annotation: 只用于话术与法条规则 / only rules of conduct and law annotate; for a channel use severity: info")
    return noted


def _default_unless(node: Map, family: str) -> tuple[str, ...]:
    """Soft channel rules are silenced by every suppressor; the others name theirs."""
    return () if node.get("hard") or family != "channel" else ("*",)


def _cases(node: object, where: str) -> tuple[tuple[Case, ...], tuple[Case, ...]]:
    """Those of hit and of miss."""
    cases = mapping(node, where)
    check_keys(cases, ("hit", "miss"), where)
    hits, misses = (
        tuple(read_case(case, f"{where}.{kind}") for case in listed(cases.get(kind, []), f"{where}.{kind}"))
        for kind in ("hit", "miss")
    )
    return hits, misses


def read_case(node: object, where: str) -> Case:
    """A case: just its text, or a mapping."""
    if isinstance(node, str):
        return Case(text=node)
    case = mapping(node, where)
    check_keys(case, CASE_KEYS, where)
    turns = tuple(_turn(turn, f"{where}.turns") for turn in items(case.get("turns", []), f"{where}.turns"))
    if not turns and not isinstance(case.get("text"), str | int):
        raise RuleError(f"{where}: 用例要有 text 或 turns / a case needs text or turns")
    plain = {key: str(case[key]) for key in ("text", "role", "path", "header", "app_category") if key in case}
    at = whole(case["at"], f"{where}.at", most=max(0, len(turns) - 1)) if "at" in case else None
    repeat = whole(case.get("repeat", 1), f"{where}.repeat", 1)
    return Case(**plain, turns=turns, at=at, repeat=repeat)


def _turn(node: Map, where: str) -> tuple[str, str]:
    if len(node) != 1:
        raise RuleError(f"{where}: 一轮对话写作 {{角色: 文本}} / a turn is {{role: text}}")
    ((role, text),) = node.items()
    return role, str(text)


def _read_obligation(pack: Pack, node: Map, top: Map) -> None:
    where = f"{pack.name}: {node.get('id', '?')}"
    own = {key: value for key, value in node.items() if key in OBLIGATION_KEYS}
    rest = {key: value for key, value in node.items() if key not in OBLIGATION_KEYS}
    obligation = Obligation(
        id=_id(node.get("id"), where),
        law=str(top.get("law", "")),
        article=texts(own.get("article", ""), f"{where}.article"),
        grade=one_of(own.get("grade", top.get("grade", "M")), ("V", "P", "M"), f"{where}.grade"),
        verified=str(own.get("verified", top.get("verified", ""))),
        duty=texts(own.get("duty", ""), f"{where}.duty"),
        use=one_of(
            own.get("use", "reference"), ("rule", "annotation", "consequence", "reference"), f"{where}.use"
        ),
        law_title=texts(top.get("title", ""), f"{where}.title"),
    )
    if obligation.id in pack.obligations:
        raise RuleError(f"{where}: 条款编号重复 / the obligation stands twice")
    pack.obligations[obligation.id] = obligation
    if "when" in rest:
        law = [obligation.id, *names_of(rest["law"], where)] if rest.get("law") else [obligation.id]
        complete = {"title": dict(obligation.duty), "scope": "document", **rest, "law": law}
        pack.rules.append(read_rule(complete, pack.name, "law", None))
    else:
        check_keys(rest, ("id", "severity", "remedy", "channel"), where)


def _read_lexicons(pack: Pack, top: Map) -> None:
    for name, node in mapping(top.get("lexicon", {}), f"{pack.name}: lexicon").items():
        where = f"{pack.name}: lexicon.{name}"
        entry: Map = {"words": node} if isinstance(node, list) else mapping(node, where)
        check_keys(entry, ("words", "trigger", "remove"), where)
        given = names_of(entry["words"], f"{where}.words") if entry.get("words") else ()
        words = tuple(word for line in given for word in line.split())
        pack.lexicons[name] = Lexicon(name, words, _trigger(entry.get("trigger", False), where))
        if entry.get("remove"):
            pack.removed_words[name] = names_of(entry["remove"], f"{where}.remove")


def _trigger(node: object, where: str) -> str:
    known = {True: "plain", False: "", "plain": "plain", "screened": "screened", "beside": "beside"}
    if not isinstance(node, bool | str) or node not in known:
        raise RuleError(f"{where}.trigger: 应为 / must be one of true, false, screened, beside, not {node!r}")
    return known[node]


def _read_suppressors(pack: Pack, top: Map) -> None:
    for name, node in mapping(top.get("suppress", {}), f"{pack.name}: suppress").items():
        where = f"{pack.name}: suppress.{name}"
        entry = mapping(node, where)
        check_keys(entry, ("patterns", "scope", "keeps"), where)
        pack.suppressors[name] = Suppressor(
            name,
            patterns_of(entry.get("patterns", []), f"{where}.patterns"),
            one_of(entry.get("scope", "window"), ("window", "document"), f"{where}.scope"),
            patterns_of(entry["keeps"], f"{where}.keeps") if entry.get("keeps") else (),
        )


def _channel(top: Map, name: str) -> Channel:
    advice = top.get("advice", 3)
    return Channel(
        number=whole(top["channel"], f"{name}: channel", 1, CHANNELS),
        title=texts(top.get("title", ""), f"{name}: title"),
        consequences=tuple(
            one_of(one, CONSEQUENCES, f"{name}: consequences")
            for one in names_of(top.get("consequences", "B"), f"{name}: consequences")
        ),
        advice=tuple(
            whole(one, f"{name}: advice", 1, ADVICE) for one in (advice if isinstance(advice, list) else [advice])
        ),
        note=str(top.get("note", "")),
    )


def _family(top: Map, name: str) -> str:
    guess = "channel" if "channel" in top else "law" if "law" in top else "conduct"
    return one_of(top.get("family", guess), FAMILIES, f"{name}: family")
