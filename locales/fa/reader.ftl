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
