# نام‌ها و صفحه‌هایشان.
nav-entities = نام‌ها
entities-title = اشخاص، نهادها و مکان‌ها
entities-about = کسانی و چیزهایی که در بیانیه‌ها نام برده شده‌اند، هر کدام یک بار، به هر خطی.
entities-filter = نوع
entities-none = هنوز کسی یا چیزی نام برده نشده است.
entity-names = نام‌ها
entity-spellings = املاها
entity-offices = سمت‌ها
entity-years = یادکردها به تفکیک سال
entity-with = همراه با
entity-mentions = یادکردها
entity-confidence = اطمینان از این که این املاها از آنِ یکی است
entity-keys = از چه فراهم آمده است
kind-person = شخص
kind-organisation = نهاد
kind-place = مکان
kind-legal = سند حقوقی
kind-event = رویداد
kind-programme = برنامه
kind-document = سند
count-entities = { $n ->
    [one] { $n } نام
   *[other] { $n } نام
}
count-mentions = { $n ->
    [one] { $n } یادکرد
   *[other] { $n } یادکرد
}

# Editing entities, the map of places.
map-title = نقشه مکان‌ها
map-about = همه مکان‌هایی که در بیانیه‌ها نام برده شده‌اند؛ هرچه نقطه بزرگ‌تر، شمار بیانیه‌ها بیشتر.
map-alt = نقشه‌ای با یک نقطه برای هر مکانِ نام‌برده. فهرست زیر همان مکان‌ها را با شمار بیانیه‌ها دارد.
map-list = همه مکان‌ها
map-unplaced = بیرون از نقشه
map-source = خط ساحل: Natural Earth (مالکیت عمومی). نقطه‌ها میانه کشور یا منطقه را نشان می‌دهند.
entities-views = نماهای نام‌ها
entity-edit = ویرایش این شناسه
entity-merge-with = همان است که (شماره یا نام)
entity-merge = یکی کردن
entity-split-about = جدا کردن آنچه یکی شده است
entity-split = این چیز دیگری است
field-name-ar = نام به عربی
field-name-en = نام به انگلیسی
field-name-fa = نام به فارسی
field-name-fr = نام به فرانسوی
field-kind = نوع
field-mark = نشان
field-notes = یادداشت‌ها
field-wikidata = Wikidata
field-viaf = VIAF
field-iso-3166 = ISO 3166
field-same-as = یکی با
field-apart = جدا
field-authorities = شناسه‌های مستند یک پرونده
