"""Seeded corpora: chat, prose, csv, jsonl, dense, hostile files, a tree of small files.

    python -m benchmarks.corpora chat 100 /tmp/chat.txt      # 100 MB
    python -m benchmarks.corpora tree 20000 /tmp/tree        # files of 1-5 KB
    python -m benchmarks.corpora hostile 8 /tmp/hostile      # a folder of hostile files, 8 MB each

Chat: about 5 % of the lines carry personal data, 40 % carry digits that are none (order numbers, amounts, times).
All people and numbers are invented.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

CUSTOMER = """您好，我前天买的电饭煲今天收到了，外壳有一道划痕，想问一下能不能换一个新的
这个快递怎么一直停在转运中心不动，已经三天了，能不能帮忙催一下
我不想要了，申请退款的话大概几天能到账啊
客服在吗，刚才那个优惠券用不了，提示不符合使用条件
你们这个洗衣机声音特别大，晚上根本没法睡觉，师傅什么时候能上门看看
发票抬头开错了，需要重新开，麻烦处理一下
嗯嗯好的，谢谢你啊，态度很好
那我再等等吧，要是明天还没消息我再来找你
为什么每次打电话都要等那么久，排队排了半个多小时
我老婆说颜色不喜欢，能换成浅灰色的吗，运费谁出
孩子的学习机充不进电，充电器是原装的，线也换过了还是不行
上次那个售后说会给我回电话的，到现在都没有人联系我
请问会员积分什么时候过期，可以兑换什么东西
这款手机支持双卡吗，电池耐不耐用
算了，我自己去营业厅办理吧，线上太麻烦了
地址写错了还能改吗，还没发货呢
已经确认收货了还能不能申请价保
我要投诉你们的配送员，东西直接扔在门口就走了，也没打招呼
物流显示已签收，可是我根本没有拿到，驿站也说没有
感谢客服小姐姐，问题已经解决了，给个五星好评
商品和图片严重不符，质量也差，退货还要我自己出邮费吗
昨天晚上付款以后页面就卡住了，不知道有没有成功
家里老人用的，操作能不能简单一点，有没有纸质说明书
请帮我查一下这笔扣费是怎么回事，我没有订购过这个业务""".splitlines()

AGENT = """您好，很高兴为您服务，请问有什么可以帮您
非常抱歉给您带来不好的体验，我马上为您核实处理
亲亲，这边帮您查询一下，请稍等片刻哦
已经为您登记了加急处理，预计二十四小时内会有专员与您联系
退款审核通过以后会原路返回到您的付款账户，请您留意
麻烦您提供一下商品的照片，我们这边做一下质检登记
请您放心，我们会持续跟进直到问题解决为止
这边看到仓库已经打包完成，正在等待揽收
感谢您的理解与支持，祝您生活愉快，再见
如果后续还有其他问题，欢迎随时联系在线客服
您反馈的问题我已经记录，会转交给相关部门核实
由于活动期间订单量比较大，发货时间可能会稍有延迟
保修期内的非人为损坏都是可以免费维修的，请您放心
为了保护您的账户安全，请不要向任何人透露短信内容
您可以在我的订单页面里找到这个商品，然后点击申请售后
这个型号目前没有现货了，到货以后会第一时间通知您""".splitlines()

PROSE = """随着城市化进程不断加快，公共服务的均等化问题受到越来越多的关注，各地纷纷探索新的治理模式
清晨的阳光透过窗帘洒进房间，她轻轻推开窗户，听见远处传来孩子们的笑声和鸟儿的鸣叫
研究人员认为，这种材料在高温环境下仍能保持稳定的结构，有望应用于新一代储能设备
会议指出，要坚持以人民为中心的发展思想，扎实做好保障和改善民生的各项工作
老街两旁的店铺大多已经换了几代主人，只有街角那家书店还保留着从前的样子
数据显示，今年前三季度全国居民人均可支配收入同比实际增长，消费市场持续恢复
他把行李放在门口，回头望了一眼生活了多年的屋子，终于还是没有说出那句告别的话
在软件工程里，测试不仅是为了发现缺陷，更重要的是让修改变得安全而从容
这道菜的关键在于火候，先用大火烧开，再转小火慢慢炖上两个小时，汤汁自然浓郁
专家建议，春季气温变化较大，应当适当增减衣物，保持充足的睡眠和规律的作息""".splitlines()

DECOYS: tuple[Callable[[random.Random], str], ...] = (
    lambda r: f"订单号是{r.randrange(10**17, 10**18)}，一直显示待发货",
    lambda r: f"我付了{r.randrange(10, 9999)}.{r.randrange(10, 99)}元，页面显示{r.randrange(10, 999)}元，对不上啊",
    lambda r: f"工单{r.randrange(10**9, 10**10)}已经提交，请您{r.randrange(1, 48)}小时内留意进度",
    lambda r: f"202{r.randrange(0, 7)}-{r.randrange(1, 13):02}-{r.randrange(1, 29):02} {r.randrange(0, 24):02}:{r.randrange(60):02} 系统升级，第{r.randrange(1, 30)}批次",
    lambda r: f"商品编号{r.randrange(10**12, 10**13)}，尺码{r.randrange(35, 46)}，要{r.randrange(1, 9)}件",
    lambda r: f"流水号{r.randrange(10**19, 10**20)}，金额{r.randrange(100, 99999)}，手续费{r.randrange(1, 9)}%",
    lambda r: f"满{r.randrange(1, 9)}00减{r.randrange(10, 90)}的券还剩{r.randrange(2, 99)}张，{r.randrange(1, 13)}月{r.randrange(1, 29)}日到期",
    lambda r: f"卡在{r.randrange(1, 100)}%不动了，版本号是{r.randrange(1, 12)}.{r.randrange(0, 30)}.{r.randrange(0, 9)}",
)

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国子轩梓涵雨桐"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def mobile(r: random.Random) -> str:
    """An invented mobile number."""
    return r.choice(("138", "139", "150", "158", "166", "177", "186", "199")) + f"{r.randrange(10**8):08}"


def resident_id(r: random.Random) -> str:
    """An invented resident ID with birth years long past."""
    region = r.choice(("110101", "310104", "440305", "330106", "420106", "510107"))
    body = f"{region}19{r.randrange(0, 30):02}{r.randrange(1, 13):02}{r.randrange(1, 29):02}{r.randrange(1000):03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def bank_card(r: random.Random) -> str:
    """An invented card number with a Luhn digit."""
    body = r.choice(("622202", "621700", "622848", "621483", "625955")) + f"{r.randrange(10**9):09}"
    total = sum((int(d) * 2 - 9 if int(d) > 4 else int(d) * 2) if i % 2 == 0 else int(d) for i, d in enumerate(body[::-1]))
    return body + str(-total % 10)


def name(r: random.Random) -> str:
    """An invented name."""
    return r.choice(_SURNAMES) + "".join(r.choice(_GIVEN) for _ in range(r.choice((1, 2, 2))))


PERSONAL: tuple[Callable[[random.Random], str], ...] = (
    lambda r: f"我的手机号是{mobile(r)}，麻烦让师傅提前联系我",
    lambda r: f"电话{mobile(r)}，{name(r)}收",
    lambda r: f"身份证号{resident_id(r)}，帮我查一下实名信息",
    lambda r: f"退到这张卡吧{bank_card(r)}，户名{name(r)}",
    lambda r: f"邮箱user{r.randrange(10**5)}@example.com，电子发票发这里",
    lambda r: f"加我微信wx_{r.randrange(10**6):06}a，发图给你看",
    lambda r: f"QQ{r.randrange(10**8, 10**9)}，上班时间都在",
    lambda r: f"家里座机0{r.choice(('10', '21', '755', '571'))}-{r.randrange(2 * 10**7, 9 * 10**7)}，晚上打",
    lambda r: f"车牌京{r.choice('ABCEFGH')}{r.randrange(10**4, 10**5)}停在楼下，挪一下",
    lambda r: f"详情见 https://shop.example.com/item/{r.randrange(10**6)}?from=chat",
)


def chat(r: random.Random) -> Iterator[str]:
    """Lines of a customer-service chat log."""
    minute = 0
    while True:
        minute = (minute + r.randrange(0, 3)) % 1440
        agent = r.random() < 0.45
        text = r.choice(AGENT if agent else CUSTOMER)
        kind = r.random()
        if kind < 0.05:
            text = f"{r.choice(PERSONAL)(r)}，{text}"
        elif kind < 0.45:
            text = f"{r.choice(DECOYS)(r)}，{text}"
        yield f"[{minute // 60:02}:{minute % 60:02}] {'客服' if agent else '客户'}：{text}"


def prose(r: random.Random) -> Iterator[str]:
    """Paragraphs without numbers, now and then one with a date."""
    while True:
        text = "。".join(r.choice(PROSE) for _ in range(r.randrange(1, 4))) + "。"
        yield text if r.random() > 0.05 else f"{r.randrange(1950, 2026)}年{r.randrange(1, 13)}月，{text}"


def csv(r: random.Random, filled: float = 0.05) -> Iterator[str]:
    """A ticket export: each personal column is filled in a share of the rows."""
    yield "工单号,创建时间,渠道,客户姓名,联系电话,证件号码,银行卡号,邮箱,金额,商品编码,状态,问题描述"
    count = 0
    while True:
        count += 1
        personal = [
            make(r) if r.random() < filled else ""
            for make in (name, mobile, resident_id, bank_card, lambda q: f"u{q.randrange(10**6)}@example.com")
        ]
        head = f"GD{count:012},2026-{r.randrange(1, 13):02}-{r.randrange(1, 29):02} 10:{r.randrange(60):02}:00,在线"
        tail = f"{r.randrange(1, 99999)}.{r.randrange(10, 99)},{r.randrange(10**12, 10**13)},已处理,{r.choice(CUSTOMER)}"
        yield ",".join((head, *personal, tail))


def jsonl(r: random.Random) -> Iterator[str]:
    """The same as JSON lines."""
    rows = csv(r)
    header = next(rows).split(",")
    for row in rows:
        yield json.dumps(dict(zip(header, row.split(","), strict=True)), ensure_ascii=False)


def dense(r: random.Random) -> Iterator[str]:
    """Nothing but personal data."""
    while True:
        yield f"{name(r)},{mobile(r)},{resident_id(r)},{bank_card(r)}"


LINES = {"chat": chat, "prose": prose, "csv": csv, "jsonl": jsonl, "dense": dense}
HOSTILE = {
    "digits": "1234567890",
    "mobiles": "13812345678",
    "separated": "1-2 3.4 ",
    "near_ids": "11010119900307123 ",
    "ats": "a@a.",
    "letters": "a",
    "labels": "手机号：",
    "urls": "http://http://",
    "full_width": "１２３",
    "road_numbers": "路12号",
    "surnames": "王李张刘陈杨",
    "colons": "a:b::1:",
    "base64": 'x="QUJDREVGR0hJSktMTU5PUA==",',
    "cells": "qq ,",
    "names": "qq|电话|邮箱\n",
}


def write(lines: Iterator[str], megabytes: float, path: Path, separator: str = "\n") -> None:
    """Lines until the size is reached."""
    left = int(megabytes * 1e6)
    with path.open("wb") as stream:
        while left > 0:
            left -= stream.write((separator.join(next(lines) for _ in range(500)) + separator).encode())


def tree(r: random.Random, files: int, root: Path) -> None:
    """A tree of small files."""
    lines = chat(r)
    for number in range(files):
        folder = root / f"d{number % 100:02}"
        folder.mkdir(parents=True, exist_ok=True)
        text = "\n".join(next(lines) for _ in range(r.randrange(8, 40)))
        (folder / f"f{number:05}.txt").write_text(text, encoding="utf-8")


def main(argv: list[str]) -> int:
    """Write one corpus."""
    if len(argv) != 3:
        print(__doc__)
        return 2
    kind, amount, path = argv[0], float(argv[1]), Path(argv[2])
    r = random.Random(20261121)
    if kind == "tree":
        tree(r, int(amount), path)
    elif kind == "hostile":
        path.mkdir(parents=True, exist_ok=True)
        for title, unit in HOSTILE.items():
            (path / f"{title}.txt").write_text((unit * (int(amount * 1e6) // len(unit.encode()) + 1)), encoding="utf-8")
    else:
        write(LINES[kind](r), amount, path, " " if argv[0] == "oneline" else "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
