"""The vocabulary of Chinese addresses as pattern pieces: number words, suffixes, and words no name contains.

Suffixes are tried in the order in which they stand here, so a longer one comes before its own beginning.
"""

from __future__ import annotations

from itertools import pairwise

HAN = "\u3400-\u9fff"
COUNT = "一二三四五六七八九十百零〇两壹贰叁肆伍陆柒捌玖拾"
STEMS = "甲乙丙丁戊己庚辛"

# characters that never stand inside the name of a road, estate or village
NEVER_SET = "".join(
    (
        "的了吗呢啊呀哦嘛噢嗯我你您俺咱他她它们这那哪么怎谢寄是把被给",
        "让请很也还没已说问买退吃喝找但到去离距要个每该此某",
    )
)
EXCEPT = {
    "在": "(?<=自)在",
    "收": "(?<=丰)收",
    "住": "住(?=[院宅商])",
    "吧": "(?<=[酒网咖水])吧",
    "各": "各(?=庄)",
}
NEVER = f"(?:(?!{'|'.join(EXCEPT.values())})[{NEVER_SET}{''.join(EXCEPT)}])"
ODD = f"{'|'.join(EXCEPT.values())}|(?<=字)号|栋(?=梁)"


def ranges(excluded: str) -> str:
    """The Han characters without some, as the inside of a character class."""
    edges = [0x33FF, *sorted(map(ord, excluded)), 0xA000]
    pairs = [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
    return "".join(chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in pairs)


def any_of(*lines: str) -> str:
    """Words parted by spaces, as alternatives of a pattern."""
    return "|".join(word for line in lines for word in line.split())


LETTER = f"A-Za-z·〇{ranges(NEVER_SET + ''.join(EXCEPT) + '号栋幢')}"

NO_LU = "(?<![电线回思套退出陆销弯歧末活死生网带通道半])路(?![由灯过上况费程人标线径边桥段面易]|街道)"
NO_DAO = "(?<![知报频渠味难间人轨街管通铁隧赛跑河航水车弯])道"
ROAD = any_of(
    "大街 大道 公路 高速 国道 省道 县道 乡道 马路 支路 辅路 环路 斜街 胡同",
    NO_LU,
    "街(?![道坊区舞拍]|街道) 巷(?!子里) 里弄 弄堂 [一二三四五六七八九十]条(?=[0-9甲乙])",
    NO_DAO + "(?=[0-9东西南北中一二三四五六七八九十段]{1,6}(?:[段号]|-|[0-9]))",
)
TOWN = any_of("街道办事处 街道办 街道 镇(?![江静]) 乡(?![村亲下镇]) 苏木 民族乡 团场")
ZONE = any_of(
    "开发区 高新区 工业园区 工业园 工业区 工业城 工业小区 科技园区 科技园 产业园区 产业园 软件园",
    "创业园 创意园 创新园 物流园 园区 新区 保税区 商务区 度假区 风景区 风景名胜区 景区 林区 矿区 农场",
    "林场 牧场 渔场 茶场",
    "自贸区 科学城 建设兵团 垦总局 管理局(?=[\u3400-\u9fff]{2,6}(?:农场|管理区|分场|牧场))",
)
VILLAGE = any_of(
    "村民委员会 村民小组 村民组 村委会 居委会 居民委员会 行政村 自然村 社区居委会 社区 嘎查 大队 新村",
    "村委 村(?!里人) 管理区",
)
LONG_POI = any_of(
    "小区 花园 花苑 家园 嘉园 公寓 大厦 大楼 广场 中心 酒店 大酒店 宾馆 饭店 饭馆 餐厅 商场 市场 超市",
    "商城 百货 购物中心 别墅 山庄 名邸 名苑 名城 名都 名府 豪庭 豪苑 豪园 雅苑 雅居 雅园 佳园 佳苑",
    "新苑 新园 新城 新居 华庭 华府 华苑 国际 首府 医院 学校 大学 学院 中学 小学 幼儿园 工厂 厂区 校区",
    "宿舍 家属院 家属楼 家属区 职工楼 大院 公园 会所 车站 地铁站 公交站 火车站 客运站 加油站 收费站",
    "服务区 机场 航站楼 码头 口岸 派出所 邮局 邮政局 营业厅 营业部 门市部 办公楼 写字楼 综合楼 教学楼",
    "宿舍楼 实验楼 图书馆 体育馆 体育场 博物馆 展览馆 会展中心 驿站 丰巢柜 丰巢 快递柜 自提点 服务站",
    "代收点 门卫室 门卫 传达室 收发室 保安室 值班室 前台 商住楼 住宅楼 停车场 仓库 仓储 科技城 汽配城",
    "服装城 建材城 皮革城 电子城 数码城 五金城 轻纺城 小商品城 商贸城 商品城 食府 茶楼 饭庄 网吧 药店",
    "药房 便利店",
)
SHORT_POI = any_of(
    "邨 苑 屯 寨 庄 堡 埠 浜 旗 庭 府 轩 阁 邸 居 园 里 坊 城 湾 馆 厂 院 所 堂 庙 寺 塔 桥 厦 站 队部",
    "部队 监狱 村口 营房",
)
FIRM = any_of("公司 集团 银行 分行 支行 事务所 工作室 专卖店 旗舰店 经营部 销售部 批发部 总店 分店")

# words that an address is told with, or that stand before one: no token reaches back across them
BEFORE = any_of(
    "地址 住址 地点 位置 坐落 位于 座落 收货 发货 收件 寄件 送货 快递(?![柜点站驿]) 订单 客户 用户",
    "顾客 先生 女士 小姐 电话 手机(?!店|城|专卖|卖场|市场|维修|数码) 麻烦 帮忙 帮我 昨天 今天 明天",
    "前天 上午 下午 晚上 中午 早上 刚才 现在 目前 因为 所以 如果 可以 需要 希望 改成 改为 换成 变更",
    "更改 修改 填写 搬家 搬至 搬往 送往 发往 运往 前往 来自 途经 途径 经过 靠近 就在 家住 现住 租住",
    "暂住 居住 户籍 籍贯 填成 写成 写错 联系 公司名 全称 以及 或者 还有 一个 这个 那个 没有 不是 就是",
    "都是 也是 发至 送至 寄至 邮至 转至 派至 上门 取件 自提(?!点) 配送 派送 投递 签收 房东 业主 租客",
    "反映 投诉 咨询 要求 您好 你好 坐标 小区叫 小区名 小区是 门牌 现有 农村 乡村 本村 全村 地处 图为",
    "此次",
)
