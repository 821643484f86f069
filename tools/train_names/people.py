"""Invented people: names drawn so that frequent surnames come often and rare ones come too."""

from __future__ import annotations

from random import Random

from pii_guard.detect.person.lexicon import load

STEMS = "克林顿 布什 里根 叶利钦 布莱尔 希拉克 施罗德 曼德拉 阿拉法特 罗纳尔多 贝克汉姆 齐达内 舒马赫 费德勒 纳达尔 史密斯 布朗 威尔逊 约翰逊 安德森 伊万诺夫 费尔南德斯 罗德里格斯 穆勒 哈里森 奥尔森 卡特 马丁内斯 佩雷斯 加西亚".split()
FIRST = "约翰 玛丽 大卫 安娜 彼得 克里斯 阿里 艾米莉 卡洛斯 迈克尔 汤姆 尼古拉 亚历山大 伊丽莎白 保罗 弗兰克 乔治 凯特 索菲亚 穆罕默德".split()
SOUNDS = "阿 艾 巴 贝 比 伯 布 查 达 德 迪 多 尔 法 菲 费 夫 弗 格 哈 赫 霍 基 加 杰 卡 凯 科 克 库 拉 莱 兰 劳 雷 里 利 林 卢 鲁 罗 洛 马 麦 曼 梅 米 莫 姆 穆 纳 尼 诺 帕 佩 皮 普 奇 乔 萨 塞 桑 森 沙 舍 史 斯 苏 索 塔 泰 坦 特 托 瓦 万 威 韦 维 温 沃 西 希 谢 辛 休 雅 亚 延 耶 伊 因 尤 约 泽 扎".split()
MINORITY = "阿依古丽·买买提 古丽娜尔·艾合买提 买买提·吐尔逊 扎西顿珠 卓玛措 巴特尔 乌兰图雅 其其格 努尔兰·赛力克 热依扎·托合提".split()
DOUBLE = 0.72  # share of given names with two characters


def name(rnd: Random) -> str:
    """One name."""
    lexicon = load()
    draw = rnd.random()
    if draw < 0.08:
        return rnd.choice(MINORITY) if draw < 0.01 else foreign(rnd)
    if draw < 0.1:
        family = rnd.choice(sorted(lexicon.compound))
    elif draw < 0.2:
        family = rnd.choice(sorted(lexicon.singles - lexicon.common))
    else:
        common = sorted(lexicon.common)
        family = rnd.choice(TOP if rnd.random() < 0.75 else common)
    count = 2 if rnd.random() < DOUBLE else 1
    return family + "".join(given(rnd) for _ in range(count))


TOP = "王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵赵黄黄周周吴吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"


def foreign(rnd: Random) -> str:
    """A transliterated name: a known stem or sounds in a row, at times with a first name and a dot."""
    family = rnd.choice(STEMS) if rnd.random() < 0.3 else "".join(rnd.choice(SOUNDS) for _ in range(rnd.randrange(2, 6)))
    return f"{rnd.choice(FIRST)}·{family}" if rnd.random() < 0.3 else family


def given(rnd: Random) -> str:
    """One character of a given name."""
    rank = 2 if rnd.random() < 0.6 else 1
    return rnd.choice([c for c, kind in load().given.items() if kind == rank])
