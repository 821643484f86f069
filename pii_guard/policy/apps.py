"""Categories of apps and what they need: the 39 categories of
常见类型移动互联网应用程序必要个人信息范围规定 (2021).

The necessary information follows the regulation (read in full); which permission serves which kind of
information is this project's inference, not a legal list.
"""

from __future__ import annotations

import re

from pii_guard.errors import UsageError
from pii_guard.patterns import lazy

# category: words that name it | kinds of information its basic function may ask a permission for
_TABLE = """
地图导航|导航 地图|location
网络约车|打车 约车 网约车 出租车|location
即时通信|聊天 即时通信 通讯软件|
网络社区|社区 论坛 博客|
网络支付|钱包 支付|image
网上购物|购物 商城 电商 团购|address
餐饮外卖|外卖 订餐|address
邮件快件寄递|快递 寄件|address
交通票务|火车票 机票 订票 车票|
婚恋相亲|相亲 婚恋 交友|
求职招聘|招聘 求职|
网络借贷|借贷 网贷 贷款 借钱 借款|
房屋租售|租房 房产|
二手车交易|二手车|
问诊挂号|挂号 问诊 医院|
旅游服务|旅游|
酒店服务|酒店 民宿|
网络游戏|游戏|
学习教育|学习 教育 背单词 搜题 课堂|
本地生活|家政 维修 二手闲置|address
女性健康|经期 备孕 美体|
用车服务|单车 租车 共享汽车|location image
投资理财|理财 股票 基金 证券|image
手机银行|手机银行 银行|image
邮箱云盘|邮箱 云盘 网盘|
远程会议|会议|image audio
网络直播|直播|
在线影音|音乐 视频播放 影音 k歌|
短视频|短视频|
新闻资讯|新闻 资讯|
运动健身|健身 跑步 运动|
浏览器|浏览器|
输入法|输入法 键盘|
安全管理|杀毒 安全管家 手机管家|
电子图书|小说 阅读 电子书|
拍摄美化|相机 美颜 滤镜 拍照|image
应用商店|应用商店 应用市场|
实用工具|手电筒 日历 天气 词典 计算器 遥控器 指南针 闹钟 壁纸 录音 记事 记账 便签 清理 扫描 万年历 文件管理 翻译|
演出票务|演出 演唱会|
"""
CATEGORIES: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    name: (tuple(words.split()), frozenset(allowed.split()))
    for name, words, allowed in (line.split("|") for line in _TABLE.strip().splitlines())
}
PERMISSIONS = {
    "contacts": "read_contacts write_contacts get_accounts nscontactsusagedescription choosecontact addphonecontact contactscontract",
    "sms": "read_sms receive_sms send_sms read_messages receive_mms content://sms",
    "call_log": "read_call_log write_call_log process_outgoing_calls calllog.calls",
    "device": "read_phone_state read_privileged_phone_state getdeviceid getimei getsubscriberid query_all_packages "
    "getinstalledpackages app_tracking_consent nsusertrackingusagedescription getrunningappprocesses",
    "location": "access_fine_location access_coarse_location access_background_location nslocationwheninuseusagedescription "
    "nslocationalwaysandwheninuseusagedescription nslocationalwaysusagedescription permission.location "
    "location_in_background approximately_location getlocation getfuzzylocation chooselocation choosepoi startlocationupdate onlocationchange",
    "address": "chooseaddress",
    "track": "access_background_location nslocationalways location_in_background startlocationupdatebackground",
    "audio": "record_audio nsmicrophoneusagedescription permission.microphone startrecord nsspeechrecognitionusagedescription",
    "image": "android.permission.camera nscamerausagedescription permission.camera",
    "media": "read_external_storage manage_external_storage read_media_images nsphotolibraryusagedescription read_imagevideo",
    "health": "body_sensors activity_recognition nshealthshareusagedescription read_health_data activity_motion getwerundata",
    "calendar": "read_calendar write_calendar nscalendarsusagedescription",
    "screen": "bind_accessibility_service system_alert_window package_usage_stats",
    "clipboard": "getclipboarddata getprimaryclip clipboardmanager",
    "biometric": "nsfaceidusagedescription startsoterauthentication checkissupportfacialrecognition",
}
_PERMISSION = {
    kind: lazy("|".join(re.escape(word) for word in words.split()))
    for kind, words in PERMISSIONS.items()
}
RED = frozenset(
    ("contacts", "sms", "call_log", "track", "screen")
)  # next to no category needs these for its basic function


def check_category(name: str) -> None:
    """Raise UsageError, which lists the categories, for a name that is none of them; empty is none given."""
    if name and name not in CATEGORIES:
        raise UsageError(f"未知的应用类别 (unknown app category): {name}；可用 (known): {'、'.join(CATEGORIES)}")


def asked(folded: str) -> frozenset[str]:
    """Kinds of information whose permissions or interfaces the text names."""
    return frozenset(kind for kind, pattern in _PERMISSION.items() if pattern.search(folded))


def spelled(text: str, folded: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """The permissions or interfaces of these kinds as the text spells them.

    >>> spelled("android.permission.READ_SMS", "android.permission.read_sms", frozenset(("sms",)))
    ('READ_SMS',)
    """
    spans = sorted({match.span() for kind in kinds for match in _PERMISSION[kind].finditer(folded)})
    return tuple(dict.fromkeys(text[start:end].rpartition(".")[2] for start, end in spans))


def category_of(folded: str) -> str | None:
    """The category that the text itself speaks of, by the first word that names one."""
    places = [
        (at, name)
        for name, (words, _) in CATEGORIES.items()
        for word in words
        if 0 <= (at := folded.find(word)) < 4000
    ]
    return min(places)[1] if places else None


def excess(kinds: frozenset[str], category: str | None) -> frozenset[str]:
    """What of the kinds the category does not need; without a category only what next to none needs."""
    name = next((n for n in CATEGORIES if category and (n in category or category in n)), None)
    return kinds - CATEGORIES[name][1] - {"media", "image"} if name else kinds & RED
