"""Figures of the law that a scan can count: indicators for the reader, never legal conclusions.

* criminal-threshold indicator: 法释〔2017〕10号 art. 5 (read in full): 50 records of whereabouts,
  communication
  content, credit or property; 500 of accommodation, health, transactions; 5000 of the rest; classes add up in
  proportion; half of it for data obtained on duty or in a service.
* incident clock: 个人信息保护法 57, 国家网络安全事件报告管理办法 4 and annex.
* C1-C3: JR/T 0171-2020 4.2.  Levels 1-4: GB/T 43697-2024 (unverified, 待核).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pii_guard.model import Finding
from pii_guard.policy.people import identity
from pii_guard.records import dataclass

CLASS_50 = frozenset({"GPS_LOCATION", "BANK_CARD", "BANK_ACCOUNT", "TRACK_DATA"})
CLASS_500 = frozenset({"WAYBILL_NUMBER"})
NOT_PERSONAL = frozenset({"SERVICE_NUMBER", "USCC", "URL"})

C3 = frozenset({"CVV", "CARD_EXPIRY", "TRACK_DATA", "PASSWORD"})
_C2_WORDS = """
OTP RESIDENT_ID FOREIGN_RESIDENT_ID PASSPORT HK_MACAU_PERMIT TAIWAN_PERMIT MILITARY_ID DRIVING_LICENCE
HKID MACAU_ID TAIWAN_ID BANK_CARD BANK_ACCOUNT MOBILE_PHONE LANDLINE ADDRESS PERSON ALIPAY_ACCOUNT
BIRTH_DATE
"""
C2 = frozenset(_C2_WORDS.split())

INCIDENT_STEPS = ((1_000_000, "较大"), (10_000_000, "重大"), (100_000_000, "特别重大"))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock that starts when an incident is found."""

    trigger: str
    hours: int | None  # None: at once
    source: str
    grade: str


CLOCK = (
    Deadline("发生或可能发生个人信息泄露：立即补救并通知监管部门和个人", None, "PIPL-57", "V"),
    Deadline("较大以上网络安全事件，一般运营者向属地省级网信部门报告", 4, "INCID-4", "P"),
    Deadline("较大以上网络安全事件，关键信息基础设施向保护部门和公安机关报告", 1, "INCID-4", "P"),
    Deadline("处置结束后提交总结报告", 30 * 24, "INCID-8", "P"),
    Deadline("快递用户信息泄露：立即补救并向邮政管理部门报告", None, "EXPR-34", "V"),
    Deadline("银行保险机构数据安全事件：业内通说 2 小时（待核）", 2, "NFRA24-RPT", "M"),
    Deadline("金融消费者信息泄露的其他不利影响：业内通说 72 小时（待核）", 72, "PBOC5-28", "M"),
)


def criminal_score(findings: Iterable[Finding], on_duty: bool = False) -> float:
    """n50/50 + n500/500 + n5000/5000 over distinct values; doubled where the data was held on duty."""
    values: dict[int, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.entity_type not in NOT_PERSONAL:
            values[_class(finding.entity_type)].add(identity(finding))
    return sum(len(seen) / weight for weight, seen in values.items()) * (2 if on_duty else 1)


def _class(entity_type: str) -> int:
    return 50 if entity_type in CLASS_50 else 500 if entity_type in CLASS_500 else 5000


def incident_level(people: int) -> str | None:
    """The level of the annex of 国家网络安全事件报告管理办法 by people affected, or None below all of
    them.
    """
    reached = [name for least, name in INCIDENT_STEPS if people >= least]
    return reached[-1] if reached else None


def financial_class(types: Iterable[str]) -> str:
    """C3, C2 or C1 of a set of types; an OTP beside an account counts as C3 (JR/T 0171 4.2: combinations
    rise).
    """
    seen = set(types)
    if seen & C3 or ("OTP" in seen and seen & {"BANK_CARD", "BANK_ACCOUNT"}):
        return "C3"
    return "C2" if seen & C2 else "C1"


def data_level(types: Iterable[str], people: int) -> int:
    """Level 1-4 of general data after GB/T 43697-2024 (待核): authentication data 4, sensitive or bulk 3,
    personal 2.
    """
    seen = set(types) - NOT_PERSONAL
    if financial_class(seen) == "C3":
        return 4
    if seen & C2 and (people >= 100 or len(seen & C2) >= 3):
        return 3
    return 2 if seen else 1
