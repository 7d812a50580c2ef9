# كلمات الواجهة. المفاتيح واحدة في كل اللغات، ويقارنها اختبار.

## الإطار
skip = انتقل إلى النص
nav-label = الرئيسية
nav-statements = البيانات
nav-series = السلاسل
nav-findings = الملاحظات
nav-decisions = القرارات
interface-language = لغة الواجهة
footer-about = يحفظ «ديوان» ما قيل رسميًا، بكل لغة قيل بها.
footer-editing = تقرّر باسم { $name }
home = الصفحة الأولى

## البحث
search-label = ابحث في النصوص
search-button = ابحث
search-hint = كلمات بأيٍّ من اللغات. علامتا الاقتباس تحفظان ترتيب الكلمات، و = تبحث عن الحروف نفسها تمامًا، و - تستبعد كلمة.
search-title = البحث
search-for = البحث: { $query }
search-found = { $n ->
    [zero] لا جملة فيها كل الكلمات
    [one] جملة واحدة فيها كل الكلمات
    [two] جملتان فيهما كل الكلمات
    [few] { $n } جمل فيها كل الكلمات
    [many] { $n } جملة فيها كل الكلمات
   *[other] { $n } جملة فيها كل الكلمات
}
search-some = { $n ->
    [zero] ولا جملة أخرى فيها بعضها
    [one] وجملة أخرى فيها بعضها
    [two] وجملتان أخريان فيهما بعضها
    [few] و{ $n } جمل أخرى فيها بعضها
    [many] و{ $n } جملة أخرى فيها بعضها
   *[other] و{ $n } جملة أخرى فيها بعضها
}
search-some-heading = فيها بعض الكلمات
search-nothing = لم يُعثر على شيء.
search-nothing-hint = جرّب كلمات أقل أو لغة أخرى. لا يلزم أن تتطابق أداة التعريف واللواحق والحركات والأرقام.
search-empty = اكتب كلمة أو أكثر.
search-cut = كان النص المطلوب طويلًا، فبُحث عن أول { $n } حرف منه فقط.
search-languages = لغة النص
all-languages = كل اللغات
search-in-title = في العنوان

## الصفحة الأولى
home-newest = أحدث البيانات
home-all = كل البيانات
way = جولة في الأرشيف
way-read = بيان بلغاته
way-read-text = أيّ النصوص هو المعتمد، ومن أين قُرئت كل قيمة، وما لا يتوافق.
way-beside = الأصل والترجمة
way-beside-text = جملة بإزاء جملة، ويضيء ما يقابل بعضه بعضا.
way-changed = ما الذي تغيّر منذ المرة السابقة
way-changed-text = بيانات الجهة الواحدة بترتيبها، ومقارنة أي اثنين كلمة بكلمة.
way-formulas = حياة صيغة
way-formulas-text = الجمل المتكررة: من يستعملها، ومنذ متى، وبأي تنويعات.
way-names = من وأين
way-names-text = الأشخاص والجهات والأماكن، بكل رسم وكل خط.
way-promised = وُعد به، فهل أُنجز؟
way-promised-text = الاجتماعات والتعهدات والأعضاء والمناصب على مرّ السنين.
way-time = على مرّ الأيام
way-time-text = ما حدث وما قيل، يوما بيوم.
way-findings = ما لا يتوافق
way-findings-text = تواريخ وأرقام وأسماء يناقض بعضها بعضا، مع الاقتباسين.
home-empty = لا شيء في هذا الأرشيف بعد.
home-empty-hint = أضف صفحات بالأمر:
count-statements = { $n ->
    [zero] لا بيانات
    [one] بيان واحد
    [two] بيانان
    [few] { $n } بيانات
    [many] { $n } بيانًا
   *[other] { $n } بيان
}
count-versions = { $n ->
    [zero] لا نصوص
    [one] نص واحد
    [two] نصان
    [few] { $n } نصوص
    [many] { $n } نصًا
   *[other] { $n } نص
}
count-sentences = { $n ->
    [zero] لا جمل
    [one] جملة واحدة
    [two] جملتان
    [few] { $n } جمل
    [many] { $n } جملة
   *[other] { $n } جملة
}
count-captures = { $n ->
    [zero] لا لقطات
    [one] لقطة واحدة
    [two] لقطتان
    [few] { $n } لقطات
    [many] { $n } لقطة
   *[other] { $n } لقطة
}
count-findings = { $n ->
    [zero] لا ملاحظات
    [one] ملاحظة واحدة
    [two] ملاحظتان
    [few] { $n } ملاحظات
    [many] { $n } ملاحظة
   *[other] { $n } ملاحظة
}

## القوائم
list-title = البيانات
filter-label = اختر
filter-language = اللغة
filter-year = السنة
filter-issuer = الجهة
filter-type = النوع
filter-any = الكل
filter-button = اعرض
filter-clear = امسح الاختيار
list-nothing = لا بيان بهذه الصفات.
page-previous = الصفحة السابقة
page-next = الصفحة التالية
page-of = الصفحة { $page } من { $pages }
pages-label = الصفحات
untitled = بلا عنوان
undated = بلا تاريخ
series-title = السلاسل
series-about = البيانات بحسب الجهة التي أصدرتها ونوعها.
series-span = من { $first } إلى { $last }
no-issuer = الجهة غير معروفة
no-type = النوع غير معروف

## البيان
record = السجل
versions = النصوص
read-version = اقرأ هذا النص وحده
read-beside = جنبًا إلى جنب مع
side-by-side = جنبًا إلى جنب
side-by-side-note = الفقرات متقابلة بحسب ترتيب ورودها في الأصل.
close-beside = نص واحد
sources = المصادر
earlier-versions = نصوص سابقة
findings = الملاحظات
history = القرارات وتاريخها
history-empty = لم يقرّر أحد شيئًا في هذا بعد.
archive-record = سجل الأرشيف
meeting = الاجتماع
as-printed = كما ورد
line = السطر { $n }
evidence = موضع القراءة
confidence = بثقة { $n }٪
added-on = دخل في { $date }
captured-from = من
also-known-as = ويُعرف أيضًا بـ
sentence = الجملة { $n }
decided-by = قرّره { $who }
machine-read = قرأته الآلة: { $value }
text-of = النص بـ{ $language }
no-value = لا شيء
address-of-page = الصفحة

## الحقول
field-title = العنوان
field-date = التاريخ
field-issuer = الجهة
field-office = المكتب
field-type = النوع
field-place = المكان
field-original_url = الأصل
field-authority = الحجية
field-status = الحالة
field-what = المناسبة
field-when = اليوم
field-where = المكان
field-format = صفة الانعقاد
field-hosts = المضيفون
field-code = الرمز
field-issue_date = تاريخ الصدور
field-languages = اللغات
field-target_countries = البلدان المعنية
field-collections = المجموعات
field-persons = الأشخاص
field-entities = الكيانات
field-diary = اليوميات
field-grades = الدرجات المعروضة
field-grade = الدرجة
format-in-person = حضوريًا
format-virtual = عبر الفيديو
format-hybrid = حضوريًا وعبر الفيديو
authority-authoritative = النص المعتمد
authority-courtesy-translation = ترجمة للاطلاع
authority-unknown = الحجية غير مذكورة

## الملاحظات
findings-title = الملاحظات
findings-about = حيث تخالف الصفحة نفسها أو أرشيفها، أو تعذّرت قراءتها. يُنقل كلام الطرفين ولا يُقرَّر شيء بدلًا منك.
findings-none = لا ملاحظات.
findings-filter = اعرض
status-all = الكل
status-open = المفتوحة
status-confirmed = المؤكدة
status-dismissed = المستبعدة
severity-info = للعلم
severity-low = طفيفة
severity-medium = مضلّلة
severity-high = جسيمة
state-open = مفتوحة
state-confirmed = مؤكدة
state-dismissed = مستبعدة
finding-mark-without-partner = علامة بداية أو نهاية بلا نظيرتها
finding-markup-too-deep = تداخل الوسوم عميق جدًا
finding-no-statement = لم يُعثر على بيان
finding-page-empty = الصفحة فارغة
finding-page-too-long = الصفحة طويلة جدًا
finding-record-date-disagrees = تاريخ السجل يخالف تاريخ النص
finding-record-date-not-read = تعذّرت قراءة تاريخ في السجل
finding-record-field-empty = حقل فارغ في السجل
finding-record-language-missing = السجل يغفل لغة
finding-record-value-doubled = قيمة مكررة في السجل
finding-record-values-glued = قيم ملتصقة في السجل
finding-same-address-other-date = العنوان نفسه بتاريخ آخر
finding-text-cut-short = النص مقطوع
finding-translation-not-marked = ترجمة لم يُذكر أنها ترجمة
finding-version-dates-disagree = تواريخ النصوص مختلفة
on-page = في الصفحة

## اللقطات
capture-title = لقطة
capture-about = البايتات كما وردت، لا تتغير أبدًا.
capture-hash = SHA-256
capture-type = نوع الوسيط
capture-size = الحجم
capture-bytes = { $n ->
    [zero] لا بايت
    [one] بايت واحد
    [two] بايتان
    [few] { $n } بايتات
    [many] { $n } بايتًا
   *[other] { $n } بايت
}
capture-at = الورود
capture-source = الملف
capture-address = العنوان الشبكي
capture-statements = فيها
capture-show = اعرض البايتات نصًا
capture-download = احفظ البايتات
capture-reading = ما قُرئ منها
capture-unread = تعذّرت قراءة هذه اللقطة.
column-line = السطر
column-role = الجزء
column-text = النص

## القرارات
decisions-title = القرارات
decisions-about = ما قرّره الناس، الأحدث أولًا. لا يُمحى شيء: القرار السابق يبقى في القائمة.
decisions-none = لم يقرّر أحد شيئًا بعد.
decide = قرّر
confirm = صحيح
confirm-finding = نعم، هو كذلك
correct = صحّح إلى
correct-button = صحّح
dismiss = خطأ
dismiss-finding = استبعد
reason = السبب
undo = تراجع
action-confirm = أكّد
action-correct = صحّح إلى
action-dismiss = استبعد
action-undo = تراجع عن
decision-number = القرار { $n }
decision-no-longer = لم يعد ساريًا

## الأخطاء
error-not-found = لا شيء هنا
error-not-found-hint = قد يكون العنوان مكتوبًا خطأ. كل البيانات في القائمة.
error-bad-request = تعذّرت قراءة هذا
error-bad-request-hint = جزء من العنوان أو الاستمارة ليس كما هو متوقع.
error-forbidden = هذا غير مسموح
error-forbidden-hint = تُتخذ القرارات على هذا الجهاز نفسه، في أرشيف فُتح للتحرير.
error-conflict = شخص آخر يعمل الآن
error-conflict-hint = الأرشيف قيد الكتابة. حاول بعد لحظة؛ لم يضع شيء.
error-internal = حدث خلل
error-internal-hint = لم يستطع الأرشيف أن يجيب. يمكن لمن يقوم عليه أن يشغّل أمر التحقق.

## اللغات
lang-ar = العربية
lang-ckb = الكردية الوسطى
lang-de = الألمانية
lang-en = الإنجليزية
lang-es = الإسبانية
lang-fa = الفارسية
lang-fr = الفرنسية
lang-he = العبرية
lang-it = الإيطالية
lang-ku = الكردية
lang-mul = عدة لغات
lang-ps = البشتوية
lang-pt = البرتغالية
lang-ru = الروسية
lang-tr = التركية
lang-und = لغة غير معروفة
lang-ur = الأردية
lang-zh = الصينية
lang-zxx = بلا لغة

## التواريخ
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
