"""Addresses in a text: what is found, and exactly from where to where.  All addresses are invented."""

from __future__ import annotations

import re

import pytest

from pii_guard.detect.address import find
from pii_guard.model import CELL_BREAK

MARKED = re.compile(r"\[\[(.*?)]]", re.DOTALL)

HITS = [
    "麻烦送到[[朝阳区望京西园三区301号楼2单元1201]]，谢谢",
    "我住在[[海淀区知春路甲48号院6号楼1204室]]，晚上七点以后在家",
    "师傅您好，货放[[阳光花园12栋3单元501室]]门口就行",
    "地址改成[[广州市天河区体育东路138号金利来大厦2306房]]可以吗",
    "从[[青年路12号]]搬到[[东风路88号]]，宽带怎么移机",
    "老家在[[湖南省邵阳市隆回县滩头镇狮子村7组]]，快递只能到镇上",
    "[[内蒙古自治区锡林郭勒盟西乌珠穆沁旗巴拉嘎尔高勒镇罕乌拉街12号]]的牧民",
    "[[呼伦贝尔市陈巴尔虎旗呼和诺尔镇哈腾胡硕嘎查]]的草场补贴没到账",
    "门店：[[建国路与西大望路交叉口东南角]]",
    "我在[[中山路52号沃尔玛超市对面]]，很好找",
    "送货到[[龙湖花千树7-2-301]]",
    "[[北京市朝阳区建国门外大街1号（国贸大厦）A座3层]]",
    "收货地址: [[江西省-南昌市-红谷滩区-丰和中大道1198号-中航国际广场-2栋-1503]]",
    "[[海南省三亚市吉阳区迎宾路165号，中铁置业广场20层]]，谢谢",
    "通信地址：[[辽宁省丹东市振兴区97号信箱]]",
    "[[香港九龍旺角彌敦道688號旺角中心12樓1205室]]，請於上午派送",
    "我住[[澳門南灣大馬路517號南通商業大廈9樓B座]]",
    "地址：[[台北市信義區忠孝東路五段68號12樓之3]]",
    "Please deliver to [[No.12 Renmin Rd, Chaoyang District]], thanks",
    "ship to: [[Flat B, 12/F, 88 Queens Road Central, Hong Kong]]",
    "[[广东省深圳市福田区\n福华三路88号时代财富大厦49楼]]",
    "[[福州市鼓楼区五四路137号信和广\n场1502室]]，周一到周五收货",
    "收件地址：\n[[北京市通州区新华西街60号院\n万达广场A座805]]\n电话：13800138000",
    "收件人王小明 13800138000 [[湖北省武汉市洪山区珞喻路1037号紫菘公寓9栋413室]]",
    "[[上海市浦东新区张杨路1458弄7号602室]] 李雷 收",
]

MISSES = [
    "我在北京市朝阳区",
    "天安门广场人很多",
    "地铁3号线到站了",
    "坐14路公交车",
    "订单号20261121000012号查一下",
    "他说5栋那边有人",
    "收货地址可以修改吗",
    "地址：http://t.cn/abc123",
    "服务器地址为10.0.0.1:8080",
    "例如：某某路某某号",
    "上海市公安局发布通告",
    "The Road to Hell, chapter 3",
    "水浒无间道09",
    "",
]


@pytest.mark.parametrize("marked", HITS)
def test_bounds(marked: str) -> None:
    pieces = MARKED.split(marked)
    hits = find("".join(pieces))
    text = "".join(pieces)
    assert [text[hit.start : hit.end] for hit in hits] == pieces[1::2]
    assert all(hit.entity_type == "ADDRESS" and hit.score >= 0.5 and hit.reasons for hit in hits)


@pytest.mark.parametrize("text", MISSES)
def test_nothing(text: str) -> None:
    assert find(text) == []


def test_column() -> None:
    cells = ["无", "幸福里3区4-2-101", "上海市浦东新区", "深圳南山区科技园深圳湾1号T7座", "同上"]
    text = CELL_BREAK.join(cells)
    found = [text[hit.start : hit.end] for hit in find(text, header="收货地址")]
    assert found == [cells[1], cells[3]]


@pytest.mark.parametrize("header", ["IP地址", "邮箱地址", "MAC address", "姓名"])
def test_other_columns(header: str) -> None:
    assert find("a1-b2\x1f幸福里", header=header) == []


def test_addresses_of_two_lines_stay_apart() -> None:
    lines = ["杭州市西湖区文三路90号", "南京市鼓楼区中山北路105号"]
    text = "\n".join(lines)
    assert [text[hit.start : hit.end] for hit in find(text)] == lines
