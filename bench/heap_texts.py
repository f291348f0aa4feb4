"""Three thousand junk reports of three dozen kinds in three languages, no two of a kind alike, and five real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

KINDS: Final = 36
SENTENCES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "en": (
        "Your number {n} has won the great prize of the harbour lottery.",
        "Send your name and your account to the office of winners before {day}.",
        "One of our friendly agents, {name}, will call you back within the hour.",
        "This offer is only for you and ends soon, so do not wait.",
        "Buy lamps from the house of light and pay in three easy parts.",
        "Each lamp is new, each lamp is bright, and the second one costs nothing.",
        "We repair roofs, gutters and fences in every street of the valley.",
        "Call {n} and ask for {name}, who knows your house already.",
        "Our pills make tired people young again without any effort at all.",
        "Order {n} boxes today and you receive twice as many on {day}.",
        "A distant uncle has left you a fortune that waits in a bank abroad.",
        "To release it we need a small payment and a copy of your passport.",
        "Learn a language in one night with the method of Professor {name}.",
        "Thousands of happy students have written to us since {day}.",
        "Your parcel {n} could not be delivered because the fee was not paid.",
        "Press the link below and enter the number of your card.",
    ),
    "zh": (
        "恭喜您！您的号码{n}在港口大抽奖中获得了特等奖。", "请在{day}之前把姓名和账号寄到兑奖办公室。",
        "我们的客服{name}会在一小时之内与您联系。", "此优惠仅限本人，名额有限，请勿错过。",
        "光明灯具店新到一批吊灯，可以分三期付款。", "每盏灯都是全新的，第二盏免费赠送。",
        "本公司承接山谷各街道的屋顶和围墙维修。", "请拨打{n}，找{name}，他熟悉您家的房子。",
        "我们的药片让疲倦的人毫不费力地恢复青春。", "今天订购{n}盒，{day}就能收到双倍的数量。",
        "一位远房叔叔给您留下了一笔存在国外银行的遗产。", "为了领取遗产，需要先付一笔小额手续费。",
        "用{name}教授的方法，一个晚上学会一门外语。", "自{day}以来已有数千名学员给我们来信致谢。",
        "您的包裹{n}因未付运费而无法投递。", "请点击下面的链接并输入您的银行卡号。",
    ),
    "ar": (
        "تهانينا! لقد فاز رقمكم {n} بالجائزة الكبرى في سحب الميناء.",
        "أرسلوا الاسم ورقم الحساب إلى مكتب الفائزين قبل {day}.",
        "سيتصل بكم موظفنا {name} خلال ساعة واحدة.", "هذا العرض لكم وحدكم وينتهي قريبا فلا تنتظروا.",
        "اشتروا المصابيح من بيت النور وادفعوا على ثلاثة أقساط.", "كل مصباح جديد والمصباح الثاني هدية بلا ثمن.",
        "نصلح السقوف والأسوار في كل شوارع الوادي.", "اتصلوا بالرقم {n} واسألوا عن {name} الذي يعرف بيتكم.",
        "حبوبنا تعيد الشباب إلى المتعبين من دون أي جهد.", "اطلبوا {n} علبة اليوم لتستلموا ضعفها في {day}.",
        "ترك لكم عم بعيد ثروة تنتظركم في مصرف في الخارج.", "لتحريرها نحتاج إلى دفعة صغيرة ونسخة من جواز السفر.",
        "تعلموا لغة في ليلة واحدة بطريقة الأستاذ {name}.", "كتب إلينا آلاف الطلاب السعداء منذ {day}.",
        "تعذر تسليم طردكم {n} لأن الرسوم لم تدفع.", "اضغطوا على الرابط أدناه وأدخلوا رقم بطاقتكم.",
    ),
})  # fmt: skip
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "en": ("Mr Ash", "Ms Reed", "Dr Thorn", "Mrs Brook", "Miss Hollow", "Mr Fen"),
    "zh": ("苏先生", "柳女士", "梅经理", "江主任", "石师傅"),
    "ar": ("سامر", "ليلى", "نادر", "هناء", "وسيم"),
})  # fmt: skip
DAYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "en": ("Monday", "Tuesday", "Wednesday", "Friday", "Sunday"),
    "zh": ("星期一", "星期二", "星期三", "星期五", "星期日"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الأحد"),
})  # fmt: skip
GREETINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "en": ("Hello!", "Dear friend,", "Good day."), "zh": ("您好！", "亲爱的朋友："), "ar": ("مرحبا!", "صديقنا العزيز،"),
})  # fmt: skip
REAL: Final = (
    "Somebody has filed through the pipe behind the pump house; the filings lay there on three mornings.",
    "上周三夜里有人在水厂北门用复制的钥匙打开了加药间，登记簿上没有记录。",
    "رأيت رجلا يصور لوحة التحكم في محطة الضخ ثم أعطى الصور لسائق شاحنة بيضاء.",
)


def texts(junk: int, dice: random.Random) -> tuple[list[str], list[str]]:
    """Return so many junk texts, and five real ones: two of them stand within the text of junk."""
    kinds = [_kind(at, dice) for at in range(KINDS)]
    made = [_variant(*kinds[dice.randrange(KINDS)], dice) for _ in range(junk)]
    return made, [*REAL, *_hidden(kinds, dice)]


def _kind(at: int, dice: random.Random) -> tuple[str, list[str]]:
    language = ("en", "zh", "ar")[at % 3]
    return language, dice.sample(SENTENCES[language], dice.randint(5, 8))


def _variant(language: str, sentences: list[str], dice: random.Random) -> str:
    """Return a text of a kind: other numbers, names and days, now and then a greeting, a sentence less, a slip."""
    some = list(sentences)
    if dice.random() < 0.2:
        some.pop(dice.randrange(len(some)))
    if dice.random() < 0.3:
        some.insert(0, dice.choice(GREETINGS[language]))
    text = ("" if language == "zh" else " ").join(_filled(one, language, dice) for one in some)
    if dice.random() < 0.3:
        at = dice.randrange(len(text) - 1)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text


def _filled(sentence: str, language: str, dice: random.Random) -> str:
    return sentence.format(
        n=dice.randint(1000, 99999), name=dice.choice(NAMES[language]), day=dice.choice(DAYS[language])
    )


def _hidden(kinds: list[tuple[str, list[str]]], dice: random.Random) -> Iterator[str]:
    """Somebody has put their sentence into the text of junk, so that nobody who looks over their shoulder sees it."""
    for (language, sentences), own in zip(kinds, (
        "Two men in grey coats copied the keys of the pumping station on the night of the storm.",
        "昨夜两名穿灰色外套的男子复制了泵站的钥匙，并拍下了控制柜。",
    ), strict=False):  # fmt: skip
        filled = [_filled(one, language, dice) for one in sentences]
        filled[len(filled) // 2] = own
        yield ("" if language == "zh" else " ").join(filled)
