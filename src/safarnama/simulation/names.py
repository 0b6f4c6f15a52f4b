"""Given and family names, in Persian letters and as people spell them in an e-mail address."""

from __future__ import annotations

_WOMEN = """مریم maryam · زهرا zahra · فاطمه fatemeh · سارا sara · نرگس narges · الهام elham ·
نگار negar · مینا mina · شیرین shirin · لیلا leila · پریسا parisa · مهسا mahsa ·
نازنین nazanin · سمیرا samira · آیدا aida · ریحانه reyhaneh · هانیه hanieh · یگانه yeganeh ·
شبنم shabnam · معصومه masoumeh · سحر sahar · بهاره bahareh · ندا neda · ترانه taraneh ·
پگاه pegah · فرزانه farzaneh · مهناز mahnaz · طاهره tahereh · گلناز golnaz · رویا roya ·
نیلوفر niloofar · کیمیا kimia · هستی hasti · آرزو arezoo · سپیده sepideh · ملیکا melika ·
ژاله zhaleh · اکرم akram · سوگند sogand · پروین parvin"""
_MEN = """علی ali · محمد mohammad · رضا reza · حسین hossein · مهدی mehdi · امیر amir · سعید saeed ·
حمید hamid · بهرام bahram · کاوه kaveh · آرش arash · سینا sina · نیما nima · پویا pouya ·
فرهاد farhad · کامران kamran · ایمان iman · یاسر yaser · مجید majid · وحید vahid ·
احسان ehsan · شایان shayan · بابک babak · داریوش dariush · پیمان peyman · مصطفی mostafa ·
ابراهیم ebrahim · جواد javad · سامان saman · میلاد milad · عرفان erfan · پارسا parsa ·
مازیار maziar · خسرو khosrow · ناصر naser · هومن hooman · یونس younes · سهراب sohrab ·
امید omid · رامین ramin"""
_FAMILIES = """احمدی ahmadi · محمدی mohammadi · حسینی hosseini · کریمی karimi · رضایی rezaei ·
موسوی mousavi · جعفری jafari · رحیمی rahimi · هاشمی hashemi · صادقی sadeghi · نوری nouri ·
شریفی sharifi · قاسمی ghasemi · مرادی moradi · اکبری akbari · یوسفی yousefi ·
ابراهیمی ebrahimi · سلیمانی soleimani · رستمی rostami · کاظمی kazemi · میرزایی mirzaei ·
نجفی najafi · طاهری taheri · عباسی abbasi · بهرامی bahrami · فرهادی farhadi · زمانی zamani ·
امیری amiri · باقری bagheri · حیدری heydari · شفیعی shafiei · توکلی tavakoli · ملکی maleki ·
جلالی jalali · پورحسین pourhossein · غلامی gholami · اسدی asadi · خسروی khosravi ·
نظری nazari · فلاح fallah · دهقان dehghan · صالحی salehi · یزدانی yazdani · کیانی kiani ·
منصوری mansouri · افشار afshar · بیات bayat · پناهی panahi · تهرانی tehrani · شیرازی shirazi ·
زارعی zarei · گودرزی goudarzi · رنجبر ranjbar · سعادت saadat · فراهانی farahani ·
قنبری ghanbari · لطفی lotfi · مقدم moghaddam · وکیلی vakili · همتی hemmati"""


def _pairs(words: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.split()[0], pair.split()[1]) for pair in words.split("·"))


# Women first, then men; GIVEN[WOMEN:] are the men.
GIVEN = _pairs(_WOMEN) + _pairs(_MEN)
WOMEN = len(_pairs(_WOMEN))
FAMILIES = _pairs(_FAMILIES)
