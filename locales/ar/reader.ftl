## القراءة المتوازية
parallel-note = الجمل التي تترجم إحداها الأخرى متقابلة. المفتاحان j و k أو الأسهم تنقلك من جملة إلى التي تليها.
parallel-unsure = { $n ->
    [zero] لا موضع غير مؤكد.
    [one] موضع واحد غير مؤكد.
    [two] موضعان غير مؤكدين.
    [few] { $n } مواضع غير مؤكدة.
    [many] { $n } موضعًا غير مؤكد.
   *[other] { $n } موضع غير مؤكد.
}
parallel-decided = { $n ->
    [zero] لا قرار لأحد.
    [one] قرار واحد لشخص يُعتدّ به.
    [two] قراران لأشخاص يُعتدّ بهما.
    [few] { $n } قرارات لأشخاص يُعتدّ بها.
    [many] { $n } قرارًا لأشخاص يُعتدّ بها.
   *[other] { $n } قرار لأشخاص يُعتدّ بها.
}
parallel-find = أظهِر في كل الأعمدة
parallel-find-button = أظهِر
terms-ask = كيف تُرجم هذا؟
bead-nothing = لا مقابل
bead-address = عنوان هذا الموضع
bead-doubtful = غير مؤكد تمامًا: { $n } من ١٠٠
bead-guess = تخمين: { $n } من ١٠٠
bead-decided = قرّره { $who }
bead-correct = تصحيح
bead-confirm = هذه متقابلة
bead-merge = ضمّ إلى التالية
bead-up = الجملة الأولى إلى أعلى
bead-down = الجملة الأخيرة إلى أسفل
bead-split = قسمة
bead-split-where = الجمل فوق | تحت
field-beads = أي الجمل متقابلة

## What differs
finding-sentence-omitted = جملة محذوفة
finding-sentence-added = جملة مضافة
finding-number-differs = عدد مختلف
finding-number-missing = عدد ناقص
finding-date-differs = تاريخ مختلف
finding-date-missing = تاريخ ناقص
finding-unit-differs = وحدة مختلفة
finding-name-differs = اسم مختلف
finding-name-missing = اسم ناقص
finding-negation-differs = النفي مختلف
finding-modality-differs = الإلزام أو الإذن مختلف
finding-and-or = «و» مقابل «أو»
finding-hedge-dropped = تحفظ محذوف
finding-hedge-added = تحفظ مضاف
finding-hedge-differs = تحفظ مختلف
finding-verb-softened = فعل مخفَّف
finding-verb-strengthened = فعل مشدَّد
finding-term-otherwise = مصطلح تُرجم بغير ما سبق
finding-name-otherwise = اسم كُتب بغير ما سبق

## المصطلحات
terms-title = المصطلحات
terms-about = كيف تُرجمت كلمة أو عبارة: من ترجمها ومتى، وكل مواضعها.
terms-of = المصطلحات: { $words }
terms-words = كلمة أو عبارة
terms-from = بـ
terms-to = مترجمة إلى
terms-look = ابحث
terms-sentences = { $n ->
    [zero] لا ترد في أي جملة.
    [one] ترد في جملة واحدة.
    [two] ترد في جملتين.
    [few] ترد في { $n } جمل.
    [many] ترد في { $n } جملة.
   *[other] ترد في { $n } جملة.
}
terms-nothing = لا توجد هنا جملة تترجمها.
terms-untold = لا يمكن القول أي الكلمات تترجمها؛ هذه هي المواضع.
terms-times = { $n ->
    [zero] ولا مرة
    [one] مرة واحدة
    [two] مرتان
    [few] { $n } مرات
    [many] { $n } مرة
   *[other] { $n } مرة
}
terms-more = { $n ->
    [zero] لا مواضع أخرى.
    [one] موضع آخر لا يظهر هنا.
    [two] موضعان آخران لا يظهران هنا.
    [few] { $n } مواضع أخرى لا تظهر هنا.
    [many] { $n } موضعًا آخر لا يظهر هنا.
   *[other] { $n } موضع آخر لا يظهر هنا.
}
terms-memory = من ذاكرات المترجمين
list-comma = ،

## الروابط
links = ما يربط النصوص
link-same-page = في صفحة واحدة مع نص آخر
link-names-original = يذكر عنوان الأصل
link-is-original = تذكر نصوص أخرى عنوانه عنوانًا للأصل
link-same-original = يذكر الأصل نفسه الذي يذكره نص آخر
link-other-languages = يذكر هو ونص آخر كلٌّ منهما الآخر
link-none = لا عنوان يربطه
version-stale = الترجمة ({ $language }) أقدم من الأصل الذي ورد معدّلًا في { $date }.
version-missing = لا نص باللغة { $language }؛ ولمعظم بيانات هذه الجهة من هذا النوع نص بها.
