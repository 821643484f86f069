"""Loads rule folders into one RuleSet; later folders extend and retune earlier ones.

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
from pii_guard.errors import UsageError
from pii_guard.model import SEVERITIES
from pii_guard.policy import frozen
from pii_guard.policy.language import names_of
from pii_guard.policy.packs import Pack
from pii_guard.policy.packs import one_of
from pii_guard.policy.packs import read_pack
from pii_guard.policy.packs import texts
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import Obligation
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.version import VERSION

FOLDERS = ("channels", "laws", "conduct")
SHIPPED = Path(__file__).parent.parent / "data" / "channels_policy.json"
FORMAT = "6"  # raise when the compiled form changes


def default_dirs() -> list[Path]:
    """The rules of this product."""
    return rulebook.packs()


def load(rule_dirs: Sequence[Path] | None = None) -> RuleSet:
    """The rule set of these folders, from the compiled copy where one fits."""
    files = rule_files(default_dirs() if rule_dirs is None else rule_dirs)
    name = cache.name("policy", FORMAT, VERSION, sys.version, *map(cache.stamp, files))
    if (stored := cache.read(name)) is not None:
        return frozen.thawed(marshal.loads(stored))  # noqa: S302 - ours, as a `.pyc` is
    contents = [(path.name, path.read_bytes()) for path in files]
    key = _key(contents)
    ruleset = frozen.read(SHIPPED, key) or without_cases(compile_packs(_parse(files, contents), key))
    cache.write(name, marshal.dumps(frozen.plain(ruleset)))
    return ruleset


def load_with_cases(rule_dirs: Sequence[Path] | None = None) -> RuleSet:
    """The rule set with its cases, for lint and tests."""
    files = rule_files(default_dirs() if rule_dirs is None else rule_dirs)
    contents = [(path.name, path.read_bytes()) for path in files]
    return compile_packs(_parse(files, contents), _key(contents))


def rule_files(rule_dirs: Sequence[Path]) -> list[Path]:
    """The YAML files of the folders: of their channels/, laws/ and conduct/, or else all beneath them."""
    files: list[Path] = []
    for folder in rule_dirs:
        if not folder.is_dir():
            raise UsageError(f"规则目录不存在 / no such rule folder: {folder}")
        known = [folder / name for name in FOLDERS if (folder / name).is_dir()]
        for place in known or [folder]:
            files += sorted(path for path in place.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    return files


def compile_packs(packs: Iterable[Pack], key: str) -> RuleSet:
    """Joins packs: a rule id may stand once; words of a lexicon add up; retunes change what came before."""
    rules: dict[str, Rule] = {}
    ruleset = RuleSet(key=key)
    lexicons: dict[str, Lexicon] = {}
    suppressors, channels = dict(ruleset.suppressors), dict(ruleset.channels)
    obligations: dict[str, Obligation] = {}
    for pack in packs:
        for rule in pack.rules:
            if rule.id in rules:
                raise RuleError(
                    f"{pack.name}: 规则编号重复 / rule id {rule.id!r} stands twice; use `retune` to change it"
                )
            rules[rule.id] = rule if pack.own else replace(rule, own=False)
        _merge_lexicons(lexicons, pack)
        suppressors.update(pack.suppressors)
        obligations.update(pack.obligations)
        if pack.channel and (pack.channel.title["zh"] or pack.channel.number not in channels):
            channels[pack.channel.number] = pack.channel
        for change in pack.retune:
            _retune(rules, change, pack.name)
        if not pack.own:
            _unscreen(lexicons, pack)
    return RuleSet(tuple(rules.values()), lexicons, suppressors, obligations, channels, key)


def without_cases(ruleset: RuleSet) -> RuleSet:
    """The same rules, ready to judge, without what only tests need."""
    return replace(ruleset, rules=tuple(replace(r, hits=(), misses=()) for r in ruleset.rules if r.enabled))


def compiled(rule_dirs: Sequence[Path] | None = None) -> str:
    """The compiled form, as `load` reads it."""
    return frozen.dump(without_cases(load_with_cases(rule_dirs)))


def _parse(files: list[Path], contents: list[tuple[str, bytes]]) -> list[Pack]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    shipped = rulebook.shipped().resolve()
    packs = []
    for path, (name, data) in zip(files, contents, strict=True):
        try:
            document = yaml.load(data, Loader=loader)  # noqa: S506  (CSafeLoader is the safe one)
            packs.append(read_pack(name, document, own=shipped in path.resolve().parents))
        except yaml.YAMLError as error:
            raise RuleError(f"{name}: YAML 有误 / not valid YAML: {error}") from error
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


def _retune(rules: dict[str, Rule], change: Mapping[str, object], name: str) -> None:
    rule = rules.get(str(change.get("id")))
    if rule is None:
        raise RuleError(f"{name}: retune: 没有这条规则 / no such rule: {change.get('id')!r}")
    rules[rule.id] = replace(
        rule,
        severity=one_of(change.get("severity", rule.severity), SEVERITIES, f"{name}: retune.severity"),
        enabled=change.get("enabled", rule.enabled) is True,
        remedy=texts(change["remedy"], f"{name}: retune.remedy") if "remedy" in change else rule.remedy,
        unless=names_of(change["unless"], f"{name}: retune.unless") if change.get("unless") else rule.unless,
    )


def _key(contents: list[tuple[str, bytes]]) -> str:
    import hashlib  # loads OpenSSL, for which a start from the cache has no use

    digest = hashlib.sha256(FORMAT.encode())
    for name, data in contents:
        digest.update(name.encode() + b"\0" + data + b"\0")
    return digest.hexdigest()[:32]
