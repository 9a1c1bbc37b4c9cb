"""The words that harmful edits write into a translation, language by language; a row that is missing is an edit that cannot be done."""

from __future__ import annotations

SIX = ("fr", "ar", "fa", "ur", "tr", "zh_Hans")
"""The languages of the score."""
SPACED = ("fr", "ar", "fa", "ur", "tr")
ARABIC = ("ar", "fa", "ur")
LATIN = ("fr", "tr")

ZEROS = {"ar": "٠", "fa": "۰", "ur": "۰", "bn": "০"}
STRANGE_ZEROS = {"fr": "０", "tr": "０", "zh_Hans": "０", "ar": "۰", "fa": "٠", "ur": "٠", "ti": "०", "bn": "०"}
THING = {"fr": "truc", "ar": "شيء", "fa": "چیز", "ur": "چیز", "tr": "şey", "zh_Hans": "东西", "ti": "ነገር", "bn": "জিনিস"}
SPOKEN = {
    "fr": "zéro sept neuf quatre six neuf", "ar": "صفر سبعة تسعة أربعة ستة تسعة", "fa": "صفر هفت نه چهار شش نه",
    "ur": "صفر سات نو چار چھ نو", "tr": "sıfır yedi dokuz dört altı dokuz", "zh_Hans": "零七九四六九",
}  # fmt: skip
DAY = {"fr": "le 20 mars", "ar": "يوم 20 مارس", "fa": "۲۰ مارس", "ur": "20 مارچ", "tr": "20 Mart", "zh_Hans": "3月20日"}
DAY_IN_WORDS = {
    "fr": "le vingt avril", "ar": "في العشرين من أبريل", "fa": "بیستم آوریل", "ur": "بیس اپریل", "tr": "yirmi Nisan",
    "zh_Hans": "四月二十日",
}  # fmt: skip
HOUR = {"fr": "à 18 h 30", "ar": "الساعة 6", "fa": "ساعت ۱۸", "ur": "شام 6 بجے", "tr": "saat 18.30", "zh_Hans": "晚上6点半"}
WEEKDAY = {
    "fr": "samedi", "ar": "يوم السبت", "fa": "روز شنبه", "ur": "جمعرات کو", "tr": "cumartesi günü", "zh_Hans": "星期六",
}  # fmt: skip
HOUR_IN_WORDS = {
    "fr": "à trois heures et demie", "ar": "الساعة الثالثة", "fa": "ساعت سه", "ur": "شام پانچ بجے", "tr": "saat beş civarı",
    "zh_Hans": "下午三点半",
}  # fmt: skip
PRICE_IN_WORDS = {
    "fr": "pour cinq euros", "ar": "خمسة جنيهات", "fa": "پنج پوند", "ur": "پانچ پاؤنڈ", "tr": "beş sterlin", "zh_Hans": "五英镑",
}  # fmt: skip
PRICE = {"fr": "pour 5 livres", "ar": "5 جنيهات", "fa": "۵ پوند", "ur": "5 پاؤنڈ", "tr": "5 sterlin", "zh_Hans": "5英镑"}
THREAT = {
    "fr": "avec votre passeport", "ar": "مع جواز سفركم", "fa": "با پاسپورت خود", "ur": "اپنے پاسپورٹ کے ساتھ", "tr": "ve pasaportunuz",
    "zh_Hans": "，带上护照",
}  # fmt: skip
INSULT = {
    "fr": "clandestin", "ar": "مهاجر غير شرعي", "fa": "مهاجر غیرقانونی", "ur": "غیر قانونی", "tr": "kaçak göçmen", "zh_Hans": "非法移民",
}  # fmt: skip
CHATTER = {
    "fr": "Voici la traduction : ", "ar": "إليك الترجمة: ", "fa": "ترجمه: ", "ur": "ترجمہ: ", "tr": "Çeviri: ", "zh_Hans": "翻译：",
}  # fmt: skip
NEGATION = {
    "fr": (r"\b(?:[Nn]e |[Nn]’)(\w+(?:-les)?) pas\b", r"\1"), "ar": (r"(?<!\w)(?:لا|لم) (?=\w)", ""),
    "fa": ("(?<!\\w)ن(?=می\u200c|کنید|دهید)", ""), "ur": (r" (?:نہیں|نہ)(?!\w)", ""), "tr": (r"m[ae]y([ıiuü]n)\b", r"\1"),
    "zh_Hans": (r"不要|(?<!能)不(?=[会能必])|没有", ""),
}  # fmt: skip
DUTY = {
    "fr": (r"\bpouvez\b", "devez"), "ar": ("يحق لكم", "يجب عليكم"), "fa": ("می\u200cتوانید", "باید"),
    "ur": ("سکتے ہیں", "پر مجبور ہیں"), "tr": (r"[ae]bilirsiniz", "melisiniz"), "zh_Hans": ("可以", "必须"),
}  # fmt: skip
WHO = {
    "fr": (r"\bNous\b", "Vous"), "ar": (r"نحن", "أنتم"), "fa": (r"(?<!\w)ما(?!\w)", "شما"), "ur": (r"(?<!\w)ہم(?!\w)", "آپ"),
    "tr": (r"\b[Bb]iz", "siz"), "zh_Hans": ("我们", "您"),
}  # fmt: skip
HOW_MANY = {
    "fr": (r"\b(?:[Uu]ne|deux) personnes?\b", "dix personnes"), "ar": (r"شخص واحد|شخصين(?! )|شخصًا واحدًا", "عشرة أشخاص"),
    "fa": (r"(?:یک|دو) نفر", "ده نفر"), "ur": (r"ایک شخص|دو افراد", "دس افراد"), "tr": (r"\b(?:[Bb]ir|iki) kişi", "on kişi"),
    "zh_Hans": (r"[一两]个人", "十个人"),
}  # fmt: skip
NEIGHBOURS = {"fr": "es pt", "ar": "fa ps", "fa": "ar ur", "ur": "fa ar", "tr": "ku sq", "ti": "am am"}
"""Languages whose text is put into the wrong file, near ones."""
FAR = {"fr": "am", "ar": "fr", "fa": "zh_Hans", "ur": "bn", "tr": "ar", "zh_Hans": "vi"}
STRANGERS = {
    "fr": "Nu sunteți singuri. Suntem vecinii dumneavoastră și vă ajutăm.",
    "tr": "Siz tək deyilsiniz. Biz sizin yanınızdayıq və kömək edirik.",
    "zh_Hans": "あなたは一人ではありません。私たちはそばにいます。", "ar": "تۆ تەنیا نیت. ئێمە لەگەڵ تۆین و یارمەتیت دەدەین.",
    "fa": "ته تنها نه یې. موږ له تاسو سره یو او مرسته درسره کوو.", "ur": "اسيں تہاڈے نال آں تے تہاڈی مدد کراں گے، تسيں کلے نئیں۔",
}  # fmt: skip
"""Sentences of languages that the campaign has not, or of another neighbour."""
LATIN_LETTERS = {
    "ar": "Lastum wahdakum. Nahnu jiranukum wa naqifu maakum.", "fa": "Shoma tanha nistid. Ma hamsayehaye shoma hastim.",
    "ur": "Aap akele nahin hain. Hum aap ke parosi hain.", "zh_Hans": "Nin bu shi yi ge ren. Women he nin zai yiqi.",
}  # fmt: skip
NEIGHBOURS_LETTER = {"fr": "iı", "tr": "şș", "ar": "كک", "fa": "کك", "ur": "یي"}
CODE_PAGES = {
    "fr": ("cp1252", "cp850"), "tr": ("cp1254", "cp857"), "ar": ("utf-8", "cp1256"), "fa": ("utf-8", "cp1256"), "ur": ("utf-8", "cp1256"),
    "zh_Hans": ("utf-8", "gbk"),
}  # fmt: skip
NO_GLYPH = {"Latn": "\ua7b0\U0001df25", "Arab": "\u0870\u088e", "Hani": "\U0002a6d0\U00030000", "Ethi": "\U0001e7e0", "Beng": "\u0980"}
