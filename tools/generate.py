"""The pages that come from the code: written anew, or with --check compared (exit 1 when one is out of date).

    python -m tools.generate
    python -m tools.generate --check
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path

from pii_guard import config
from pii_guard import formats
from pii_guard import policy
from pii_guard.detect import masking
from pii_guard.detect import rulebook
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import read_cases
from pii_guard.detect.rules import read_entities
from pii_guard.integrations.presidio.names import table as presidio_table
from pii_guard.messages import Messages
from pii_guard.model import SEVERITY_OF_SENSITIVITY
from pii_guard.policy import packs
from pii_guard.policy import probes
from pii_guard.policy.language import TESTS
from pii_guard.policy.retune import RETUNE_KEYS

ROOT = Path(__file__).parent.parent
NOTE = "<!-- 由 tools/generate.py 生成，勿手改 (generated, do not edit) -->"
LANGUAGES = {"README.md": "zh-CN", "README.en.md": "en"}


def types_page() -> str:
    """Every entity type: names, sensitivity, check, and what its mask looks like."""
    rows = [
        f"| `{e.entity_type}` | {e.zh} | {e.en} | {Messages('zh-CN')(f'severity.{_severity(e)}')} "
        f"| {_check(e)} | `{_escaped(example)}` |"
        for e, example in _with_examples()
    ]
    about = (
        "级别由 `sensitivity` 而来：3 严重（鉴别信息），2 高，1 中，0 提示（只找出，不算个人信息）。\n"
        "脱敏样式取自该类型的第一条命中用例。详情：`pii-guard explain 类型`。"
    )
    columns = "| 类型 | 名称 | English | 级别 | 校验 | 脱敏后 |\n|---|---|---|---|---|---|"
    return "\n\n".join(["# 能找到的类型 (entity types)", NOTE, about, "\n".join([columns, *rows])]) + "\n"


def formats_page() -> str:
    """Every file format: its endings, and the extra that reads it."""
    rows = [
        f"| {f.NAME} | {_endings(f.SUFFIXES)} | {f'`pii-guard-cn[{f.EXTRA}]`' if f.EXTRA else '—'} |"
        for f in formats.every()
    ]
    columns = "| 格式 | 后缀 | 附加组件 |\n|---|---|---|"
    about = "先看后缀，后缀不认识的看内容；读不了的文件一律列出，并以 3 退出。"
    return "\n\n".join(["# 能读的格式 (formats)", NOTE, about, "\n".join([columns, *rows])]) + "\n"


def rules_page() -> str:
    """Every channel and conduct rule, and every article that findings may be held against."""
    ruleset, say = policy.load([rulebook.shipped()]), Messages("zh-CN")
    rules = [
        f"| {r.id} | {r.channel or '话术'} | {say(f'severity.{r.severity}')} | {_escaped(r.title['zh'])} "
        f"| {' '.join(r.law)} |"
        for r in sorted(ruleset.rules, key=lambda r: (r.channel or 9, r.id))
        if r.family != "law"
    ]
    channels = [f"{number}. {channel.title['zh']}" for number, channel in sorted(ruleset.channels.items())]
    articles = [
        f"| {o.id} | {_escaped(o.law_title['zh'])} | {_escaped(o.article['zh'])} | {o.grade} | {_escaped(o.duty['zh'])} |"
        for o in sorted(ruleset.obligations.values(), key=lambda o: (o.law, o.id))
    ]
    about = "规则说的是“有此迹象”，不是法律结论。可靠度：V 读过条文，P 二手资料，M 待核。"
    return "\n\n".join(
        [
            "# 规则 (rules)",
            NOTE,
            about,
            "## 八类渠道",
            "\n".join(channels),
            "## 渠道与话术规则",
            "\n".join(["| 编号 | 渠道 | 级别 | 名称 | 依据 |\n|---|---|---|---|---|", *rules]),
            "## 法律与标准",
            "\n".join(["| 编号 | 出处 | 条款 | 可靠度 | 义务（概述） |\n|---|---|---|---|---|", *articles]),
        ]
    ) + "\n"


def language_page() -> str:
    """Every key of rule files, every test, and the names that rules may use."""
    ruleset = policy.load([rulebook.shipped()])
    words = [f"| `{x.name}` | {_escaped(' '.join(x.words[:5]))} … |" for _, x in sorted(ruleset.lexicons.items())]
    probed = [f"| `{name}` | {' '.join(f'`{code}`' for code in sorted(probes.codes(name)))} |" for name in probes.names()]
    suppressors = " ".join(f"`{name}`" for name in sorted(ruleset.suppressors))
    parts = [
        "# 规则语言 (the rule language)",
        NOTE,
        "怎样写：[writing_rules.md](writing_rules.md) ([English](writing_rules.en.md))；编辑器补全：[rules.schema.json](rules.schema.json)。",
        *_keys("文件的键 (keys of a file)", packs.PACK_KEYS),
        *_keys("规则的键 (keys of a rule)", packs.RULE_KEYS),
        *_keys("条款另有的键 (further keys of an obligation)", packs.OBLIGATION_KEYS),
        *_keys("条件 (tests of `when`)", {name: test.meaning for name, test in sorted(TESTS.items())}),
        *_keys("`retune` 的键 (keys of a retune)", RETUNE_KEYS),
        *_keys("用例的键 (keys of a case)", packs.CASE_KEYS),
        "## 探针 (probes)",
        "\n".join(["| 探针 | 代码 (codes) |\n|---|---|", *probed]),
        "## 抑制词表 (suppressors)",
        suppressors,
        "## 词表 (lexicons)",
        "\n".join(["| 名称 | 词 (words) |\n|---|---|", *words]),
    ]
    return "\n\n".join(parts) + "\n"


def _keys(title: str, keys: Mapping[str, str]) -> tuple[str, str]:
    rows = [f"| `{key}` | {_escaped(meaning)} |" for key, meaning in keys.items()]
    return f"## {title}", "\n".join(["| 键 (key) | 意思 (meaning) |\n|---|---|", *rows])


def summary(language: str) -> str:
    """For the README: the types of each severity on one row."""
    say, english = Messages(language), language == "en"
    head = "| severity | types |" if english else "| 级别 | 类型 |"
    rows = []
    for level in reversed(SEVERITY_OF_SENSITIVITY):
        names = [e.en if english else e.zh for e in _entities() if _severity(e) == level]
        rows.append(f"| {say(f'severity.{level}')} | {(', ' if english else '、').join(names)} |")
    return "\n".join([head, "|---|---|", *rows])


def between_marks(text: str, made: str) -> str:
    """A page with what stands between its `types` marks replaced."""
    start, end = "<!-- types: tools/generate.py -->\n", "<!-- /types -->"
    before, _, rest = text.partition(start)
    _, mark, after = rest.partition(end)
    if not mark:
        raise SystemExit("README: 缺少 types 标记")
    return before + start + made + "\n" + end + after


def pages() -> Mapping[Path, str]:
    """What every generated page should hold."""
    made = {
        "docs/types.md": types_page(),
        "docs/formats.md": formats_page(),
        "docs/rules.md": rules_page(),
        "docs/rule_language.md": language_page(),
        "docs/config.schema.json": _json(config.schema()),
        "docs/rules.schema.json": _json(policy.schema()),
        "docs/presidio_types.md": presidio_table(rulebook.load()),
    }
    for name, language in LANGUAGES.items():
        made[name] = between_marks((ROOT / name).read_text(encoding="utf-8"), summary(language))
    return {ROOT / name: text for name, text in made.items()}


def _json(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _entities() -> tuple[Entity, ...]:
    return read_entities(rulebook.entity_files())


def _with_examples() -> Iterator[tuple[Entity, str]]:
    for path in rulebook.entity_files():
        entity = read_entities([path])[0]
        case = next(c for c in read_cases(path) if c.spans)
        start, end = case.spans[0]
        yield entity, masking.mask(entity.entity_type, case.text[start:end])


def _severity(entity: Entity) -> str:
    return SEVERITY_OF_SENSITIVITY[entity.sensitivity]


def _check(entity: Entity) -> str:
    return f"`{entity.validator}`" if entity.validator else entity.finder or "—"


def _endings(suffixes: frozenset[str]) -> str:
    return " ".join(f"`{s}`" for s in sorted(suffixes)) or "按内容"


def _escaped(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are out of date."""
    stale = 0
    for path, made in pages().items():
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        if present == made:
            continue
        stale += 1
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)}: 过期，请运行 python -m tools.generate", file=sys.stderr)
            lines = difflib.unified_diff(present.splitlines(), made.splitlines(), lineterm="", n=0)
            print("\n".join(list(lines)[:20]), file=sys.stderr)
        else:
            path.write_text(made, encoding="utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
