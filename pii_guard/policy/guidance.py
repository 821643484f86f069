"""What reports say beside a violation: the three consequences, the seven pieces of advice, and wording in
a language.

The eight channels, three consequences and seven pieces of advice are those of the field's consumer-protection
training; which belong to which channel stands in rules/channels.
"""

from __future__ import annotations

from collections.abc import Mapping

from pii_guard.model import LawReference
from pii_guard.policy.judge import references
from pii_guard.policy.values import RuleSet

Text = Mapping[str, str]

CONSEQUENCES: Mapping[str, Text] = {
    "A": {"zh": "收到垃圾短信、骚扰电话", "en": "spam messages and harassing calls"},
    "B": {"zh": "身份被冒用、账户被盗刷，造成经济损失", "en": "identity misuse and account fraud"},
    "C": {"zh": "不法分子利用泄露的信息实施诈骗", "en": "criminals use the data to defraud"},
}
ADVICE: Mapping[int, Text] = {
    1: {"zh": "个人票据保管好", "en": "Keep personal receipts safe"},
    2: {"zh": "无用单据要撕碎", "en": "Shred papers you no longer need"},
    3: {"zh": "支付安全要谨记", "en": "Mind payment security"},
    4: {"zh": "账号密码要加密", "en": "Keep strong, secret passwords"},
    5: {"zh": "不明链接不要点", "en": "Do not open unknown links"},
    6: {"zh": "APP下载要正规", "en": "Download apps from proper stores"},
    7: {"zh": "陌生网友不轻信", "en": "Do not trust strangers online"},
}


def consequences(ruleset: RuleSet, channel: int, language: str = "zh") -> list[str]:
    """The consequences of a channel."""
    return [CONSEQUENCES[letter][language] for letter in ruleset.channels[channel].consequences]


def advice(ruleset: RuleSet, channel: int, language: str = "zh") -> list[str]:
    """The advice that fits a channel."""
    return [ADVICE[number][language] for number in ruleset.channels[channel].advice]


def citations(ruleset: RuleSet, language: str = "zh") -> dict[str, LawReference]:
    """All articles as they are cited in a language; unverified ones say so."""
    return {law.id: law for law in references(ruleset, tuple(ruleset.obligations), language)}


def wording(ruleset: RuleSet, rule_id: str, language: str = "zh") -> tuple[str, str]:
    """Message and remedy of a rule."""
    rule = next(rule for rule in ruleset.rules if rule.id == rule_id)
    return rule.title[language], rule.remedy[language]
