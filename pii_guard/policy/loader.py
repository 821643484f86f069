"""Loads rule folders and files into one RuleSet; those of a user extend and retune ours.

Reading YAML costs a few hundred milliseconds, so the result is kept as JSON without the cases, under the
hash of
the files' contents in the package's data (built by `tools/train_channels.py --compile`), and under their places,
times and sizes in the cache folder.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pii_guard import cache
from pii_guard.detect import rulebook
from pii_guard.errors import RuleError
from pii_guard.policy import frozen
from pii_guard.policy.packs import Pack
from pii_guard.policy.packs import read_pack
from pii_guard.policy.retune import Retune
from pii_guard.policy.retune import changed
from pii_guard.policy.suggest import suggestion
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import Obligation
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.version import VERSION

SHIPPED = Path(__file__).parent.parent / "data" / "channels_policy.json"
FORMAT = "6"  # raise when the compiled form changes


def default_dirs() -> list[Path]:
    """The rules of this product."""
    return rulebook.packs()


def load(rule_dirs: Sequence[Path] | None = None) -> RuleSet:
    """The rule set of these folders, from the compiled copy where one fits."""
    files = rule_files(default_dirs() if rule_dirs is None else rule_dirs)
    name = cache.name("policy retuned", FORMAT, VERSION, sys.version, *map(cache.stamp, files))
    if (stored := cache.read(name)) is not None:
        return frozen.thawed(marshal.loads(stored))  # noqa: S302 - ours, as a `.pyc` is
    contents = [path.read_bytes() for path in files]
    key = _key(files, contents)
    ruleset = frozen.read(SHIPPED, key) or without_cases(compile_packs(_parse(files, contents), key))
    cache.write(name, marshal.dumps(frozen.plain(ruleset)))
    return ruleset


def load_with_cases(rule_dirs: Sequence[Path] | None = None) -> RuleSet:
    """The rule set with its cases, for lint and tests."""
    return compile_packs(*load_packs(rule_dirs))


def load_packs(rule_dirs: Sequence[Path] | None = None) -> tuple[list[Pack], str]:
    """The files as they are, one pack each, and the key of the rule set that they make."""
    files = rule_files(default_dirs() if rule_dirs is None else rule_dirs)
    contents = [path.read_bytes() for path in files]
    return _parse(files, contents), _key(files, contents)


def rule_files(places: Sequence[Path]) -> list[Path]:
    """The files of these folders and files that hold rules of judgement, told by their keys."""
    return [file for place in places for file in rulebook.judging_files(place)]


def compile_packs(packs: Iterable[Pack], key: str) -> RuleSet:
    """Joins packs: a rule id may stand once; words of a lexicon add up; retunes change what came before."""
    rules: dict[str, Rule] = {}
    ruleset = RuleSet(key=key)
    lexicons: dict[str, Lexicon] = {}
    suppressors, channels = dict(ruleset.suppressors), dict(ruleset.channels)
    obligations: dict[str, Obligation] = {}
    known = list(packs)
    for pack in known:
        for rule in pack.rules:
            if rule.id in rules:
                raise RuleError(
                    f"{pack.name}: {rule.id}: 规则编号重复 / rule id stands twice; 要改它请用 / change it by `retune`"
                )
            rules[rule.id] = rule if pack.own else replace(rule, own=False)
        _merge_lexicons(lexicons, pack)
        suppressors.update(pack.suppressors)
        obligations.update(pack.obligations)
        if pack.channel and (pack.channel.title["zh"] or pack.channel.number not in channels):
            channels[pack.channel.number] = pack.channel
        if not pack.own:
            _unscreen(lexicons, pack)
    for pack in known:
        for change in pack.retune:
            rules[change.rule] = changed(_retuned(rules, change, pack.name), change)
    return RuleSet(tuple(rules.values()), lexicons, suppressors, obligations, channels, key)


def without_cases(ruleset: RuleSet) -> RuleSet:
    """The same rules, ready to judge, without what only tests need."""
    return replace(ruleset, rules=tuple(replace(r, hits=(), misses=()) for r in ruleset.rules if r.enabled))


def compiled(rule_dirs: Sequence[Path] | None = None) -> str:
    """The compiled form, as `load` reads it."""
    return frozen.dump(without_cases(load_with_cases(rule_dirs)))


def _parse(files: list[Path], contents: list[bytes]) -> list[Pack]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    shipped = rulebook.shipped().resolve()
    packs = []
    for path, data in zip(files, contents, strict=True):
        own = shipped in path.resolve().parents
        name = path.name if own else str(path)
        try:
            document = yaml.load(data, Loader=loader)  # noqa: S506  (CSafeLoader is the safe one)
        except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that no calendar has
            raise RuleError(f"{name}: YAML 有误 / not valid YAML: {error}") from error
        packs.append(read_pack(name, document, own=own))
    return packs


def _merge_lexicons(lexicons: dict[str, Lexicon], pack: Pack) -> None:
    for name, lexicon in pack.lexicons.items():
        old = lexicons.get(name, Lexicon(name, ()))
        words = dict.fromkeys((*old.words, *lexicon.words))
        for word in pack.removed_words.get(name, ()):
            words.pop(word, None)
        lexicons[name] = Lexicon(name, tuple(words), old.trigger or lexicon.trigger)


def _unscreen(lexicons: dict[str, Lexicon], pack: Pack) -> None:
    """The screen was trained for the rules of this product: what a user's rule names opens at every word."""
    waiting = [rule.when for rule in pack.rules]
    while waiting:
        condition = waiting.pop()
        waiting += condition.parts
        for name in condition.names if condition.kind in ("words", "near") else ():
            if name in lexicons and lexicons[name].trigger in ("screened", "beside"):
                lexicons[name] = replace(lexicons[name], trigger="plain")


def _retuned(rules: Mapping[str, Rule], change: Retune, name: str) -> Rule:
    """The rule that a pack changes."""
    if change.rule not in rules:
        raise RuleError(
            f"{name}: retune: 没有这条规则 / no such rule: {change.rule!r}{suggestion(change.rule, rules)}"
        )
    return rules[change.rule]


def _key(files: list[Path], contents: list[bytes]) -> str:
    import hashlib  # loads OpenSSL, for which a start from the cache has no use

    digest = hashlib.sha256(FORMAT.encode())
    for path, data in zip(files, contents, strict=True):
        digest.update(path.name.encode() + b"\0" + data + b"\0")
    return digest.hexdigest()[:32]
