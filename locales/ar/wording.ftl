# Series, comparison, formulas.
field-series = السلسلة
series-found-about = البيانات التي تصدرها جهة واحدة ومن نوع واحد تُرتَّب من تلقاء نفسها بحسب ألفاظها وعناوينها.
series-none = لم يُعثر على سلسلة بعد.
series-groups = بحسب الجهة والنوع
series-language = اللغة
series-in-order = بالترتيب
series-gap = يبدو أن بيانًا ينقص هنا
date-from-source = التاريخ من اسم الملف
compare-title = مقارنة
compare-about = اختر نصّين بلغة واحدة لترى ما تغيّر: الجمل أولًا ثم الكلمات.
compare-before = النص الأول
compare-after = النص الثاني
compare-exact = مع الفروق في الشكل
compare-button = قارن
compare-swap = بدّل النصّين
compare-not-found = لا يوجد نص بهذا الرمز.
compare-with-previous = قارن بما قبله
recalls = يستذكر
recalls-absent = ليس في الأرشيف
wording-unchanged = لم تتغيّر أي جملة
change-reworded = أُعيدت صياغتها
change-moved = نُقلت
change-merged = دُمجت
change-split = قُسمت
change-new = جديدة
change-dropped = حُذفت
formulas-title = الصيغ
formulas-of-series = صيغ هذه السلسلة
formulas-about = جمل تتكرر في بيانات مختلفة، بصيغها المتغيرة وبكل اللغات.
formulas-none = لا شيء يتكرر هنا.
boilerplate-title = نصوص المواقع المتكررة
boilerplate-about = أسطر تتكرر في الصفحات ولا تقول شيئًا: لافتات وتنبيهات وتذييلات.
formula-title = صيغة
formula-dropped = لم ترد بعد ذلك في
formula-wordings = الصياغات بالترتيب الزمني
said-title = أين قيل مثل هذا أيضًا؟
said-nowhere = لم يُقل مثله في موضع آخر من الأرشيف.
picture-download = نزّل الصورة
picture-columns = الجمل عبر الزمن
picture-columns-about = كل عمود بيان، وكل مربع جملة بطولها؛ الأشرطة تصل ما بقي.
picture-kept = نسبة ما بقي من الصياغة
picture-kept-about = مقارنةً بالبيان السابق؛ الخط الأعلى مئة بالمئة.
picture-length = الطول
picture-length-about = عدد كلمات كل بيان.
picture-timeline = عمر الصيغة
picture-timeline-about = سطر لكل صياغة، ونقطة لكل استعمال.
wording-new = { $n ->
    [zero] لا جديد
    [one] جملة جديدة
    [two] جملتان جديدتان
    [few] { $n } جمل جديدة
    [many] { $n } جملة جديدة
   *[other] { $n } جملة جديدة
}
wording-dropped = { $n ->
    [one] حُذفت جملة
    [two] حُذفت جملتان
    [few] حُذفت { $n } جمل
   *[other] حُذفت { $n } جملة
}
wording-reworded = { $n ->
    [one] أُعيدت صياغة جملة
    [two] أُعيدت صياغة جملتين
    [few] أُعيدت صياغة { $n } جمل
   *[other] أُعيدت صياغة { $n } جملة
}
wording-moved = { $n ->
    [one] نُقلت جملة
    [two] نُقلت جملتان
    [few] نُقلت { $n } جمل
   *[other] نُقلت { $n } جملة
}
wording-merged = { $n ->
    [one] دُمجت جمل في واحدة
    [two] دُمجت جمل في اثنتين
    [few] دُمجت جمل في { $n }
   *[other] دُمجت جمل في { $n }
}
wording-split = { $n ->
    [one] قُسمت جملة
    [two] قُسمت جملتان
    [few] قُسمت { $n } جمل
   *[other] قُسمت { $n } جملة
}
wording-kept = بقي من الصياغة { $n }٪
count-words = { $n ->
    [one] كلمة واحدة
    [two] كلمتان
    [few] { $n } كلمات
   *[other] { $n } كلمة
}
count-formulas = { $n ->
    [zero] لا صيغ
    [one] صيغة واحدة
    [two] صيغتان
    [few] { $n } صيغ
   *[other] { $n } صيغة
}
said-times = { $n ->
    [one] في بيان واحد
    [two] في بيانين
    [few] في { $n } بيانات
   *[other] في { $n } بيانًا
}
said-alike = تشابه { $n }٪
