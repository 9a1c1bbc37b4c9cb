"""How many words of a leaflet a reader of its PDF finds again: what is measured, and sample sentences of other languages.

A word is a run of letters, marks and digits, normalised (NFKC, as both readers do when they search), without joiners and
direction marks. Where words are not parted by spaces, what stands between marks and spaces counts as one.
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable
from html import escape
from pathlib import Path

from generator.campaign.shipped_sheets import SHIPPED_SHEETS
from generator.editions.jobs import EditionJob
from generator.layout.expected import Expected
from generator.model import Language

SAMPLES = {
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है।",
    "ne": "सबै व्यक्तिहरू जन्मजात स्वतन्त्र हुन् र तिनीहरूको समान अधिकार र महत्व छ। निजहरूले आपसमा भ्रातृत्वको भावनाबाट व्यवहार गर्नु पर्छ।",
    "te": "ప్రతిపత్తిస్వత్వముల విషయమున మానవులెల్లరును జన్మతః స్వతంత్రులును సమానులును నగుదురు. వారు పరస్పరము భ్రాతృభావముతో వర్తింపవలయును.",
    "ml": "മനുഷ്യരെല്ലാവരും തുല്യാവകാശങ്ങളോടും അന്തസ്സോടും സ്വാതന്ത്ര്യത്തോടുംകൂടി ജനിച്ചിട്ടുള്ളവരാണ്. അന്യോന്യം ഭ്രാതൃഭാവത്തോടെ പെരുമാറുക.",
    "gu": "પ્રતિષ્ઠા અને અધિકારોની દૃષ્ટિએ સર્વ માનવો જન્મથી સ્વતંત્ર અને સમાન હોય છે. તેમણે પરસ્પર બંધુત્વની ભાવનાથી વર્તવું જોઇએ.",
    "si": "සියලු මනුෂ්‍යයෝ නිදහස්ව උපත ලබා ඇත. ගරුත්වයෙන් හා අයිතිවාසිකම්වලින් සමාන වෙති. හෘදය සාක්ෂියෙන් යුත් ඔවුන් සහෝදරත්වයෙන් සැලකිය යුතුය.",
    "my": "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။",
    "km": "មនុស្ស\u200bទាំង\u200bអស់\u200bកើត\u200bមក\u200bមាន\u200bសេរីភាព និង\u200bសមភាព\u200bក្នុង\u200bផ្នែក\u200bសេចក្ដី\u200bថ្លៃថ្នូរ.",
    "th": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ ต่างมีเหตุผลและมโนธรรม น้ำ กำลัง ทำ คำว่า ต้องปฏิบัติต่อกันด้วยเจตนารมณ์",
    "lo": "ມະນຸດ\u200bທຸກ\u200bຄົນ\u200bເກີດ\u200bມາ\u200bມີ\u200bກຽດສັກສີ ສິດທິ ເສລີພາບ ແລະ ຄວາມ\u200bສະເໝີພາບ\u200bເທົ່າ\u200bທຽມ\u200bກັນ. ນ້ຳ ຄຳ",
    "ug": "ھەممە ئادەم زانىدىنلا ئەركىن، ئىززەت ھۆرمەت ۋە ھوقۇقتا باپباراۋەر بولۇپ تۇغۇلغان.",
    "pnb": "سارے انسان آزاد تے حقوق تے عزت دے لحاظ نال برابر پیدا ہوندے نیں۔ ایہناں نوں عقل تے ضمیر دتا گیا اے، تے ایہ بھائی چارے نال رہن۔",
    "bal": "بلۆچی",
    "rhg": "𐴌𐴗𐴥𐴝𐴙𐴚𐴒𐴙𐴝",
    "ru": "Все люди рождаются свободными и равными в своём достоинстве и правах. Они наделены разумом и совестью.",
    "ka": "ყველა ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით.",
    "hy": "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։",
}
"""Article 1 of the Declaration of Human Rights, shortened, and words chosen for letters that break apart."""


def sample_job(language: Language) -> EditionJob:
    """Return a page with the sample of a language, ready to be drawn and proved."""
    text = SAMPLES[language.code]
    head = f'<html lang="{language.tag}" dir="{language.direction}"><title>Sample</title><body class="sheet-a5">'
    html = f"{head}<h1>{escape(text)}</h1><p>{escape(text)}</p>"
    expected = Expected((text, text), (), (), (), "Sample", language.tag, (text,))
    return EditionJob(language.code, html, language, SHIPPED_SHEETS["a5"], expected)


def tokens(text: str) -> list[str]:
    """Return the words of a text."""
    shown = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in shown).split()


def recall(texts: Iterable[str], extracted: str, language: Language) -> float:
    """Return the share of the words of `texts`, 0 to 1, that stand in the text which a reader took out of the PDF."""
    wanted = Counter(word for text in texts for word in tokens(text))
    if language.spaced:
        return (wanted & Counter(tokens(extracted))).total() / wanted.total()
    flat = "".join(tokens(extracted))
    return sum(min(times, flat.count(word)) for word, times in wanted.items()) / wanted.total()


def pdfium_text(pdf: bytes) -> str:
    """Return the text that PDFium, and so Chrome and most telephones, take out of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def poppler_text(pdf: bytes, folder: Path) -> str:
    """Return the text that poppler, and so most viewers on Linux, take out of a PDF."""
    (folder / "page.pdf").write_bytes(pdf)
    return subprocess.run(["pdftotext", "-q", str(folder / "page.pdf"), "-"], capture_output=True, text=True, check=True).stdout
