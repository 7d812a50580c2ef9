## خواندن موازی
parallel-note = جمله‌هایی که ترجمهٔ یکدیگرند روبه‌روی هم ایستاده‌اند. کلیدهای j و k یا پیکان‌ها از یکی به بعدی می‌روند.
parallel-unsure = { $n ->
    [one] { $n } جا مطمئن نیست.
   *[other] { $n } جا مطمئن نیست.
}
parallel-decided = { $n ->
    [one] { $n } تصمیم انسانی به شمار می‌آید.
   *[other] { $n } تصمیم انسانی به شمار می‌آید.
}
parallel-find = در همهٔ ستون‌ها نشان بده
parallel-find-button = نشان بده
terms-ask = این چگونه ترجمه شده است؟
bead-nothing = برابری ندارد
bead-address = نشانی این جا
bead-doubtful = نه چندان مطمئن: { $n } از ۱۰۰
bead-guess = حدس: { $n } از ۱۰۰
bead-decided = تصمیم { $who }
bead-correct = اصلاح
bead-confirm = این‌ها برابر یکدیگرند
bead-merge = پیوستن به بعدی
bead-up = جملهٔ نخست به بالا
bead-down = جملهٔ آخر به پایین
bead-split = جدا کردن
bead-split-where = جمله‌های بالا | پایین
field-beads = کدام جمله‌ها برابر یکدیگرند

## What differs
finding-sentence-omitted = جمله‌ای جا افتاده است
finding-sentence-added = جمله‌ای افزوده شده است
finding-number-differs = عدد فرق دارد
finding-number-missing = عددی نیست
finding-date-differs = تاریخ فرق دارد
finding-date-missing = تاریخی نیست
finding-unit-differs = واحد فرق دارد
finding-name-differs = نام فرق دارد
finding-name-missing = نامی نیست
finding-negation-differs = نفی فرق دارد
finding-modality-differs = الزام یا اجازه فرق دارد
finding-and-or = «و» در برابر «یا»
finding-hedge-dropped = قید احتیاط افتاده است
finding-hedge-added = قید احتیاط افزوده شده است
finding-hedge-differs = قید احتیاط فرق دارد
finding-verb-softened = فعل نرم‌تر شده است
finding-verb-strengthened = فعل تندتر شده است
finding-term-otherwise = اصطلاحی جز آنچه پیش‌تر بود
finding-name-otherwise = نامی با املایی جز پیش

## اصطلاح‌ها
terms-title = اصطلاح‌ها
terms-about = واژه یا عبارتی چگونه ترجمه شده است: به قلم چه نهادی، کی، و همهٔ جاهای آن.
terms-of = اصطلاح‌ها: { $words }
terms-words = واژه یا عبارت
terms-from = به زبان
terms-to = ترجمه به
terms-look = جست‌وجو
terms-sentences = { $n ->
    [one] در { $n } جمله آمده است.
   *[other] در { $n } جمله آمده است.
}
terms-nothing = جمله‌ای که آن را ترجمه کند اینجا نیست.
terms-untold = نمی‌توان گفت کدام واژه‌ها برابر آن‌اند؛ جاها این‌هاست.
terms-times = { $n } بار
terms-more = { $n ->
    [one] { $n } جای دیگر نشان داده نشده است.
   *[other] { $n } جای دیگر نشان داده نشده است.
}
terms-memory = از حافظه‌های ترجمه
list-comma = ،

## پیوندها
links = آنچه نسخه‌ها را به هم می‌بندد
link-same-page = با نسخه‌ای دیگر در یک صفحه است
link-names-original = نشانی متن اصلی را می‌گوید
link-is-original = دیگران نشانی آن را نشانی متن اصلی می‌دانند
link-same-original = همان متن اصلی را می‌گوید که نسخه‌ای دیگر می‌گوید
link-other-languages = آن و نسخه‌ای دیگر از یکدیگر نام می‌برند
link-none = نشانی‌ای آن را نمی‌بندد
version-stale = ترجمهٔ { $language } کهنه‌تر از متن اصلی است که در { $date } دگرگون‌شده رسید.
version-missing = نسخهٔ { $language } نیست؛ بیشتر بیانیه‌های این نهاد از این نوع آن را دارند.
