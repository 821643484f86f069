"""The training texts: our own sentences with invented people, CrossWOZ turns, and rows of dictionary words.

The rows of words (drawn by their frequency in jieba's dictionary, MIT) are no language, but they show the gate how
many ordinary words begin with a surname.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import people

SENTENCES = Path(__file__).parents[2] / "training" / "person" / "sentences.txt"
SLOTS = {
    "item": "洗衣机 耳机 保温杯 羽绒服 空调 手机壳 电饭煲 面膜 机票 套餐 宽带 儿童座椅 打印机 大米 牛奶 皮鞋 平板 充电器 显示器 沙发 净水器 行李箱".split(),
    "org": "顺丰 京东 工商银行 市第一医院 海尔售后 平安保险 华东公司 城南派出所 星河物业 育才小学 云帆科技有限公司 自来水公司 税务局 交警大队 博雅教育".split(),
    "city": "北京 上海 杭州 武汉 广州市天河区 成都 苏州工业园区 青岛 西安 昆明 长沙 合肥 南宁 兰州 白云区 江宁 马鞍山 黄石 张家口 石家庄 高邮".split(),
    "day": "昨天 今天上午 3月5日 本周五 上个月 十月一日 2024年6月 前天晚上 星期三 月底 明天下午 去年冬天 18日".split(),
}
ROUNDS = 30


def sentences() -> list[str]:
    """The templates."""
    return [line for line in SENTENCES.read_text("utf-8").splitlines() if line and line[0] != "#"]


def filled(template: str, rnd: Random) -> tuple[str, list[int]]:
    """A template with its slots filled, and where the names in it begin."""
    out, starts = "", []
    for part in template.replace("\\n", "\n").split("{"):
        slot, brace, rest = part.partition("}")
        if not brace:
            out += part
            continue
        if slot == "n":
            starts.append(len(out))
        out += value(slot, rnd) + rest
    return out, starts


def value(slot: str, rnd: Random) -> str:
    """Something for a slot."""
    if slot in SLOTS:
        return rnd.choice(SLOTS[slot])
    if slot == "n":
        return people.name(rnd)
    return {"tel": f"1{rnd.choice('3578')}000{rnd.randrange(10**6):06d}", "s": rnd.choice(people.TOP)}.get(
        slot, str(rnd.randrange(1, 5000))
    )


def rows_of_words(rnd: Random, count: int) -> Iterator[str]:
    """Rows of eight to sixteen words of jieba's dictionary."""
    import jieba

    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    entries = [(w, int(n)) for w, n, kind in map(str.split, lines) if not kind.startswith("nr") and len(w) < 5]
    words, weights = [w for w, _ in entries], [n**0.75 for _, n in entries]
    for _ in range(count):
        yield "".join(rnd.choices(words, weights, k=rnd.randrange(8, 17)))


def turns(path: Path) -> Iterator[str]:
    """The turns of a CrossWOZ file (Apache-2.0), JSON lines with a text."""
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)["text"]


def all_texts(seed: int, crosswoz: Path | None) -> list[tuple[str, list[int]]]:
    """Every training text with the starts of its names."""
    rnd = Random(seed)
    made = [filled(t, rnd) for t in sentences() for _ in range(ROUNDS if "{n}" in t else 8)]
    made += [(t, []) for t in rows_of_words(rnd, 12000)]
    if crosswoz:
        made += [(t, []) for t in turns(crosswoz)]
    rnd.shuffle(made)
    return made
