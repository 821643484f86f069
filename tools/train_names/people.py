"""Invented people: names drawn so that frequent surnames come often and rare ones come too."""

from __future__ import annotations

from random import Random

from pii_guard.detect.person.lexicon import load

FOREIGN = (
    "约翰·史密斯 玛丽·布朗 大卫·威尔逊 安娜·卡列尼娜 彼得·伊万诺夫 克里斯·埃文斯 阿里·哈桑 艾米莉·琼斯 卡洛斯·桑切斯 马丁 克林顿 "
    "奥尔森 布朗 史密斯 琼斯 费尔南德斯 罗德里格斯 穆勒 伊万诺夫 安德森 哈里森"
).split()
MINORITY = "阿依古丽·买买提 古丽娜尔·艾合买提 买买提·吐尔逊 扎西顿珠 卓玛措 巴特尔 乌兰图雅 其其格 努尔兰·赛力克 热依扎·托合提".split()
DOUBLE = 0.72  # share of given names with two characters


def name(rnd: Random) -> str:
    """One name."""
    lexicon = load()
    draw = rnd.random()
    if draw < 0.03:
        return rnd.choice(MINORITY if draw < 0.015 else FOREIGN)
    if draw < 0.06:
        family = rnd.choice(sorted(lexicon.compound))
    elif draw < 0.16:
        family = rnd.choice(sorted(lexicon.singles - lexicon.common))
    else:
        common = sorted(lexicon.common)
        family = rnd.choice(TOP if rnd.random() < 0.75 else common)
    count = 2 if rnd.random() < DOUBLE else 1
    return family + "".join(given(rnd) for _ in range(count))


TOP = "王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵赵黄黄周周吴吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"


def given(rnd: Random) -> str:
    """One character of a given name."""
    rank = 2 if rnd.random() < 0.6 else 1
    return rnd.choice([c for c, kind in load().given.items() if kind == rank])
