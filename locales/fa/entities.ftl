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
