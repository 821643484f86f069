"""Words before or after which a name is expected.

A *label* asks for a name (`姓名：`, `"receiver": "`); a *cue* introduces one in a sentence (我叫, 患者, 收件人);
what follows a name can also prove it: a phone number in brackets, 先生, 签收.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.shape import DOTTED
from pii_guard.detect.person.shape import HAN
from pii_guard.detect.person.shape import LATIN
from pii_guard.detect.person.shape import han_end
from pii_guard.detect.words import compile_words
from pii_guard.model import Hit

LABELS = (
    "姓名 名字 姓 名 中文名 真实姓名 联系人 联系人姓名 紧急联系人 收件人 收货人 收件 收货 寄件人 发件人 寄方 收方 客户姓名 客户名 用户姓名 会员姓名 "
    "持卡人 户名 开户名 账户名 开户人 收款人 付款人 汇款人 转账人 申请人 经办人 代办人 办理人 负责人 法人 法人代表 法定代表人 投保人 被保险人 被保人 受益人 "
    "报案人 投诉人 反映人 举报人 来电人 来访人 患者 患者姓名 病人 就诊人 监护人 学生姓名 员工姓名 应聘者 候选人 签名 签字 署名 签收人 取件人 预订人 预定人 入住人 "
    "乘机人 乘车人 车主 业主 出租人 承租人 借款人 担保人 委托人 受托人 当事人 作者 主讲 主讲人 讲师 班主任 主治医生 客户经理 业务员 快递员 配送员 "
    "审核人 审批人 复核人 填表人 制表人 登记人 接收人 见证人 推荐人 介绍人 产权人 报名人 中奖人 尊称 称呼 收件人姓名 收货人姓名 寄件人姓名 导演 编剧 主演 摄影 配偶 "
    "name fullname full_name realname real_name customer_name customername contact_name contactname receiver receiver_name receivername consignee "
    "recipient sender_name cardholder card_holder payee payer patient linkman trueName userName custName"
).split()
ROLES = "客户 顾客 客户名称 用户名称 账户名称 会员 持有人 家属 家长 学生 学员 考生 员工 老师 医生 护士 客服 客服专员 销售 师傅 安装师傅 骑手 司机 乘客 旅客 租客 房东 甲方 乙方 买方 卖方 被告 原告 证人 嫌疑人 记者 编辑 通讯员 主持 主持人 嘉宾 导师 指导老师 工程师 技师 顾问 落款 父亲 母亲 丈夫 妻子 儿子 女儿 昵称 策划 监制 customer contact sender owner holder student username".split()
_PUT = r"[\"'”’]?[ \t\u3000]{0,6}(?:[：:=＝]|\t|\|)[ \t\u3000]{0,4}[\"'“‘]?"
_EVERY = [*LABELS, *ROLES]
_LABEL = re.compile(rf"(?<![A-Za-z])({compile_words([*_EVERY, *(w.title() for w in _EVERY if w.isascii())]).pattern}){_PUT}")
CUES = (
    "我叫 我名叫 名叫 叫做 姓名是 名字是 名字叫 姓名为 本人叫 本人姓名 收件人 收货人 寄件人 收件人是 收货人是 联系人 联系人是 持卡人 户名 户名是 户名为 申请人 投保人 被保险人 受益人 "
    "经办人 法定代表人 法人代表 患者 尊敬的 转给 转交给 汇给 打给 被告人 犯罪嫌疑人 上诉人 村民 记者 通讯员 民警 客户 顾客 客服 业主 快递员"
).split()
WEAK = frozenset("客户 顾客 客服 业主 快递员 打给 患者 记者".split())
_CUE = re.compile(rf"({compile_words(CUES).pattern})[“\"「 ]?(?=[{HAN}])")
_PROOF = re.compile(
    r"[ \t\u3000]{0,2}(?:先生|女士|小姐|同志|阁下|您好|你好|[，,：:（( ]{0,2}(?:电话|手机|联系电话|身份证|男|女)(?:[：:，,。\s、）)]|号|$)|[，,（(： ]{0,2}1[3-9][0-9]{9}|(?:已|本人)?签收|来电|致电)"
)
_VALUE = re.compile(rf"[{HAN}〇]{{2,4}}(?![{HAN}〇A-Za-z0-9*＊xX某])")
_TAIL = re.compile(r"(?:先生|女士|小姐|同志|老师|师傅|经理|主任|医生|律师|教授|同学|收|亲启|启)\Z")
_MASK = re.compile(r"[*＊×○●□■█_]|[xX]{2}|某")


def labelled(text: str) -> Iterator[Hit]:
    """Names right behind a label with a colon, an equals sign, a tab or a cell border."""
    for found in _LABEL.finditer(text):
        start, label = found.end(), found.group(1)
        end, score = value_end(text, start)
        if end == start:
            continue
        if label in ROLES or label.lower() in ROLES:  # in a chat the speaker's words follow: only a clear name counts
            score = 0.7 if score > 0.9 and plain(text[start:end]) else 0.0
        if score:
            yield Hit(start, end, "PERSON", score, (f"cue:{label}",))


def plain(name: str) -> bool:
    """A common surname, characters usual in given names, and no word of the language."""
    words = load()
    return (
        (name[0] in words.common or name[:2] in words.compound)
        and name[0] not in words.wordy
        and name not in words.words
        and all(words.given.get(c, 0) > 0 for c in name[1:])
    )


def value_end(text: str, start: int) -> tuple[int, float]:
    """Where the name in a place made for one ends, and how sure that is; `start` when it holds none."""
    for pattern in (DOTTED, LATIN):
        if found := pattern.match(text, start):
            return found.end(), 0.9
    whole = _VALUE.match(text, start)
    if whole and not _MASK.match(text, whole.end()):
        value = _TAIL.sub("", whole.group())
        known = load().surname(value, 0)
        if len(value) < 2 or value in load().blank or any(w in value for w in ("公司", "部", "中心", "保密")):
            return start, 0.0
        if known and len(value) <= known + 2:
            return start + len(value), 0.95
        return (start + len(value), 0.6) if _namelike(value) else (start, 0.0)
    end = han_end(text, start)
    if end > start and not _MASK.match(text, end) and text[start:end] not in load().blank:
        return end, 0.85
    return start, 0.0


def _namelike(value: str) -> bool:
    given = load().given
    return all(given.get(c, 0) >= 0 for c in value) and sum(given.get(c, 0) > 0 for c in value) * 2 >= len(value)


def introduced(text: str) -> Iterator[Hit]:
    """Names behind a cue word inside a sentence, weighed by the cue, the surname and what follows."""
    words = load()
    for found in _CUE.finditer(text):
        start = found.end()
        dotted = DOTTED.match(text, start)
        end = dotted.end() if dotted else han_end(text, start)
        name = text[start:end]
        if end == start or _MASK.match(text, end) or name in words.blank or name in words.words:
            continue
        score = 0.3 if found.group(1) in WEAK else 0.5
        score += 0.25 if _PROOF.match(text, end) else 0.0
        score += 0.2 if dotted else 0.15 if plain(name) else -0.15
        yield Hit(start, end, "PERSON", score, (f"cue:{found.group(1)}",))
