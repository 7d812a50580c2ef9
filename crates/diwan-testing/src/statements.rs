//! Statements of bodies that do not exist, each in four languages, as many as are asked for: for tests of size.
//!
//! All are written from the same few sentences, as the statements of real bodies are; names, days and numbers tell one
//! from another. The same number gives the same text.

/// Syllables of names in Latin, Arabic and Persian letters.
const SYLLABLES: [(&str, &str, &str); 16] = [
    ("ba", "با", "با"),
    ("dor", "دور", "دور"),
    ("ri", "ري", "ری"),
    ("kan", "كان", "کان"),
    ("lu", "لو", "لو"),
    ("mar", "مار", "مار"),
    ("ni", "ني", "نی"),
    ("sal", "سال", "سال"),
    ("to", "تو", "تو"),
    ("zir", "زير", "زیر"),
    ("fa", "فا", "فا"),
    ("shi", "شي", "شی"),
    ("ran", "ران", "ران"),
    ("ve", "في", "وه"),
    ("mo", "مو", "مو"),
    ("tel", "تيل", "تل"),
];

/// Months in the four languages.
const MONTHS: [[&str; 4]; 12] = [
    ["January", "janvier", "يناير", "ژانویه"],
    ["February", "février", "فبراير", "فوریه"],
    ["March", "mars", "مارس", "مارس"],
    ["April", "avril", "أبريل", "آوریل"],
    ["May", "mai", "مايو", "مه"],
    ["June", "juin", "يونيو", "ژوئن"],
    ["July", "juillet", "يوليو", "ژوئیه"],
    ["August", "août", "أغسطس", "اوت"],
    ["September", "septembre", "سبتمبر", "سپتامبر"],
    ["October", "octobre", "أكتوبر", "اکتبر"],
    ["November", "novembre", "نوفمبر", "نوامبر"],
    ["December", "décembre", "ديسمبر", "دسامبر"],
];

/// Sentences in English, French, Arabic, Persian. `{p}` a person, `{c}` a country, `{t}` a town, `{n}` a number, `{d}` a day.
const SENTENCES: [[&str; 4]; 14] = [
    [
        "The ministers met in {t} on {d} at the invitation of {p}.",
        "Les ministres se sont réunis à {t} le {d} à l’invitation de {p}.",
        "اجتمع الوزراء في {t} في {d} بدعوة من {p}.",
        "وزیران در {d} در {t} به دعوت {p} گرد هم آمدند.",
    ],
    [
        "They welcomed the accession of {c} to the agreement on fisheries.",
        "Ils ont salué l’adhésion de {c} à l’accord sur la pêche.",
        "ورحبوا بانضمام {c} إلى اتفاق مصائد الأسماك.",
        "آنان از پیوستن {c} به توافق شیلات استقبال کردند.",
    ],
    [
        "Members pledged {n} million euros for the water of {c}.",
        "Les membres ont promis {n} millions d’euros pour l’eau de {c}.",
        "وتعهد الأعضاء بمبلغ {n} مليون يورو من أجل مياه {c}.",
        "اعضا {n} میلیون یورو برای آب {c} تعهد کردند.",
    ],
    [
        "The Council decided to send {n} observers to {t} before {d}.",
        "Le Conseil a décidé d’envoyer {n} observateurs à {t} avant le {d}.",
        "وقرر المجلس إرسال {n} مراقبا إلى {t} قبل {d}.",
        "شورا تصمیم گرفت {n} ناظر را پیش از {d} به {t} بفرستد.",
    ],
    [
        "They condemned the attack on the port of {t}, in which {n} persons were wounded.",
        "Ils ont condamné l’attaque du port de {t}, qui a fait {n} blessés.",
        "وأدانوا الهجوم على ميناء {t} الذي أصيب فيه {n} شخصا.",
        "آنان حمله به بندر {t} را که در آن {n} نفر زخمی شدند محکوم کردند.",
    ],
    [
        "{p} presented the report of the working group on health.",
        "{p} a présenté le rapport du groupe de travail sur la santé.",
        "وعرض {p} تقرير الفريق العامل المعني بالصحة.",
        "{p} گزارش کارگروه بهداشت را ارائه کرد.",
    ],
    [
        "The bank raised its rate by {n} points because prices rose.",
        "La banque a relevé son taux de {n} points parce que les prix ont augmenté.",
        "ورفع المصرف سعر الفائدة {n} نقطة لأن الأسعار ارتفعت.",
        "بانک نرخ بهره را {n} واحد بالا برد زیرا قیمت‌ها افزایش یافت.",
    ],
    [
        "The elections in {c} will be held on {d}.",
        "Les élections en {c} auront lieu le {d}.",
        "وستجرى الانتخابات في {c} في {d}.",
        "انتخابات در {c} در {d} برگزار خواهد شد.",
    ],
    [
        "They thanked {p} and the people of {c} for their hospitality.",
        "Ils ont remercié {p} et le peuple de {c} de leur hospitalité.",
        "وشكروا {p} وشعب {c} على كرم الضيافة.",
        "آنان از {p} و مردم {c} برای مهمان‌نوازی سپاسگزاری کردند.",
    ],
    [
        "The court heard {n} witnesses in the case of {p}.",
        "Le tribunal a entendu {n} témoins dans l’affaire de {p}.",
        "واستمعت المحكمة إلى {n} شاهدا في قضية {p}.",
        "دادگاه سخنان {n} شاهد را در پرونده {p} شنید.",
    ],
    [
        "New schools were opened in {t} for {n} children.",
        "De nouvelles écoles ont été ouvertes à {t} pour {n} enfants.",
        "وافتتحت مدارس جديدة في {t} من أجل {n} طفل.",
        "مدارس تازه‌ای در {t} برای {n} کودک گشوده شد.",
    ],
    [
        "The treaty with {c} was signed on {d} and will be published.",
        "Le traité avec {c} a été signé le {d} et sera publié.",
        "ووقعت المعاهدة مع {c} في {d} وستنشر.",
        "پیمان با {c} در {d} امضا شد و منتشر خواهد شد.",
    ],
    [
        "The next meeting will be held in {t} on {d}.",
        "La prochaine réunion se tiendra à {t} le {d}.",
        "وسيعقد الاجتماع القادم في {t} في {d}.",
        "نشست بعدی در {d} در {t} برگزار خواهد شد.",
    ],
    [
        "The ministers remain united in their support for peace and security.",
        "Les ministres restent unis dans leur soutien à la paix et à la sécurité.",
        "ولا يزال الوزراء متحدين في دعمهم للسلام والأمن.",
        "وزیران در حمایت از صلح و امنیت متحد می‌مانند.",
    ],
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }
}

/// Statement `number` in English, French, Arabic or Persian (`en`, `fr`, `ar`, `fa`; anything else is English).
///
/// ```
/// use diwan_testing::statements::statement;
/// assert_eq!(statement(7, "ar"), statement(7, "ar"));
/// assert_ne!(statement(7, "en"), statement(8, "en"));
/// ```
pub fn statement(number: u64, lang: &str) -> String {
    let column = ["en", "fr", "ar", "fa"].iter().position(|l| *l == lang).unwrap_or(0);
    let mut dice = Dice(number);
    let mut lines: Vec<String> = Vec::new();
    let count = 6 + dice.roll(5);
    for k in 0..count {
        let at = if k == 0 { 0 } else { 1 + dice.roll(SENTENCES.len() - 1) };
        let mut text = SENTENCES.get(at).and_then(|s| s.get(column)).copied().unwrap_or_default().to_owned();
        // Every value is drawn whatever the language, so that all versions say the same.
        for slot in ["{p}", "{c}", "{t}", "{n}", "{d}"] {
            let value = match slot {
                "{n}" => digits(2 + dice.roll(9998), column),
                "{d}" => day(&mut dice, column),
                "{p}" => format!("{} {}", name(&mut dice, column), name(&mut dice, column)),
                _ => name(&mut dice, column),
            };
            text = text.replace(slot, &value);
        }
        lines.push(text);
    }
    lines.join("\n")
}

fn name(dice: &mut Dice, column: usize) -> String {
    let mut out = String::new();
    for _ in 0..2 + dice.roll(2) {
        let Some((latin, arabic, persian)) = SYLLABLES.get(dice.roll(SYLLABLES.len())) else { continue };
        out.push_str(match column {
            2 => arabic,
            3 => persian,
            _ => latin,
        });
    }
    let mut letters = out.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn day(dice: &mut Dice, column: usize) -> String {
    let (day, month, year) = (1 + dice.roll(28), dice.roll(12), 1995 + dice.roll(30));
    let month = MONTHS.get(month).and_then(|m| m.get(column)).copied().unwrap_or_default();
    format!("{} {month} {}", digits(day, column), digits(year, column))
}

fn digits(number: usize, column: usize) -> String {
    let plain = number.to_string();
    if column != 3 {
        return plain;
    }
    plain.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x6f0 + d)).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_a_statement_have_the_same_lines() {
        for number in 0..50 {
            let lines = ["en", "fr", "ar", "fa"].map(|l| statement(number, l).lines().count());
            assert!(lines.iter().all(|n| Some(n) == lines.first()), "{lines:?}");
            assert!(!statement(number, "fa").contains('{'));
        }
    }
}
