# واژه‌های رابط کاربری. کلیدها در همهٔ زبان‌ها یکی است و آزمونی آن‌ها را می‌سنجد.

## چارچوب
skip = رفتن به متن
nav-label = اصلی
nav-statements = بیانیه‌ها
nav-series = سلسله‌ها
nav-findings = یافته‌ها
nav-decisions = تصمیم‌ها
interface-language = زبان رابط
footer-about = دیوان آنچه را رسماً گفته شده، به هر زبانی که گفته شده، نگاه می‌دارد.
footer-editing = شما به نام { $name } تصمیم می‌گیرید
home = صفحهٔ نخست

## جستجو
search-label = جستجو در متن‌ها
search-button = جستجو
search-hint = واژه‌ها به هر یک از زبان‌ها. گیومه واژه‌ها را کنار هم نگاه می‌دارد؛ = همین حروف را می‌جوید؛ - واژه‌ای را کنار می‌گذارد.
search-title = جستجو
search-for = جستجو: { $query }
search-found = { $n ->
    [one] { $n } جمله همهٔ واژه‌ها را دارد
   *[other] { $n } جمله همهٔ واژه‌ها را دارند
}
search-some = { $n ->
    [one] { $n } جملهٔ دیگر برخی از واژه‌ها را دارد
   *[other] { $n } جملهٔ دیگر برخی از واژه‌ها را دارند
}
search-some-heading = با برخی از واژه‌ها
search-nothing = چیزی پیدا نشد.
search-nothing-hint = واژه‌های کمتر یا زبان دیگری را بیازمایید. لازم نیست پسوندها، نیم‌فاصله‌ها، اعراب و رقم‌ها یکسان باشند.
search-empty = یک یا چند واژه بنویسید.
search-cut = پرسش بلند بود: تنها { $n } نویسهٔ نخست آن جستجو شد.
search-languages = زبان متن
all-languages = همهٔ زبان‌ها
search-in-title = در عنوان

## صفحهٔ نخست
home-newest = تازه‌ترین بیانیه‌ها
home-all = همهٔ بیانیه‌ها
way = گشتی در بایگانی
way-read = یک بیانیه به زبان‌هایش
way-read-text = کدام متن معتبر است، هر مقدار از کجا خوانده شده، و چه چیزی نمی‌خواند.
way-beside = اصل و ترجمه
way-beside-text = جمله در برابر جمله؛ آنچه به هم تعلق دارد روشن می‌شود.
way-changed = از بار پیش چه تغییر کرده است
way-changed-text = بیانیه‌های یک نهاد به ترتیب، و مقایسهٔ هر دو متن واژه به واژه.
way-formulas = زندگی یک عبارت
way-formulas-text = جمله‌های تکرارشونده: چه کسی، از کی، و با چه گونه‌هایی.
way-names = چه کسی و کجا
way-names-text = اشخاص، نهادها و جای‌ها، با هر املا و هر خط.
way-promised = وعده داده شد؛ آیا عملی شد؟
way-promised-text = نشست‌ها، تعهدها، اعضا و سمت‌ها در گذر سال‌ها.
way-time = به ترتیب زمان
way-time-text = آنچه روی داد و آنچه گفته شد، روز به روز.
way-findings = چه چیزی نمی‌خواند
way-findings-text = تاریخ‌ها، عددها و نام‌هایی که با هم نمی‌خوانند، با هر دو نقل‌قول.
home-empty = هنوز چیزی در این بایگانی نیست.
home-empty-hint = با این فرمان صفحه بیفزایید:
count-statements = { $n ->
    [one] { $n } بیانیه
   *[other] { $n } بیانیه
}
count-versions = { $n ->
    [one] { $n } نسخه
   *[other] { $n } نسخه
}
count-sentences = { $n ->
    [one] { $n } جمله
   *[other] { $n } جمله
}
count-captures = { $n ->
    [one] { $n } رونوشت
   *[other] { $n } رونوشت
}
count-findings = { $n ->
    [one] { $n } یافته
   *[other] { $n } یافته
}

## فهرست‌ها
list-title = بیانیه‌ها
filter-label = گزینش
filter-language = زبان
filter-year = سال
filter-issuer = صادرکننده
filter-type = نوع
filter-any = همه
filter-button = نمایش
filter-clear = پاک کردن گزینش
list-nothing = بیانیه‌ای با این ویژگی‌ها نیست.
page-previous = صفحهٔ پیشین
page-next = صفحهٔ بعد
page-of = صفحهٔ { $page } از { $pages }
pages-label = صفحه‌ها
untitled = بی‌عنوان
undated = بی‌تاریخ
series-title = سلسله‌ها
series-about = بیانیه‌ها بر پایهٔ صادرکننده و نوع.
series-span = از { $first } تا { $last }
no-issuer = صادرکننده نامعلوم
no-type = نوع نامعلوم

## بیانیه
record = شناسنامه
versions = نسخه‌ها
read-version = خواندن همین نسخه
read-beside = در کنار
side-by-side = کنار هم
side-by-side-note = بندها به ترتیبی که چاپ شده‌اند کنار هم آمده‌اند.
close-beside = یک نسخه
sources = منابع
earlier-versions = نسخه‌های پیشین
findings = یافته‌ها
history = تصمیم‌ها و تاریخچه
history-empty = هنوز کسی در این باره تصمیمی نگرفته است.
archive-record = شناسنامهٔ بایگانی
meeting = نشست
as-printed = چنان‌که چاپ شده
line = سطر { $n }
evidence = جای خوانده‌شدن
confidence = با اطمینان { $n }٪
added-on = در { $date } وارد شد
captured-from = از
also-known-as = همچنین با نشان
sentence = جملهٔ { $n }
decided-by = تصمیم { $who }
machine-read = خواندهٔ ماشین: { $value }
text-of = متن به زبان { $language }
no-value = هیچ
address-of-page = صفحه

## فیلدها
field-title = عنوان
field-date = تاریخ
field-issuer = صادرکننده
field-office = دفتر
field-type = نوع
field-place = مکان
field-original_url = اصل
field-authority = اعتبار
field-status = وضعیت
field-what = مناسبت
field-when = روز
field-where = مکان
field-format = شیوهٔ برگزاری
field-hosts = میزبانان
field-code = نشان
field-issue_date = تاریخ صدور
field-languages = زبان‌ها
field-target_countries = کشورهای مربوط
field-collections = مجموعه‌ها
field-persons = اشخاص
field-entities = نهادها
field-diary = روزنگار
field-grades = درجه‌های ممکن
field-grade = درجه
format-in-person = حضوری
format-virtual = ویدیویی
format-hybrid = حضوری و ویدیویی
authority-authoritative = متن معتبر
authority-courtesy-translation = ترجمه برای آگاهی
authority-unknown = اعتبار گفته نشده

## یافته‌ها
findings-title = یافته‌ها
findings-about = جایی که صفحه با خود یا با بایگانی‌اش نمی‌خواند، یا خوانده نشد. سخن هر دو سو نقل می‌شود و به جای شما تصمیمی گرفته نمی‌شود.
findings-none = چیزی یافت نشد.
findings-filter = نمایش
status-all = همه
status-open = باز
status-confirmed = تأییدشده
status-dismissed = کنارگذاشته
severity-info = برای آگاهی
severity-low = جزئی
severity-medium = گمراه‌کننده
severity-high = مهم
state-open = باز
state-confirmed = تأییدشده
state-dismissed = کنارگذاشته
finding-mark-without-partner = نشان آغاز یا پایان بی‌جفت است
finding-markup-too-deep = نشانه‌گذاری بیش از اندازه تودرتو است
finding-no-statement = بیانیه‌ای یافت نشد
finding-page-empty = صفحه خالی است
finding-page-too-long = صفحه بیش از اندازه بلند است
finding-record-date-disagrees = تاریخ شناسنامه با متن نمی‌خواند
finding-record-date-not-read = تاریخی در شناسنامه خوانده نشد
finding-record-field-empty = فیلدی در شناسنامه خالی است
finding-record-language-missing = شناسنامه زبانی را جا انداخته است
finding-record-value-doubled = مقداری در شناسنامه دو بار چاپ شده
finding-record-values-glued = مقدارهای شناسنامه به هم چسبیده‌اند
finding-same-address-other-date = همان نشانی با تاریخ دیگر
finding-text-cut-short = متن بریده است
finding-translation-not-marked = ترجمه‌ای که گفته نشده ترجمه است
finding-version-dates-disagree = تاریخ نسخه‌ها با هم نمی‌خواند
on-page = در صفحهٔ

## رونوشت‌ها
capture-title = رونوشت
capture-about = بایت‌ها همان‌گونه که رسیده‌اند و هرگز تغییر نمی‌کنند.
capture-hash = SHA-256
capture-type = نوع رسانه
capture-size = اندازه
capture-bytes = { $n ->
    [one] { $n } بایت
   *[other] { $n } بایت
}
capture-at = ورود
capture-source = پرونده
capture-address = نشانی
capture-statements = در بر دارد
capture-show = نمایش بایت‌ها به صورت متن
capture-download = ذخیرهٔ بایت‌ها
capture-reading = آنچه خوانده شد
capture-unread = این رونوشت خوانده نشد.
column-line = سطر
column-role = بخش
column-text = متن

## تصمیم‌ها
decisions-title = تصمیم‌ها
decisions-about = آنچه افراد تصمیم گرفته‌اند، تازه‌ترین در آغاز. چیزی پاک نمی‌شود: تصمیم پیشین در فهرست می‌ماند.
decisions-none = هنوز کسی تصمیمی نگرفته است.
decide = تصمیم
confirm = درست است
confirm-finding = همین‌طور است
correct = اصلاح به
correct-button = اصلاح
dismiss = نادرست است
dismiss-finding = کنار گذاشتن
reason = دلیل
undo = برگرداندن
action-confirm = تأیید کرد
action-correct = اصلاح کرد به
action-dismiss = کنار گذاشت
action-undo = برگرداند
decision-number = تصمیم { $n }
decision-no-longer = دیگر برقرار نیست

## خطاها
error-not-found = اینجا چیزی نیست
error-not-found-hint = شاید نشانی درست نوشته نشده باشد. همهٔ بیانیه‌ها در فهرست هست.
error-bad-request = این خوانده نمی‌شود
error-bad-request-hint = بخشی از نشانی یا فرم چنان نیست که باید.
error-forbidden = این کار مجاز نیست
error-forbidden-hint = تصمیم‌ها روی همین دستگاه و در بایگانی‌ای گرفته می‌شود که برای ویرایش باز شده باشد.
error-conflict = کس دیگری در کار است
error-conflict-hint = بایگانی در حال نوشته‌شدن است. اندکی بعد دوباره بکوشید؛ چیزی از دست نرفته است.
error-internal = کاری ناکام ماند
error-internal-hint = بایگانی نتوانست پاسخ دهد. نگهدارندهٔ آن می‌تواند فرمان وارسی را اجرا کند.

## زبان‌ها
lang-ar = عربی
lang-ckb = کردی مرکزی
lang-de = آلمانی
lang-en = انگلیسی
lang-es = اسپانیایی
lang-fa = فارسی
lang-fr = فرانسوی
lang-he = عبری
lang-it = ایتالیایی
lang-ku = کردی
lang-mul = چند زبان
lang-ps = پشتو
lang-pt = پرتغالی
lang-ru = روسی
lang-tr = ترکی
lang-und = زبان نامعلوم
lang-ur = اردو
lang-zh = چینی
lang-zxx = بی‌زبان

## تاریخ‌ها
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = ژانویه
month-2 = فوریه
month-3 = مارس
month-4 = آوریل
month-5 = مه
month-6 = ژوئن
month-7 = ژوئیه
month-8 = اوت
month-9 = سپتامبر
month-10 = اکتبر
month-11 = نوامبر
month-12 = دسامبر
