"""No phone number, link, e-mail address, date, time, price or postcode typed into a sentence."""

import re

from generator.base.literals import EMERGENCY_KIND, literal_facts
from generator.checks import Findings, Rule, Subject


@Rule(
    why="A number in a sentence can be mistyped in one language and is missed when it changes; "
    "facts are data.",
    hint="put it into facts.yaml and write its name in braces",
    passes=(
        ("en", "Call {line}.", "Call {line}."),
        ("fr", "Calls 2 people.", "Appelle 2 personnes."),
        ("tr", "3 things", "3 şey"),
        (
            "es",
            "More than 20,000 people, 3 in 4 of us.",
            "Más de 20.000 personas, 3 de cada 4 de nosotros.",
        ),
        ("ar", "Day and night. Free.", "ليلًا ونهارًا. مجانًا."),
        ("vi", "It is free, e.g. for you.", "Miễn phí, v.v. cho bạn."),
        ("fr", "Wait… then come.", "Attendez...puis venez. Il y a un point net."),
        ("zh_Hans", "In 2 months", "2个月后"),
        ("zh_Hans", "One or two months, in the first month", "一二个月，一个月，一月"),
        ("fr", "One, two or three people", "Un, deux, trois ou quatre personnes"),
        ("es", "Pages 0, 90, 180 and 270", "Páginas 0, 90, 180, 270"),
        ("fr", "Call 0117 496 0123.", "Appelez le 0117-496-0123."),
        (
            "en",
            "Room 101, 12 Station Road. In 20 days, 2 weeks, 24 hours, 24/7; "
            "section 95, Article 3, age 18",
            "",
        ),
        (
            "en",
            "You may march. 3 to 5 people, ten to twelve children, from 1 to 5. "
            "A quarter of us, 1/2 a cup, 1.5 metres.",
            "",
        ),
        (
            "en",
            "Bring five pounds of rice. Answer on the 3rd floor. Take two in the morning. "
            "Wait five minutes.",
            "",
        ),
        ("en", "Choose between 9 and 5 people. It is open to 3 people.", ""),
        ("fr", "Go to room 101.", "Allez à la salle 101. À trois, deux heures suffisent."),
        ("tr", "Wait three hours.", "Üç saat bekleyin."),
        ("vi", "Two tables", "Hai bảng"),
        ("zh_Hans", "Three suggestions", "三点建议"),
        ("fa", "Call 0117 496 0123.", "با ۰۱۱۷۴۹۶۰۱۲۳ تماس بگیرید."),
    ),
    fails=(
        ("en", "Call 0808 801 0503.", "Call 0808 801 0503."),
        ("ar", "Call {line}.", "اتصلوا ٠٨٠٨٨٠١٠٥٠٣ أو {line}."),
        ("ar", "Call 0117 496 0123.", "اتصلوا بالرقم ٠١١٧ ٤٩٦ ٠١٣٢."),
        ("fr", "Call {line}.", "Appelez {line} ou le 999."),
        ("fr", "Call {line}.", "Appelez {line} ou le 9-9-9."),
        ("fr", "Call {line}.", "{line} : 0117 <b>496</b> 0123"),
        ("fr", "Call {line}.", "{line} : 01\u200b17\u00ad496\u200e0123"),
        ("zh_Hans", "Call {line}.", "请拨打{line}或０１１７－４９６－０１２３。"),
        ("fr", "Call {line}.", "{line}, 07.70.09.00.12"),
        ("fr", "Call {line}.", "{line} (+44) 117/496/0123"),
        ("bn", "Call {line}.", "{line} বা ০১১৭ ৪৯৬ ০১২৩ নম্বরে ফোন করুন।"),
        ("fr", "Call {line}.", "{line}, zéro sept neuf quatre six neuf"),
        ("ar", "Call {line}.", "{line} صفر سبعة تسعة أربعة ستة تسعة"),
        ("pa", "Call {line}.", "{line} ਸਿਫ਼ਰ ਸੱਤ ਨੌਂ ਚਾਰ ਛੇ ਨੌਂ"),
        ("zh_Hans", "Call {line}.", "{line}零七九四六九"),
        ("zh_Hans", "Come.", "四月二十日请来。"),
        ("fr", "See {web}.", "Voir {web} ou exemple.org."),
        ("fr", "See {web}.", "Voir {web} ou bit.ly/3x."),
        ("zh_Hans", "See {web}.", "请看{web}或example.solidarity网站。"),
        ("fr", "See {web}.", "Voir {web} ou aide.solidaire."),
        ("fr", "See {web}.", "Voir {web} ou hxxps://exemple"),
        ("fr", "See {web}.", "Voir {web} ou exemple point com."),
        ("es", "See {web}.", "Vea {web} o ejemplo (punto) org."),
        ("uk", "See {web}.", "Дивіться {web} або допомога.укр."),
        ("zh_Hans", "See {web}.", "请看{web}或www。example。com。"),
        ("es", "Write to {mail}.", "Escriba a {mail} o a@b.es."),
        ("es", "Write to {mail}.", "Escriba a {mail} o ayuda＠ejemplo"),
        ("es", "Write to {mail}.", "Escriba a {mail} o ayuda [at] ejemplo."),
        ("en", "On 20/03/2027", "On 20/03/2027"),
        ("fr", "Come.", "Venez le 20.3.27."),
        ("zh_Hans", "Come.", "3月20日请来。"),
        ("en", "At 18:00", "At 18:00"),
        ("fr", "Come.", "Venez à 18 h 30."),
        ("en", "Come at 6 pm.", "Come at 6 pm."),
        ("ar", "Come.", "تعالوا الساعة ٦."),
        ("en", "It costs £5.", "It costs £5."),
        ("tr", "It is free.", "5 sterlin."),
        ("fa", "It is free.", "۵ پوند."),
        ("en", "Come to BS1 4ST.", "Come to BS1 4ST."),
        ("en", "Come on 01/05.", ""),
        ("en", "Come on 1/5.", ""),
        ("en", "Come on 1.5.", ""),
        ("en", "Come on Nov 20.", ""),
        ("en", "Come on the 3rd.", ""),
        ("en", "We meet in November.", ""),
        ("en", "Come at half past three.", ""),
        ("en", "Come at quarter to five.", ""),
        ("en", "Come at ten to six.", ""),
        ("en", "Come at three o’clock.", ""),
        ("en", "Come at seven pm.", ""),
        ("en", "Come at noon.", ""),
        ("en", "Open 9 to 5.", ""),
        ("en", "Call between 9 and 5.", ""),
        ("en", "It costs 50 cents.", ""),
        ("en", "It costs five pounds.", ""),
        ("en", "It costs twenty-five pence.", ""),
        ("fr", "Come.", "Venez à trois heures et demie."),
        ("es", "Come.", "Vengan a las cinco."),
        ("ar", "Come.", "تعالوا الساعة الثالثة."),
        ("fa", "Come.", "ساعت سه بیایید."),
        ("ur", "Come.", "تین بجے آئیں۔"),
        ("tr", "Come.", "Saat üçte gelin. Saat üç."),
        ("zh_Hans", "Come.", "下午三点请来。"),
        ("fr", "It is free.", "Cinq euros."),
        ("ur", "It is free.", "پانچ پاؤنڈ"),
        ("zh_Hans", "It is free.", "五英镑"),
    ),
    on="both",
)
def literal_fact(subject: Subject) -> Findings:
    """Does the sentence type out what belongs into the facts?"""
    known: set[tuple[str, str]] = set()
    if not subject.is_source:
        known |= {(kind, core) for kind, _, core in literal_facts(subject.msgid)}
        known |= {(EMERGENCY_KIND, number) for number in re.findall(r"\d+", subject.msgid)}
    seen = set()
    for kind, words, core in literal_facts(subject.msgstr):
        if (kind, core) not in known and kind not in seen:
            seen.add(kind)
            yield f"{kind} stands in the text: {words!r}"
