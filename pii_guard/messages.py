"""What users read: Chinese first, English on request.

`Messages("zh-CN")("summary", n=3)` gives the text; a missing id is a KeyError, which a test looks for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from pii_guard.records import dataclass

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
    "reason.model": ("模型判断", "by the model"),
    "reason.title": ("称谓“{}”", "title '{}'"),
    "reason.before": ("紧挨着{}", "right before a {}"),
    "reason.nickname": ("昵称", "a nickname"),
    "reason.history": ("历史人物或名人", "historical or public figure"),
    "reason.brand": ("品牌或商号", "a brand name"),
    "reason.organisation": ("机构名称", "an organisation"),
    "reason.latin": ("字母书写的地址", "address in Latin letters"),
    "reason.grammar": ("符合地址结构", "built like an address"),
    "reason.line": ("整行是地址", "the whole line is an address"),
    "reason.list": ("接在同类号码之后", "follows one of its kind"),
    "card.debit": ("借记卡", "debit card"),
    "card.credit": ("信用卡", "credit card"),
    "card.semi-credit": ("准贷记卡", "semi-credit card"),
    "card.prepaid": ("预付费卡", "prepaid card"),
    "neighbour.phone": ("电话号码", "phone number"),
    "status.unscanned": ("未扫描", "not scanned"),
    "status.skipped": ("跳过", "skipped"),
    "status.clean": ("未发现", "clean"),
    "text.more": ("… 同类还有 {n:,} 处", "… {n:,} more of the same"),
    "text.column": ("{name}列: {share:.1%} 共 {rows:,} 行 ({n:,} 处)", "column {name}: {share:.1%} of {rows:,} rows ({n:,})"),
    "text.unscanned": ("以下文件没有扫描，不能当作干净:", "these files were NOT scanned and must not pass as clean:"),
    "text.none": ("未发现个人信息", "no personal data found"),
    "text.found": ("发现 {n:,} 处个人信息", "{n:,} personal values found"),
    "text.noted": ("标注（不算违规）: {rule} {message}，{n:,} 处", "noted, no violation: {rule} {message}, {n:,}"),
    "md.notes": ("标注（不算违规）", "Notes (no violations)"),
    "md.note_columns": ("位置|规则|内容", "place|rule|note"),
    "text.also_rules": ("另有 {n:,} 条规则线索", "{n:,} rule indicators"),
    "text.only_rules": ("但有 {n:,} 条规则线索", "but {n:,} rule indicators"),
    "text.failed": ("未通过（策略 {policy}）: {clauses}", "failed (policy {policy}): {clauses}"),
    "text.summary": ("已扫描 {files:,} 个文件", "{files:,} files scanned"),
    "text.not_scanned": ("{n:,} 个未能扫描", "{n:,} not scanned"),
    "text.ignored": (
        "{n:,} 个文件被 .gitignore 忽略，未扫描（--no-gitignore 可一并扫描）",
        "{n:,} files ignored by .gitignore were not scanned (--no-gitignore scans them)",
    ),
    "text.skipped": (
        "{n:,} 个文件按种类跳过（图片、音视频、程序、字体）",
        "{n:,} files skipped by kind (pictures, media, programs, fonts)",
    ),
    "text.pictures": (
        "；读图片需要 pip install 'pii-guard-cn[ocr]'",
        "; pictures need pip install 'pii-guard-cn[ocr]'",
    ),
    "text.skipped_otherwise": ("{n:,} 个跳过：{why}", "{n:,} skipped: {why}"),
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
    "md.violations": ("规则线索（不是法律结论）", "Rule indicators (not legal conclusions)"),
    "md.violation_columns": ("位置|级别|规则|说明|整改", "place|severity|rule|what|remedy"),
    "summary.title": ("个人信息泄露排查报告", "Personal data exposure report"),
    "summary.subtitle": (
        "报告日期 {day} · 已扫描 {files:,} 个文件 · 全文脱敏",
        "{day} · {files:,} {files:file|files} scanned · masked throughout",
    ),
    "summary.disclaimer": (
        "本报告由自动扫描生成，所列均为线索与指标，供核查参考，不构成法律结论或违法认定；是否违规由有权人员结合事实判断。",
        "Produced by an automatic scan. Everything listed is an indicator for review, not a legal conclusion; whether a rule was broken is for qualified people to judge on the facts.",
    ),
    "summary.more": (
        "另有 {n:,} 项未在此列出，完整清单见 XLSX 或 JSON 结果。",
        "Not shown here: {n:,} more; the XLSX or JSON result lists all.",
    ),
    "summary.total": ("合计", "total"),
    "summary.overview": ("总体情况", "Overview"),
    "summary.nothing": (
        "没有任何文件被扫描，本报告不能说明有没有个人信息。",
        "No file was scanned: this report says nothing about whether there is personal data.",
    ),
    "summary.incomplete": (
        "结果不完整：{n:,} 项未能扫描或缺失，不能当作没有问题。",
        "INCOMPLETE: {n:,} {n:item|items} could not be scanned or {n:is|are} missing and must not pass as clean.",
    ),
    "summary.found": (
        "发现 {n:,} 处个人信息，涉及约 {people:,} 人，另有 {clues:,} 条规则线索待核查。",
        "{n:,} personal {n:value|values} found, of about {people:,} {people:person|people}; {clues:,} rule {clues:indicator|indicators} to review.",
    ),
    "summary.clean": (
        "在已扫描的 {files:,} 个文件里未发现个人信息。",
        "No personal data found in the {files:,} {files:file|files} scanned.",
    ),
    "summary.apart": (
        "各份结果的密钥不同或无法证明相同：跨结果的同一人、同一值没有合并，人数可能偏高。",
        "The results' keys differ or are not proven equal: people are not merged across results, so their number may be too high.",
    ),
    "summary.fact.files": ("已扫描文件", "files scanned"),
    "summary.fact.unscanned": ("未能扫描", "not scanned"),
    "summary.fact.findings": ("个人信息（处）", "personal values"),
    "summary.fact.grave": ("其中严重与高", "critical and high"),
    "summary.fact.people": ("涉及人数（约）", "people (about)"),
    "summary.fact.clues": ("规则线索", "rule indicators"),
    "summary.fact.annotations": ("合规做法（标注，不算违规）", "good practice (noted, no violations)"),
    "summary.fact.suppressed": ("许可的例外", "excepted"),
    "summary.kinds.caption": ("暴露了哪些信息", "What is exposed"),
    "summary.kinds.columns": ("类型|处数", "type|count"),
    "summary.kinds.rest": ("其余 {n} 类", "{n} other {n:type|types}"),
    "summary.origin.caption": ("数据来源", "Sources"),
    "summary.origin.columns": ("来源|工具|SHA-256", "source|tool|SHA-256"),
    "summary.changes": ("与上次结果对比", "Changes since the earlier result"),
    "summary.compared": (
        "对比的是: {old}。按指纹比较：同一文件里的同一个值算一项。",
        "Compared with: {old}. By fingerprint: a value in a file counts once.",
    ),
    "summary.compared.incomplete": (
        "两次结果里至少有一次不完整，“不再出现”不等于已整改。",
        "At least one of the results is incomplete: what is no longer seen is not necessarily fixed.",
    ),
    "summary.keys.different": (
        "两次扫描用的指纹密钥不同，无法逐项对比新增与整改，只能并列数量。",
        "The two scans used different fingerprint keys: new and fixed cannot be told apart, only counts stand side by side.",
    ),
    "summary.keys.ephemeral": (
        "至少一次扫描用的是临时密钥，指纹不能跨次比较，只能并列数量（设置 PII_GUARD_KEY 后再扫描即可对比）。",
        "At least one scan used a key of that run only: fingerprints cannot be compared, only counts stand side by side (set PII_GUARD_KEY for the next scans).",
    ),
    "summary.keys.unproven": (
        "无法证明两次扫描用的是同一密钥：若不同，下面的新增与不再出现都会偏多。",
        "It is not proven that both scans used the same key: if they did not, new and gone are overstated.",
    ),
    "summary.change.new": ("新增", "new"),
    "summary.change.remaining": ("仍在", "remaining"),
    "summary.change.fixed": ("不再出现（文件已重新扫描）", "fixed (file scanned again)"),
    "summary.change.unknown": ("不确定（文件这次没有扫描）", "unknown (file not scanned this time)"),
    "summary.change.columns": ("级别|类型|脱敏后|位置", "severity|type|masked|place"),
    "summary.totals.caption": ("数量并列（按处计）", "Counts side by side (every occurrence)"),
    "summary.totals.columns": ("级别|上次|这次|增减", "severity|earlier|now|change"),
    "summary.people": ("涉及的人", "People exposed"),
    "summary.people.note": (
        "人是按同一行、同一条消息、相邻行以及相同号码推断的，人数为约数。“要素”指姓名、证件、电话、银行账户四项中出现了几项。",
        "People are inferred from rows, messages, neighbouring lines and shared numbers; their number is approximate. 'Elements' counts name, document, phone and bank account.",
    ),
    "summary.people.none": ("没有可以关联到具体某人的组合。", "No combination that points to one person."),
    "summary.people.told": (
        "约 {n:,} 人有两项以上信息同时暴露，其中 {full:,} 人四要素（姓名、证件、电话、账户）已现三项以上。",
        "About {n:,} {n:person has|people have} two or more values exposed together; for {full:,} of them three or more of name, document, phone and account.",
    ),
    "summary.people.alone": (
        "另有 {n:,} 个证件、电话、账户等值单独出现，未能关联到人。",
        "{n:,} more {n:document, phone, account or the like stands|documents, phones, accounts and the like stand} alone, linked to nobody.",
    ),
    "summary.combinations.caption": ("暴露的组合", "Combinations exposed"),
    "summary.combinations.columns": ("人数|要素|组合", "people|elements|combination"),
    "summary.person.caption": ("暴露最多的人", "Most exposed people"),
    "summary.person.columns": (
        "最高级别|要素|暴露的信息|称呼（脱敏）|处数|位置",
        "severity|elements|exposed|name (masked)|values|place",
    ),
    "summary.channels": ("泄露渠道", "Leakage channels"),
    "summary.channels.note": (
        "数字为规则线索的条数；线索提示值得核查，不等于已发生泄露。",
        "Numbers are rule indicators: they call for review and do not mean that a leak has happened.",
    ),
    "summary.heat.caption": ("渠道 × 级别热力图", "Channel by severity"),
    "summary.heat.corner": ("渠道", "channel"),
    "summary.no_channel": ("不分渠道（法条与服务规范）", "no channel (laws and conduct)"),
    "summary.clue.caption": ("渠道与服务规范线索", "Indicators of channels and conduct"),
    "summary.clue.columns": ("说明|级别|规则|证据|位置", "what|severity|rule|evidence|place"),
    "summary.guidance.caption": ("各渠道可能的后果与建议", "What a channel can lead to, and what to advise"),
    "summary.guidance.columns": (
        "渠道|可能的后果|给当事人的建议",
        "channel|possible consequences|advice to the people concerned",
    ),
    "summary.figures": ("参考指标", "Figures of the law"),
    "summary.figures.note": (
        "以下均为按扫描结果计算的参考指标，供研判用，不是定罪、定级或定性的结论；同一个值只计一次，没有号码的内容（通信内容等）需人工补计。",
        "Indicators worked out from the scan, for review; never a conclusion on an offence, a level or a duty. A value counts once; what has no number (such as the content of messages) must be added by hand.",
    ),
    "summary.figures.none": ("没有可计算的个人信息。", "There is no personal data to count."),
    "summary.figure.people": ("涉及人数（至少）", "people (at least)"),
    "summary.figure.score": ("刑事数量指标（1 为参考线）", "criminal-threshold indicator (mark: 1)"),
    "summary.figure.class": ("金融信息类别（C1–C3）", "financial data class (C1–C3)"),
    "summary.figure.level": ("数据级别（1–4，待核）", "data level (1–4, unverified)"),
    "summary.criminal.caption": (
        "法释〔2017〕10号第五条数量指标",
        "Counts after Fa Shi [2017] No. 10, article 5",
    ),
    "summary.criminal.columns": (
        "信息类别|参考数量|计入条数（去重）|折算",
        "class of data|mark|distinct records counted|share of the mark",
    ),
    "summary.criminal.50": (
        "行踪轨迹、通信内容、征信、财产信息",
        "whereabouts, content of communication, credit, property",
    ),
    "summary.criminal.500": (
        "住宿、通信记录、健康生理、交易等信息",
        "accommodation, records of communication, health, transactions",
    ),
    "summary.criminal.5000": ("其他公民个人信息", "other personal information"),
    "summary.criminal.sum": ("折算合计", "all classes together"),
    "summary.criminal.below": (
        "数量指标 {score} 未达“情节严重”的参考线（1）。数量只是因素之一，违法所得、用途、去向等另行判断。",
        "The indicator of {score} stays below the mark of serious circumstances (1). Numbers are one factor; gains, use and recipients are judged apart.",
    ),
    "summary.criminal.serious": (
        "数量指标 {score}，达到“情节严重”的参考线（1）：如确系非法获取、出售或提供，可能涉嫌侵犯公民个人信息罪，建议由法务研判。",
        "The indicator of {score} reaches the mark of serious circumstances (1): if the data was unlawfully obtained, sold or provided this may be an offence; have it reviewed by counsel.",
    ),
    "summary.criminal.especially_serious": (
        "数量指标 {score}，达到“情节特别严重”的参考线（10）：如确系非法获取、出售或提供，可能涉嫌侵犯公民个人信息罪，建议立即由法务研判。",
        "The indicator of {score} reaches the mark of especially serious circumstances (10): if the data was unlawfully obtained, sold or provided this may be an offence; have it reviewed by counsel at once.",
    ),
    "summary.duty.on": (
        "按履职或提供服务中获得计：参考数量减半（第五条第一款第八项）。",
        "Counted as obtained on duty or in a service: the marks are halved (article 5(1)(viii)).",
    ),
    "summary.duty.off": (
        "未按履职或提供服务中获得计；如是，参考数量减半（--on-duty）。",
        "Not counted as obtained on duty or in a service; if it was, the marks are halved (--on-duty).",
    ),
    "summary.incident.caption": ("如果这些信息已经泄露：报告时限", "If this data has leaked: when to report"),
    "summary.incident.columns": ("情形|时限|依据|核对", "case|deadline|source|checked"),
    "summary.incident.none": (
        "按至少 {people:,} 人计，未达网络安全事件“较大”的人数线（100 万人）；如有其他情形仍可能须报告。",
        "At least {people:,} {people:person|people}: below the number that makes an incident larger (1,000,000); other grounds may still call for a report.",
    ),
    "summary.incident.larger": (
        "按至少 {people:,} 人计，达到“较大”网络安全事件的人数线。",
        "At least {people:,} people: reaches the number of a larger incident.",
    ),
    "summary.incident.major": (
        "按至少 {people:,} 人计，达到“重大”网络安全事件的人数线。",
        "At least {people:,} people: reaches the number of a major incident.",
    ),
    "summary.incident.especially_major": (
        "按至少 {people:,} 人计，达到“特别重大”网络安全事件的人数线。",
        "At least {people:,} people: reaches the number of an especially major incident.",
    ),
    "summary.hours": ("{n} 小时内", "within {n} {n:hour|hours}"),
    "summary.days": ("{n} 日内", "within {n} {n:day|days}"),
    "summary.at_once": ("立即", "at once"),
    "summary.export.exempt": (
        "如向境外提供：按 {people:,} 人（敏感 {sensitive:,} 人）计，在免予申报的人数之内（{source}，按当年累计）。",
        "If sent abroad: {people:,} {people:person|people} ({sensitive:,} with sensitive data) is within the exempt number ({source}, counted over the year).",
    ),
    "summary.export.contract": (
        "如向境外提供：按 {people:,} 人（敏感 {sensitive:,} 人）计，可能须订立标准合同或通过认证（{source}，按当年累计）。",
        "If sent abroad: {people:,} {people:person|people} ({sensitive:,} with sensitive data) may call for a standard contract or a certification ({source}, counted over the year).",
    ),
    "summary.export.assessment": (
        "如向境外提供：按 {people:,} 人（敏感 {sensitive:,} 人）计，可能须申报数据出境安全评估（{source}，按当年累计）。",
        "If sent abroad: {people:,} {people:person|people} ({sensitive:,} with sensitive data) may call for a security assessment ({source}, counted over the year).",
    ),
    "summary.grading.caption": ("各文件的数据类别与级别", "Class and level of each file's data"),
    "summary.grading.columns": (
        "文件|类别|级别|人数|刑事数量指标",
        "file|class|level|people|criminal indicator",
    ),
    "summary.grading.note": (
        "类别按 JR/T 0171-2020（C3 最高），级别按 GB/T 43697-2024 一般数据 4 级{mark}；为初判，定级以本单位制度为准。",
        "Classes after JR/T 0171-2020 (C3 the highest), levels after the four of GB/T 43697-2024 for general data {mark}; a first judgement, your own rules decide.",
    ),
    "summary.articles": ("相关法条", "Articles concerned"),
    "summary.articles.note": (
        "所列为线索可能关系到的条款及证据数（不同的值），不表示已违反。标〔待核〕的条款文本尚未核对，引用前请查证。",
        "Articles the indicators may bear on, with the number of distinct values as evidence; not a finding that one was broken. Check those marked [unverified] before quoting.",
    ),
    "summary.articles.none": ("没有线索关系到收录的条款。", "No indicator bears on an article on file."),
    "summary.article.caption": ("条款与证据", "Articles and evidence"),
    "summary.article.columns": (
        "最高级别|条款|要求（转述）|证据|线索|核对",
        "severity|article|duty (paraphrased)|evidence|indicators|checked",
    ),
    "summary.grade.V": ("已核", "read"),
    "summary.grade.P": ("二手资料", "secondary"),
    "summary.grade.M": ("〔待核〕", "[unverified]"),
    "summary.files": ("重点文件", "Top files"),
    "summary.files.none": ("没有文件有发现。", "No file has findings."),
    "summary.file.caption": (
        "按严重程度排列（各级别为个人信息与线索合计）",
        "Gravest first (by severity: values and indicators together)",
    ),
    "summary.file.columns": ("文件|处数|人数|线索", "file|values|people|indicators"),
    "summary.measures": ("处置清单", "What to do"),
    "summary.measures.none": ("没有需要处置的发现。", "There are no findings to act on."),
    "summary.measures.note": (
        "先处置严重与高；已提交到版本历史或已对外发送的，按已泄露评估。",
        "Start with critical and high; what is in the history or was sent out counts as leaked.",
    ),
    "summary.measure.caption": ("逐项处置", "Finding by finding"),
    "summary.measure.columns": ("级别|类型|脱敏后|位置|处置", "severity|type|masked|place|what to do"),
    "summary.do.secret": (
        "立即作废并更换，删除明文，检查是否已被使用。",
        "Revoke and replace at once, delete the plain text, check for misuse.",
    ),
    "summary.do.account": (
        "删除或只留末四位；必要时通知本人换卡、监测异常交易。",
        "Remove or keep the last four digits; tell the holder and watch for fraud where needed.",
    ),
    "summary.do.document": (
        "删除或脱敏；确需留存的加密并限制访问。",
        "Remove or mask; encrypt and restrict access where it must be kept.",
    ),
    "summary.do.contact": (
        "脱敏或改用内部编号；确需保留的限制访问。",
        "Mask, or use an internal id; restrict access where it must be kept.",
    ),
    "summary.do.place": ("降低精度或删除；确需保留的限制访问。", "Coarsen or remove; restrict access where it must be kept."),
    "summary.do.other": ("删除，或用 pii-guard redact 脱敏。", "Remove, or mask with pii-guard redact."),
    "summary.do.both": ("{general}规则要求：{rule}", "{general} The rule asks: {rule}"),
    "summary.gaps": ("没有扫描的内容", "What was NOT scanned"),
    "summary.gaps.unscanned": (
        "{n:,} 个文件在范围内却未能扫描，里面有没有个人信息不得而知。",
        "{n:,} {n:file|files} in scope could not be scanned: what {n:it holds|they hold} is unknown.",
    ),
    "summary.gaps.missing": (
        "结果汇总所计的比所列的多 {n:,} 项，结果文件可能被截断或改动。",
        "The summary counts {n:,} {n:item|items} more than the result lists: the file may be cut or edited.",
    ),
    "summary.gaps.ignored": (
        "{n:,} 个文件被 .gitignore 忽略，未扫描。",
        "{n:,} {n:file|files} ignored by .gitignore {n:was|were} not scanned.",
    ),
    "summary.gaps.suppressed": (
        "{n:,} 处属于许可的例外（基线、白名单、就地忽略），未计入。",
        "{n:,} {n:value is|values are} excepted (baseline, allowlist, inline) and {n:does|do} not count.",
    ),
    "summary.gaps.none": (
        "范围内的 {files:,} 个文件全部扫描。",
        "All {files:,} {files:file|files} in scope {files:was|were} scanned.",
    ),
    "summary.gaps.limits": (
        "自动扫描会有漏报与误报；范围之外的系统、纸面与口头内容不在本报告之内。",
        "Automatic scans miss things and raise false alarms; systems out of scope, paper and speech are not covered.",
    ),
    "summary.reason.caption": ("原因", "Reasons"),
    "summary.reason.columns": ("状态|原因|怎么办|文件数", "status|reason|what to do|files"),
    "summary.unread.caption": ("逐个文件", "File by file"),
    "summary.unread.columns": ("状态|原因|文件|详情", "status|reason|file|detail"),
    "summary.why.binary": ("二进制内容，不是文本", "binary, not text"),
    "summary.then.binary": ("确认不含个人信息，或转成可读的格式再扫描", "make sure it holds none, or convert it and scan again"),
    "summary.why.damaged": ("文件损坏", "damaged"),
    "summary.then.damaged": ("取得完好的文件再扫描", "scan an intact copy"),
    "summary.why.encrypted": ("加密，打不开", "encrypted"),
    "summary.then.encrypted": ("解密后再扫描", "decrypt it and scan again"),
    "summary.why.internal": ("工具内部错误", "internal error of the tool"),
    "summary.then.internal": ("报告此问题，人工检查该文件", "report it and check the file by hand"),
    "summary.why.missing_extra": ("需要的附加组件没有安装", "an extra is not installed"),
    "summary.then.missing_extra": ("按详情里的命令安装后再扫描", "install it as the detail says and scan again"),
    "summary.why.over_limit": ("超过大小或层数的上限", "over a limit of size or depth"),
    "summary.then.over_limit": ("拆分后再扫描", "split it and scan again"),
    "summary.why.permission": ("没有读取权限", "no permission to read"),
    "summary.then.permission": ("用有权限的账户再扫描", "scan again with an account that may read it"),
    "summary.why.truncated": ("内容不完整", "cut off"),
    "summary.then.truncated": ("取得完整的文件再扫描", "scan a complete copy"),
    "summary.why.undecodable": ("文字编码无法识别", "unknown text encoding"),
    "summary.then.undecodable": ("转成 UTF-8 再扫描", "convert it to UTF-8 and scan again"),
    "summary.why.unreadable": ("读取失败", "could not be read"),
    "summary.then.unreadable": ("排除读取错误后再扫描", "mend the error and scan again"),
    "summary.why.unsupported": ("不支持的格式", "unsupported format"),
    "summary.then.unsupported": ("转成支持的格式再扫描", "convert it and scan again"),
    "summary.why.image": ("图片，没有做文字识别", "picture without text recognition"),
    "summary.then.image": ("安装 ocr 附加组件再扫描，或人工检查", "install the ocr extra and scan again, or look at it"),
    "summary.why.lfs_pointer": ("内容在 Git LFS，未取回", "content is in Git LFS"),
    "summary.then.lfs_pointer": ("先运行 git lfs pull 再扫描", "run git lfs pull and scan again"),
    "summary.why.excluded": ("按配置排除", "excluded by configuration"),
    "summary.then.excluded": ("确认排除是有意的", "make sure that is meant"),
    "summary.why.broken_link": ("链接没有目标", "link without a target"),
    "summary.then.broken_link": ("一般无需处理", "usually nothing"),
    "summary.why.special_file": ("不是普通文件（管道、设备）", "not a regular file (pipe, device)"),
    "summary.then.special_file": ("一般无需处理", "usually nothing"),
    "summary.why.own_file": ("本工具自己的文件", "a file of this tool"),
    "summary.then.own_file": ("无需处理", "nothing"),
    "summary.why.other": ("其他原因", "other"),
    "summary.then.other": ("查看详情后再扫描，或人工检查", "see the detail, then scan again or check by hand"),
    "summary.sign": ("签收", "Sign-off"),
    "summary.sign.note": (
        "签收表示已阅并安排核查与处置，不表示认定任何违规。",
        "Signing means that the report was read and review is under way, not that any breach is admitted.",
    ),
    "summary.sign.incomplete": (
        "结果不完整，签收前请先处理“没有扫描的内容”。",
        "The result is incomplete: deal with what was not scanned before signing.",
    ),
    "summary.sign.columns": ("角色|姓名|意见|签字|日期", "role|name|opinion|signature|date"),
    "summary.sign.roles": ("编制|复核|数据安全负责人", "prepared by|reviewed by|data protection lead"),
    "summary.scanned": ("{}: 不是扫描结果，当作要扫描的文件", "{}: no result of a scan, taken for a file to scan"),
    "summary.written": ("已写入 {}", "written: {}"),
    "summary.needs_file": ("{} 要写到文件：请用 -o FILE", "{} goes to a file: use -o FILE"),
    "summary.needs_extra": (
        "需要安装附加组件: pip install 'pii-guard-cn[{}]'",
        "needs an extra: pip install 'pii-guard-cn[{}]'",
    ),
    "summary.overwrites": ("-o 会覆盖作为输入的 {}", "-o would overwrite the input {}"),
    "error.usage": ("用法错误: {}", "usage error: {}"),
    "error.internal": (
        "内部错误（{}）。请带上 --version 的输出报告此问题；为保护数据，不显示详情",
        "internal error ({}); please report it with the output of --version; details are withheld to protect data",
    ),
    "error.interrupted": ("已中断，结果不完整", "interrupted, the result is incomplete"),
    "error.output": (
        "无法写出结果（{}）：请检查磁盘空间与输出位置，结果不完整",
        "cannot write the result ({}): check disk space and where it goes; what was written is incomplete",
    ),
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
    "explain.example": ("，如 {}", ", such as {}"),
    "mask.keep": ("保留前 {} 位与后 {} 位", "the first {} and last {} characters stay"),
    "mask.keep_head": ("只保留前 {} 位", "only the first {} characters stay"),
    "mask.keep_tail": ("只保留后 {} 位", "only the last {} characters stay"),
    "mask.remove": ("整个删除，不留长度", "removed, length included"),
    "mask.none": ("原样显示", "shown as it is"),
    "mask.hide": ("字母与数字全部遮住", "every letter and digit hidden"),
    "mask.digits": ("数字全部遮住，文字保留", "every digit hidden, words stay"),
    "mask.name": ("只保留姓（外文名保留首字母）", "only the surname stays (of a Latin name, the first letter)"),
    "mask.address": ("保留到区县", "province, city and district stay"),
    "mask.phone": ("保留前 3 位与后 4 位", "the first 3 and last 4 digits stay"),
    "mask.landline": ("保留区号与后 2 位", "the area code and the last 2 digits stay"),
    "mask.foreign_phone": ("保留国家或地区代码与后 2 位", "the country code and the last 2 digits stay"),
    "mask.card": ("保留前 6 位与后 4 位；不足 16 位的只保留后 4 位", "the first 6 and last 4 digits stay; below 16 digits the last 4 only"),
    "mask.driving_licence": ("同身份证号；档案编号保留后 2 位", "as an identity number; of a file number the last 2 digits stay"),
    "mask.email": ("保留首字符与域名", "the first character and the domain stay"),
    "mask.account": ("保留前 2 位与后 1 位", "the first 2 and the last character stay"),
    "mask.online_account": ("是邮箱或手机号的照其遮法，其余保留前 2 位与后 1 位", "as an e-mail address or a mobile number where it is one, else the first 2 and the last character stay"),
    "mask.url": ("保留到主机名", "scheme and host stay"),
    "mask.birth_date": ("只保留年份", "only the year stays"),
    "mask.ip": ("保留前一半（IPv6 前三组）", "the first half stays (of IPv6 three groups)"),
    "mask.gps": ("保留两位小数，约一公里", "two decimals stay, about a kilometre"),
    "mask.waybill": ("保留公司代码与后 4 位", "the courier's letters and the last 4 characters stay"),
    "where.none": ("没有", "none"),
    "where.config": ("配置: {}", "config: {}"),
    "where.rules": ("规则: {}", "rules:  {}"),
    "where.cache": ("缓存: {}", "cache:  {}"),
    "scan.select_over_ignore": (
        "--select 点名的类型在配置里被忽略，按命令行照常报告: {}",
        "types that --select names are ignored by the config; the command line wins: {}",
    ),
    "redact.done": ("已脱敏 {n:,} 处", "{n:,} values redacted"),
    "redact.name": ("路径里的名字还含个人信息，请自行改名", "a name in the path still holds personal data: rename it"),
    "redact.failed": ("未能脱敏:", "NOT redacted:"),
    "progress": ("已扫描 {n:,} 个文件，{mb:,.0f} MB，发现 {found:,} 处", "{n:,} files, {mb:,.0f} MB, {found:,} found"),
}


class _Count(int):
    """A number of which a text may say one word or another: {n:,} {n:person|people}."""

    def __format__(self, spec: str) -> str:
        one, bar, many = spec.partition("|")
        return (one if self == 1 else many) if bar else int(self).__format__(spec)


@dataclass(frozen=True, slots=True)
class Messages:
    """Texts of one language."""

    language: str

    def __call__(self, message: str, /, *args: object, **values: object) -> str:
        counted = {k: _Count(v) if isinstance(v, int) else v for k, v in values.items()}
        return _TEXTS[message][self.language == "en"].format(*args, **counted)

    def text(self, message: str) -> str:
        """A text with its fields not filled in."""
        return _TEXTS[message][self.language == "en"]

    def why(self, reason: str) -> str:
        """Why a file was not scanned, in words."""
        text = _TEXTS.get(f"summary.why.{reason}") or _TEXTS["summary.why.other"]
        return text[self.language == "en"]

    def reason(self, code: str) -> str:
        """A finding's reason in words: `keyword:手机号` -> 关键词“手机号”."""
        kind, _, detail = code.partition(":")
        text = _TEXTS.get(f"reason.{kind}")
        return text[self.language == "en"].format(self._detail(kind, detail)) if text else code

    def _detail(self, kind: str, detail: str) -> str:
        """What a reason names, in words where it is a code: the kind of a card, the neighbour of a name."""
        bank, _, card = detail.partition(":") if kind == "bin" else ("", "", "")
        if card:
            return f"{bank} {self(f'card.{card}')}"
        return self(f"neighbour.{detail}") if kind == "before" else detail


def choose(language: str) -> Messages:
    """`auto`: English where the locale is English or the console has no Chinese, Chinese everywhere else."""
    if language == "auto":
        locale = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
        language = "en" if locale.lower().startswith("en") or not _has_chinese() else "zh-CN"
    return Messages(language)


def _has_chinese() -> bool:
    """Whether standard output can show it: question marks tell nobody anything."""
    try:
        "个人信息".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
