"""What users read: Chinese first, English on request.

`Messages("zh-CN")("summary", n=3)` gives the text; a missing id is a KeyError, which a test looks for.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("auto", "zh-CN", "en")

_TEXTS: Mapping[str, tuple[str, str]] = {
    "severity.critical": ("严重", "critical"),
    "severity.high": ("高", "high"),
    "severity.medium": ("中", "medium"),
    "severity.low": ("低", "low"),
    "severity.info": ("提示", "info"),
    "confidence.high": ("高", "high"),
    "confidence.medium": ("中", "medium"),
    "confidence.low": ("低", "low"),
    "reason.keyword": ("关键词“{}”", "keyword '{}'"),
    "reason.near": ("附近有“{}”", "near '{}'"),
    "reason.header": ("列名“{}”", "header '{}'"),
    "reason.cue": ("线索“{}”", "cue '{}'"),
    "reason.lookalike": ("又像“{}”", "looks like '{}'"),
    "reason.bin": ("发卡行 {}", "issuer {}"),
    "reason.check_digit": ("校验位正确", "check digit right"),
    "reason.luhn": ("Luhn 校验正确", "Luhn right"),
    "reason.mistyped": ("校验不符，疑似录错", "check fails, mistyped"),
    "reason.region": ("行政区划正确", "region right"),
    "reason.date": ("日期正确", "date right"),
    "reason.unit": ("后面有计量单位", "a unit follows"),
    "reason.base64": ("base64 解码所见", "inside base64"),
    "reason.partially_masked": ("只遮了一部分，可被猜出", "partly masked, guessable"),
    "reason.repeat": ("同一值再次出现", "seen again"),
    "reason.model": ("模型判断", "model"),
    "status.unscanned": ("未扫描", "not scanned"),
    "status.skipped": ("跳过", "skipped"),
    "status.clean": ("未发现", "clean"),
    "text.more": ("… 同类还有 {n:,} 处", "… {n:,} more of the same"),
    "text.column": ("{name}列: {share:.1%} 共 {rows:,} 行 ({n:,} 处)", "column {name}: {share:.1%} of {rows:,} rows ({n:,})"),
    "text.unscanned": ("以下文件没有扫描，不能当作干净:", "these files were NOT scanned and must not pass as clean:"),
    "text.none": ("未发现个人信息", "no personal data found"),
    "text.found": ("发现 {n:,} 处个人信息", "{n:,} personal values found"),
    "text.summary": ("已扫描 {files:,} 个文件", "{files:,} files scanned"),
    "text.not_scanned": ("{n:,} 个未能扫描", "{n:,} not scanned"),
    "text.ignored": (
        "{n:,} 个文件被 .gitignore 忽略，未扫描（--no-gitignore 可一并扫描）",
        "{n:,} files ignored by .gitignore were not scanned (--no-gitignore scans them)",
    ),
    "text.nothing": ("没有任何文件被扫描", "no file was scanned"),
    "text.statistics": ("按类型统计:", "by type:"),
    "text.ephemeral": (
        "指纹使用了本次运行的临时密钥，跨次运行不可比较（设置 PII_GUARD_KEY 可固定）",
        "fingerprints use a key of this run only (set PII_GUARD_KEY to keep them)",
    ),
    "exception.expired": ("{n} 条例外已过期，不再生效", "{n} exceptions are past their date"),
    "exception.unused": (
        "{n} 条基线例外已无对应（pii-guard baseline prune 可清理）",
        "{n} baseline entries cover nothing (pii-guard baseline prune)",
    ),
    "exception.never": ("{n} 处例外针对不许例外的类型，未生效", "{n} exceptions name a type that allows none"),
    "exception.inline_forbidden": ("策略不许就地忽略，{n} 处未生效", "inline ignores are forbidden: {n} not honoured"),
    "exception.baseline_forbidden": ("策略不许用基线，{n} 处未生效", "baselines are forbidden: {n} not honoured"),
    "exception.allowlist_forbidden": ("策略不许用白名单，{n} 处未生效", "allowlists are forbidden: {n} not honoured"),
    "exception.no_reason": ("{n} 处例外没有理由，未生效", "{n} exceptions without a reason not honoured"),
    "exception.no_owner": ("{n} 处例外没有负责人（by），未生效", "{n} exceptions without an owner not honoured"),
    "exception.no_date": ("{n} 处例外没有到期日（until），未生效", "{n} exceptions without an end date not honoured"),
    "exception.too_long": ("{n} 处例外到期日太远，未生效", "{n} exceptions with too distant an end not honoured"),
    "hook.blocked": (
        "提交被拦下：暂存的内容里有个人信息。改好后重新 git add 再提交，接下来可以：",
        "Commit stopped: personal data is staged. Fix it, git add, commit again; next:",
    ),
    "hook.message": (
        "提交被拦下：提交说明里有个人信息。改写后再提交（git commit --edit -F .git/COMMIT_EDITMSG）",
        "Commit stopped: the message holds personal data. Reword it (git commit --edit -F .git/COMMIT_EDITMSG)",
    ),
    "hook.incomplete": (
        "提交被拦下：有文件没能扫描，不能当作干净",
        "Commit stopped: some files could not be scanned and must not pass as clean",
    ),
    "hook.nothing": (
        "注意：没有扫描任何文件的内容（跳过 {n} 个），这次通过不说明没有个人信息",
        "note: no file was scanned ({n} skipped); this pass does not mean there is no personal data",
    ),
    "hook.redact": ("脱敏: pii-guard redact {path}", "mask it: pii-guard redact {path}"),
    "hook.allow": (
        "误报或许可: pii-guard allow {fp} --reason 理由   # {type}",
        "false alarm: pii-guard allow {fp} --reason WHY   # {type}",
    ),
    "hook.baseline": (
        "存量太多，先只管新增: pii-guard baseline create",
        "too many old ones, look at new ones only: pii-guard baseline create",
    ),
    "hook.installed": ("已安装: {}", "installed: {}"),
    "baseline.written": ("{path}: {n} 条", "{path}: {n} entries"),
    "baseline.key": (
        "密钥在 {}，不会进入仓库；同事与 CI 请设环境变量 PII_GUARD_KEY 为同一内容",
        "the key is in {}, outside the repository; give colleagues and CI the same text in PII_GUARD_KEY",
    ),
    "baseline.new": ("新增", "new"),
    "baseline.gone": ("已消失", "gone"),
    "baseline.expired": ("已过期", "expired"),
    "baseline.same": ("与基线一致", "same as the baseline"),
    "baseline.pruned": ("清理了 {n} 条", "{n} entries removed"),
    "baseline.unfound": ("已记下；在最近的扫描里没有见到这个指纹，可用 baseline update 补全", "kept; baseline update fills in the rest"),
    "baseline.allowed": ("已允许: {}", "allowed: {}"),
    "audit.question": (
        "[a] 许可 [f] 误报 [t] 待整改 [s] 跳过 [q] 结束",
        "[a]ccept [f]alse positive [t]o fix [s]kip [q]uit",
    ),
    "audit.reason": ("理由", "reason"),
    "audit.done": ("已审 {n} 条，还有 {left} 条", "{n} audited, {left} left"),
    "gate.passed": ("门禁通过（策略 {policy}）", "gate passed (policy {policy})"),
    "gate.failed": ("门禁不通过（策略 {policy}）", "gate failed (policy {policy})"),
    "gate.incomplete": (
        "门禁不通过（策略 {policy}）：{n} 个文件没能扫描",
        "gate failed (policy {policy}): {n} files could not be scanned",
    ),
    "clause.severity": ("{subject}级: {found} 处，允许 {limit}", "{subject}: {found}, allowed {limit}"),
    "clause.total": ("总数: {found} 处，允许 {limit}", "total: {found}, allowed {limit}"),
    "clause.type": ("类型 {subject}: {found} 处，一处也不许", "type {subject}: {found}, none allowed"),
    "clause.channel": ("渠道 {subject}: {found} 处，一处也不许", "channel {subject}: {found}, none allowed"),
    "clause.law": ("依据 {subject}: {found} 处，一处也不许", "law {subject}: {found}, none allowed"),
    "clause.path": ("路径 {subject}: {found} 处，一处也不许", "path {subject}: {found}, none allowed"),
    "clause.exception": ("例外不合规（{subject}）: {found} 条", "exceptions out of order ({subject}): {found}"),
    "clause.incomplete": ("未能扫描: {count} 个", "not scanned: {count}"),
    "clause.ok": ("通过", "ok"),
    "clause.bad": ("不过", "fail"),
    "policy.fail_on": ("{severity}级及以上、置信度不低于{confidence}，不放过", "{severity} and above, confidence {confidence} and above, fail"),
    "policy.max": ("{subject}: 最多 {n} 处", "{subject}: at most {n}"),
    "policy.always": ("一律不放过: {}", "always fail: {}"),
    "policy.path": ("{match}: {severity}级及以上不放过 {note}", "{match}: {severity} and above fail {note}"),
    "policy.new_only": ("只看新增的内容", "only what a change adds counts"),
    "policy.exceptions": ("例外: {}", "exceptions: {}"),
    "policy.incomplete": ("有文件没能扫描: {}", "files that could not be scanned: {}"),
    "doctor.ok": ("好", "ok"),
    "doctor.note": ("注意", "note"),
    "doctor.bad": ("不好", "bad"),
    "doctor.python": ("Python {} ({})", "Python {} ({})"),
    "doctor.encoding": ("输出编码 {}，区域 {}", "output encoding {}, locale {}"),
    "doctor.no_chinese": (
        "输出编码 {} 写不出中文，会以 ? 代替（可设 PYTHONIOENCODING=utf-8 或 --lang en）",
        "output encoding {} has no Chinese, ? stands in (set PYTHONIOENCODING=utf-8 or --lang en)",
    ),
    "doctor.config": ("配置文件 {}", "config {}"),
    "doctor.config_wrong": ("配置有误: {}", "config: {}"),
    "doctor.key": ("指纹密钥在，编号 {}", "fingerprint key {}"),
    "doctor.no_key": ("没有指纹密钥，指纹只在一次运行内有效（baseline create 会建立）", "no fingerprint key (baseline create makes one)"),
    "doctor.key_wrong": ("密钥或基线不可用: {}", "key or baseline: {}"),
    "doctor.no_git": ("不在 git 仓库里", "not in a git repository"),
    "doctor.hook": ("钩子 {} 已装", "hook {} installed"),
    "doctor.no_hook": ("钩子 {} 未装（pii-guard install-hook，或用 pre-commit）", "hook {} missing (pii-guard install-hook, or pre-commit)"),
    "doctor.no_leftovers": ("没有 pre-commit 残留的补丁", "no patches left by pre-commit"),
    "doctor.leftovers": (
        "pre-commit 残留 {} 个补丁在 {}，是明文的改动，可能含个人信息（doctor --clean 可删）",
        "pre-commit left {} patches in {}, in clear (doctor --clean removes them)",
    ),
    "doctor.cleaned": ("已删除 {} 个残留补丁", "{} patches removed"),
    "doctor.cache": ("缓存 {}（{} MB，只有规则，没有扫描过的内容）", "cache {} ({} MB, rules only, nothing scanned)"),
    "doctor.part": ("附加组件 {} 可用", "part {} available"),
    "doctor.no_part": ("附加组件 {0} 未装（pip install 'pii-guard-cn[{0}]'）", "part {0} missing (pip install 'pii-guard-cn[{0}]')"),
    "doctor.fast": ("快速匹配可用", "fast matcher available"),
    "doctor.slow": ("快速匹配不可用，大文件会慢些", "fast matcher missing, large files are slower"),
    "init.written": ("已写入 {}", "written: {}"),
    "init.kept": ("已存在，不动 {}", "kept as it is: {}"),
    "text.suppressed": ("另有 {n:,} 处属于许可的例外，未计入", "{n:,} more are excepted and do not count"),
    "finding.message": ("发现{name} {masked}（{reasons}）", "{name} found: {masked} ({reasons})"),
    "finding.short": ("{severity}级 {name} {masked}", "{severity} {name} {masked}"),
    "finding.title": ("个人信息: {}", "personal data: {}"),
    "rule.short": ("文件中有{}", "{} in a file"),
    "rule.full": (
        "文件中出现{name}（{type}）。个人信息处理者应采取去标识化、加密等措施防止泄露（《个人信息保护法》第五十一条）",
        "{name} ({type}) stands in a file. Handlers must prevent leaks by de-identification and encryption (PIPL art. 51)",
    ),
    "rule.remedy": (
        "处理：删除，或用 pii-guard redact 脱敏；已提交到历史的，视为已泄露，评估后更换",
        "Remedy: remove it, or mask it with pii-guard redact; what is in the history counts as leaked",
    ),
    "rule.false": (
        "误报或许可的例外：在该行注释 pii-guard: ignore[{type}] 理由，或 pii-guard allow 指纹 --reason 理由 --until 日期",
        "False alarm or permitted: comment pii-guard: ignore[{type}] reason, or pii-guard allow FINGERPRINT --reason --until",
    ),
    "sarif.limited": (
        "结果超过 {limit:,} 条的上限，另有 {n:,} 条未列出（按严重程度取舍）；完整结果请用 -f json",
        "more than {limit:,} results: {n:,} are not listed (least severe left out); -f json lists all",
    ),
    "junit.clean": ("无个人信息", "no personal data"),
    "junit.nothing": ("没有文件需要扫描", "no file to scan"),
    "md.title": ("个人信息扫描结果", "Personal data scan"),
    "md.columns": ("位置|级别|类型|脱敏后|依据", "place|severity|type|masked|why"),
    "md.violations": ("违反的规则", "Rules broken"),
    "md.violation_columns": ("位置|级别|规则|说明|整改", "place|severity|rule|what|remedy"),
    "error.usage": ("用法错误: {}", "usage error: {}"),
    "error.internal": (
        "内部错误（{}）。请带上 --version 的输出报告此问题；为保护数据，不显示详情",
        "internal error ({}); please report it with the output of --version; details are withheld to protect data",
    ),
    "error.interrupted": ("已中断，结果不完整", "interrupted, the result is incomplete"),
    "error.output": ("无法写出结果: {}", "cannot write the result: {}"),
    "cases.passed": ("{n} 条用例全部通过", "{n} cases passed"),
    "cases.failed": ("{bad} / {n} 条用例失败", "{bad} of {n} cases failed"),
    "lint.problems": ("{n} 个问题", "{n} problems"),
    "cases.missed": ("漏报", "missed"),
    "cases.false": ("误报", "false alarm"),
    "list.type": ("类型", "type"),
    "list.name": ("名称", "name"),
    "list.severity": ("级别", "severity"),
    "explain.sensitivity": ("敏感级别", "sensitivity"),
    "explain.how": ("怎样识别", "how it is found"),
    "explain.pattern": ("模式", "pattern"),
    "explain.context": ("上下文词", "context words"),
    "explain.headers": ("列名", "headers"),
    "explain.lookalikes": ("易混淆", "look-alikes"),
    "explain.mask": ("脱敏后", "masked"),
    "explain.validator": ("校验", "validation"),
    "redact.done": ("已脱敏 {n:,} 处", "{n:,} values redacted"),
    "redact.failed": ("未能脱敏:", "NOT redacted:"),
    "progress": ("已扫描 {n:,} 个文件，{mb:,.0f} MB，发现 {found:,} 处", "{n:,} files, {mb:,.0f} MB, {found:,} found"),
}


@dataclass(frozen=True, slots=True)
class Messages:
    """Texts of one language."""

    language: str

    def __call__(self, message: str, /, *args: object, **values: object) -> str:
        return _TEXTS[message][self.language == "en"].format(*args, **values)

    def reason(self, code: str) -> str:
        """A finding's reason in words: `keyword:手机号` -> 关键词“手机号”."""
        kind, _, detail = code.partition(":")
        text = _TEXTS.get(f"reason.{kind}")
        return text[self.language == "en"].format(detail) if text else code


def choose(language: str) -> Messages:
    """`auto`: English where the locale is English, Chinese everywhere else."""
    if language == "auto":
        locale = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
        language = "en" if locale.lower().startswith("en") else "zh-CN"
    return Messages(language)
