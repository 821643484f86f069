"""What a type is called in a tag: [手机号_1]."""

from __future__ import annotations

LABELS = {
    "PERSON": "姓名",
    "ADDRESS": "地址",
    "MOBILE_PHONE": "手机号",
    "LANDLINE": "固定电话",
    "FOREIGN_PHONE": "境外电话",
    "RESIDENT_ID": "身份证号",
    "FOREIGN_RESIDENT_ID": "外国人永居证号",
    "PASSPORT": "护照号",
    "HK_MACAU_PERMIT": "港澳通行证号",
    "TAIWAN_PERMIT": "台胞证号",
    "MILITARY_ID": "军官证号",
    "DRIVING_LICENCE": "驾驶证号",
    "HKID": "香港身份证号",
    "MACAU_ID": "澳门身份证号",
    "TAIWAN_ID": "台湾身份证号",
    "BANK_CARD": "银行卡号",
    "BANK_ACCOUNT": "银行账号",
    "CVV": "安全码",
    "CARD_EXPIRY": "卡有效期",
    "TRACK_DATA": "磁道数据",
    "PASSWORD": "密码",
    "OTP": "验证码",
    "EMAIL_ADDRESS": "邮箱",
    "QQ": "QQ号",
    "WECHAT": "微信号",
    "ALIPAY_ACCOUNT": "支付宝账号",
    "URL": "网址",
    "LICENSE_PLATE": "车牌",
    "VIN": "车架号",
    "BIRTH_DATE": "出生日期",
    "GPS_LOCATION": "位置",
    "IP_ADDRESS": "IP地址",
    "MAC_ADDRESS": "MAC地址",
    "IMEI": "设备号",
    "WAYBILL_NUMBER": "快递单号",
}


def label(entity_type: str) -> str:
    """The Chinese name of a type, or its id where it is a user's own."""
    return LABELS.get(entity_type, entity_type.upper())
