"""New rule files to fill in.  Each loads, lints and tests as it is: the blanks hold an invented example.

Which kind it is, its name says: CH7-MINE is a rule of channel 7, CS-21 of conduct, PIPL-99 an article of a law,
STAFF_NUMBER an entity type.
"""

from __future__ import annotations

import re

from pii_guard import policy
from pii_guard.errors import UsageError

_HEAD = """\
# 存为 {file}，改好以后 (save it, fill it in, then):
#   pii-guard rules lint --rules {file}
#   pii-guard rules test --rules {file} {name}
#   pii-guard scan PATH --rules {file}
"""
_ENTITY = """\
recognizers:
  - name: {name}
    supported_language: zh
    supported_entity: {name}
    patterns:  # 中文旁边不用 \\b；重复有上限 (no \\b beside Han; bounded repeats)
      - {{name: plain, score: 0.6, regex: '(?<![0-9A-Za-z])EMP-[0-9]{{6}}(?![0-9A-Za-z])'}}
    context: [员工编号]  # 附近有这些词，分数更高 (words nearby that raise the score)
pii_guard:
  zh: 员工编号
  en: employee number
  sensitivity: 1  # 0 提示，1 中，2 高，3 严重 (0 info, 1 medium, 2 high, 3 critical)
  headers: [员工编号, employee_no]
  lookalikes: [订单号]
  cases:  # [[ ]] 标出值 (marks the value)
    hit:
      - "员工编号[[EMP-001234]]已离职"
    miss:
      - "EMP-12 是型号"
"""
_CHANNEL = """\
channel: {channel}  # {title}
lexicon:
  {words}:  # 词写在这里；trigger: true 使规则去看这些词的前后 (trigger: true: rules look around these words)
    trigger: true
    words: [取货凭单 提货联]
rules:
  - id: {name}
    title: {{zh: 凭单上写着完整电话, en: Full phone number on a pick-up slip}}
    severity: medium  # info low medium high critical
    when:  # 各条都成立；全部条件见 docs/writing_rules.md (all must hold)
      - words: {words}
      - entity: [MOBILE_PHONE, LANDLINE]
    # hard: true  硬证据：教育、演示等语境也不放过 (a hard artefact, whatever is said around it)
    # unless: [education, sample]  默认是全部抑制词表 (default: all suppressors)
    ladder:  # 从上到下第一个成立的算数，都不成立用 severity (the first that holds counts)
      - {{severity: high, when: {{people: 3}}}}
    law: [PIPL-9]  # 编号见 docs/rules.md
    remedy: {{zh: 只印后四位, en: Print the last four digits only}}
    cases:  # [[类型:值]] 标出发现 ([[TYPE:value]] marks a finding)
      hit:
        - '取货凭单 电话 [[MOBILE_PHONE:13800138000]]'
      miss:
        - '取货凭单 电话 138****8000'
        - '客服电话 [[MOBILE_PHONE:13800138000]]'
"""
_CONDUCT = """\
family: conduct
rules:
  - id: {name}
    title: {{zh: 让客户把银行卡寄来, en: Asks the customer to send in the bank card}}
    severity: high  # info low medium high critical
    # annotation: true  合规做法：只记录，不算违规 (good practice: noted, never a violation)
    when:  # 看一轮话；before、after 看前后几轮 (one turn; before and after look at its neighbours)
      - role: agent  # agent 客服，customer 客户，third_party 第三方
      - phrase: '(寄|邮|快递)[^。]{{0,8}}(银行卡|储蓄卡)|(银行卡|储蓄卡)[^。]{{0,6}}(寄|邮)'
      - not: {{phrase: '不要|请勿|无需'}}
      # - entity: BANK_CARD
      # - before: {{role: customer, phrase: '卡坏了', within: 3}}
    law: [PIPL-6]
    remedy: {{zh: 停止；引导到网点办理, en: Stop; send the customer to a branch}}
    cases:  # at：第几轮（从 0 起）(the turn, from 0)；[[类型:值]] 标出发现 (marks a finding)
      hit:
        - {{turns: [{{customer: 卡消磁了}}, {{agent: 请把银行卡寄给我们}}], at: 1}}
        - {{turns: [{{agent: '请快递寄回银行卡 [[BANK_CARD:6222021234567890128]]'}}], at: 0}}
      miss:
        - {{turns: [{{customer: 我把银行卡寄给你们行吗}}, {{agent: 请勿邮寄银行卡，带身份证到网点即可}}]}}
"""
_LAW = """\
law: {law}
title: {title}
grade: M  # V 读过条文，P 二手资料，M 待核（报告里写明）(V read, P secondary source, M unverified)
# verified: 2026-01-31  核对的日期 (the day it was checked)
obligations:
  - id: {name}
    article: '{article}'
    use: rule
    duty: {{zh: 证件号码不得与住址一并公开, en: ID numbers must not be published with addresses}}
    severity: high  # info low medium high critical
    scope: row  # window 一段话，row 一条记录，document 整个文件（默认）
    when:  # 各条都成立；全部条件见 docs/writing_rules.md (all must hold)
      - together: [RESIDENT_ID, ADDRESS]
      - phrase: '公示|公告|公布'
      # - violated: [CH7]  依附于渠道规则 (rests on a channel's violation)
    # annotation: true  不单独计数，附在 violated 的规则上 (cited beside them, not counted)
    remedy: {{zh: 删去证件号码, en: Remove the ID number}}
    cases:  # [[类型:值]] 标出发现 ([[TYPE:value]] marks a finding)
      hit:
        - '公示：身份证 [[RESIDENT_ID:110101190001010009]]，住 [[ADDRESS:平安路 8 号]]'
        - '现将名单公布：[[RESIDENT_ID:110101190001010009]] [[ADDRESS:平安路 8 号]]'
      miss:
        - '身份证 [[RESIDENT_ID:110101190001010009]]，住 [[ADDRESS:平安路 8 号]]'
"""
_KINDS = "类型 STAFF_NUMBER，渠道 CH7-MINE（CH1 至 CH8），话术 CS-21，法条 PIPL-99"


def skeleton(name: str) -> str:
    """The file of a new rule; UsageError for a name that is taken, or says no kind."""
    ruleset = policy.load()
    if any(rule.id == name for rule in ruleset.rules) or name in ruleset.obligations:
        raise UsageError(f"{name}: 已有这条规则，要改它请用 retune / the rule is there: change it by `retune`")
    file = f"{name.lower().replace('-', '_')}.yaml"
    return _HEAD.format(file=file, name=name) + _body(name, ruleset)


def _body(name: str, ruleset: policy.RuleSet) -> str:
    if found := re.fullmatch(r"CH([1-8])-[A-Z0-9][A-Z0-9-]{0,30}", name):
        number = int(found[1])
        words = name.lower().replace("-", "_")
        return _CHANNEL.format(name=name, channel=number, title=ruleset.channels[number].title["zh"], words=words)
    if re.fullmatch(r"CS-[0-9]{1,3}", name):
        return _CONDUCT.format(name=name)
    if not name.startswith("CH") and (found := re.fullmatch(r"([A-Z][A-Z0-9]{1,20})-([A-Z0-9][A-Z0-9.-]{0,20})", name)):
        return _LAW.format(name=name, law=found[1], article=found[2], title=_title(found[1], ruleset))
    if re.fullmatch(r"[A-Z][A-Z0-9_]{1,40}", name) and not re.fullmatch(r"C[HS][0-9]*", name):
        return _ENTITY.format(name=name)
    raise UsageError(f"名称看不出是哪一种规则 / the name tells no kind of rule: {name}；可写 / write {_KINDS}")


def _title(law: str, ruleset: policy.RuleSet) -> str:
    """The law's title, in YAML; that of one we know."""
    known = next((o.law_title for o in ruleset.obligations.values() if o.law == law), {"zh": "法律全称", "en": "Title of the law"})
    return f"{{zh: '{known['zh']}', en: '{known['en']}'}}"
