"""Words by which names and accounts are found in what people write; data, no code."""

# What people say before their own name.
INTRODUCED = (
    "my name is|my name's|i am called|je m['’]appelle|mon (?:pré)?nom est|me llamo|mi nombre es"
    "|meu nome é|chamo-me|me chamo"
    "|benim adım|ismim|navê min|emri im është|quhem|më quajnë|magacaygu(?: waa)?"
    "|tên (?:của )?(?:tôi|em|mình) là|tôi tên(?: là)?"
    "|ich heiße|mein name ist|اسمي|إسمي|(?:نام|اسم) من|اسمم|نامم|میرا نام|زما نوم|ناوم"
    "|ਮੇਰਾ ਨਾ(?:ਂ|ਮ|ਮ੍ਹ)|আমার নাম|என் பெயர்|எனது பெயர்|ስመይ|ሽመይ|ስሜ|мене звати|меня зовут"
)
# Labels before a colon; the name after it begins with a capital letter.
NAME_FIELDS = "name|nom|prénom|nombre|nome|isim|nav|emri|magac|tên|имя|ім['’]?я"
# Words that are no name after a title, an introduction or an app.
ORDINARY = (
    "not|no|wrong|right|correct|missing|spelled|spelt|misspell?ed|misspelt|written|never|always"
    "|in|on|at|of|too|above|below|here|there|still"
    "|the|a|an|one|it|its|this|that|these|those|your|my|our|their|his|her|what|which|who|when"
    "|where|why|how|is|are|was|were|be|has|have|had"
    "|do|does|did|can|could|should|would|must|may|will|and|or|but|as|for|from|to|by|with|without"
    "|before|after|instead|also|only|just|sounds?"
    "|looks?|means?|needs?|reads?|stands?|seems?|word|words|english|please|see|leave|use|ok|okay"
    "|yes|good|bad|fine|check|fix|keep|remove|add"
    "|new|old|same|name|names|number|link|title|text|judge|doctor|president|minister|mayor"
    "|director|speaker"
    "|est|sont|n['’]est|pas|faux|fausse|juste|manque|et|ou|de|du|des|le|la|les|un|une|dans|sur"
    "|juge|président|présidente|ministre|maire"
    "|es|son|está|y|e|o|u|no|falta|falso|mal|bien|suena|parece|en|el|los|las|juez|jueza"
    "|presidente|presidenta|ministro|ministra|alcalde"
    "|alcaldesa|director|directora|é|são|soa|errado|certo|não|ou|em|juiz|juíza|ist|sind|und|oder"
    "|nicht|falsch|richtig|fehlt"
    "|yanlış|doğru|eksik|ve|veya|değil|kötü|iyi|şaşkirî|rast|û|është|gabim|dhe|là|và|sai|đúng"
    "|thiếu|khalad|waa|iyo"
    "|خطأ|خاطئ|خاطئة|غلط|صحيح|صحيحة|ناقص|ناقصة|مفقود|ليس|ليست|غير|و|أو|هو|هي|في|هنا|اشتباه|درست"
    "|نیست|است|هست|را|که|یا|هم|اینجا"
    "|حامله|باردار|محترم|محترمه|ها|های|دکتر|قاضی|وکیل|معلم|پرستار|غلطه|صحیح|سم|ناسم|نه|دی|ده|ہے"
    "|نہیں|ٹھیک|غلطی|هەڵەیە|ڕاستە"
    "|ਗਲਤ|ਸਹੀ|ਨਹੀਂ|ভুল|ঠিক|নয়|தவறு|சரி|ጌጋ|ስህተት|неправильно|правильно|нет|не|ні|это|це"
)
# Titles that stand before little else than names, so the name may be in small letters.
TITLES = "mr|mrs|mx|mister|missus|dr|mme|mlle|dra"
# Titles that stand before other words too: the name must begin with a capital letter, or be a
# common one.
TITLES_CAPITAL = (
    "[Mm]onsieur|MONSIEUR|M\\.|[Mm]adame|MADAME|[Ss]r(?:ta|a)?\\.|SR(?:TA|A)?\\."
    "|[Ss]eñor(?:a|ita)?|SEÑOR(?:A|ITA)?|[Ss]enhora?|SENHORA?"
    "|[Ss]ayın|SAYIN|[Zz]oti|[Zz]onja|[Zz]nj?\\.|[Mm]udane|[Mm]arwo|[Bb]irêz|[Xx]atûn|[Mm]iss"
    "|MISS|[Mm]s|MS|[Ss]ir|[Mm]adam|[Pp]rof|PROF"
    "|[Hh]err|HERR|[Ff]rau|FRAU|[Ss]heikh|[Ii]mam|[Uu]ncle|[Aa]untie|ông|bà|anh|chị|cô|adım|пан"
    "|пані|call me"
    "|[Ss]igned(?: by)?,?|SIGNED(?: BY)?,?"
)
# Names that many people have, for titles in small letters.
COMMON = (
    "smith|jones|taylor|williams|davies|evans|khan|ahmed|ali|hussain|hussein|hassan|begum|patel"
    "|singh|kaur|ibrahim|mohammed|muhammad|omar|yusuf"
    "|garcía|garcia|lópez|lopez|martínez|martinez|rodríguez|rodriguez|gonzález|gonzalez|hernández"
    "|hernandez|pérez|perez|sánchez|sanchez"
    "|ramírez|torres|flores|silva|santos|souza|sousa|oliveira|pereira|costa|dupont|durand|martin"
    "|bernard|dubois|moreau|laurent|traoré|diallo"
    "|müller|schmidt|schneider|fischer|weber|meyer|yılmaz|kaya|demir|şahin|çelik|nguyễn|nguyen"
    "|trần|phạm|hoxha|shehu"
)
# Titles in scripts without capitals.
TITLES_UNCASED = (
    "السيد|السيدة|الأستاذ|الأستاذة|الدكتور|الدكتورة|الشيخ|الشيخة|الحاج|آقای|جناب|مسٹر|مسز|محترمہ"
    "|ښاغلی|ښاغلي|مېرمن|اغلې|بەڕێز|کاک|خاتوو|خانم"
    "|ਸ੍ਰੀ|ਸ਼੍ਰੀ|ਸ੍ਰੀਮਤੀ|ਸ਼੍ਰੀਮਤੀ|ਸਰਦਾਰ|জনাব|জনাবা|বেগম|শ্রী|শ্রীমতী|திரு|திருமதி|செல்வி|ኣይተ|አቶ"
    "|ወይዘሮ|ወይዘሪት|ወ/ሮ"
)
# Turkish titles follow the name.
TITLES_AFTER = "bey|hanım|abla|abi|efendi"
NO_TURKS = "bir|iki|her|bu|şu|o|genç|hamile|yaşlı|bazı|sayın|hiçbir|kaç"
TURKS = (
    "ayşe|fatma|emine|hatice|zeynep|elif|meryem|leyla|sevgi|mehmet|mustafa|ahmet|ali|hüseyin"
    "|hasan|ibrahim|ismail|osman|yusuf|murat|ömer"
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟龙"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸顧龍"
)
APPS = (
    "telegram|whats\\s?app|instagram|insta|ig|facebook|fb|messenger|tiktok|snapchat|viber|wechat"
    "|discord|skype|微信|تلگرام|واتس ?اب|واتساپ"
)
# Providers that many people have their mail with.
MAILERS = "gmail|googlemail|hotmail|outlook|yahoo|icloud|protonmail|proton|riseup|posteo|gmx|aol"
# Ordinary words of four letters and more that are names, too.
ALSO_WORDS = (
    "hope|grace|rose|mark|will|summer|autumn|winter|spring|april|june|july|august|sunny|angel"
    "|faith|dawn|lily|amber|ruby|pearl"
    "|bill|frank|grant|chase|young|brown|white|black|green|grey|king|queen|bishop|cook|baker|page"
    "|reader|write|long|short"
    "|little|love|light|stone|wood|woods|river|rivers|hill|hills|lake|field|fields|street|house"
    "|home|church|hall|north|south"
    "|west|east|best|good|rich|poor|night|snow|frost|rain|bush|flower|flowers|gold|silver|price"
    "|bank|banks|cash|case|sharp"
    "|strong|bold|wise|swift|early|english|french|german|welsh|irish|friend|friends|nurse|doctor"
    "|carer|sister|brother|mother"
    "|father|please|from|with|they|them|this|that|what|when|name|phone|number|nobody|somebody"
    "|cruz|sole|mercy|peace|star|miles"
    "|wells|waters|parks|lord|guest|lane|lodge|gate|mill|esperanza|luz|dolores|alba|paz|umut"
    "|barış|deniz|güneş|çiçek|savaş"
    "|özgür|ışık|bahar|dilek|سلام|كريم|جميل|سعيد|سعید|امید|حياة|نرگس|بهار|رحمت|محبت|خالد|صابر"
    "|صادق|عادل|طاهر"
)
