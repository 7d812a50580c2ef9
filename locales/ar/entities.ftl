# الأسماء وصفحاتها.
nav-entities = الأسماء
entities-title = أشخاص وهيئات وأماكن
entities-about = من وما تسمّيه البيانات، كلٌّ مرة واحدة، بأي خط كُتب.
entities-filter = النوع
entities-none = لم يُسمَّ أحد ولا شيء بعد.
entity-names = الأسماء
entity-spellings = صيغ الكتابة
entity-offices = المناصب
entity-years = الذكر بحسب السنة
entity-with = ذُكر مع
entity-mentions = مواضع الذكر
entity-confidence = الثقة بأن هذه الصيغ لمسمّى واحد
entity-keys = ممّا جُمع
kind-person = شخص
kind-organisation = هيئة
kind-place = مكان
kind-legal = صك
kind-event = حدث
kind-programme = برنامج
kind-document = وثيقة
count-entities = { $n ->
    [zero] لا أسماء
    [one] اسم واحد
    [two] اسمان
    [few] { $n } أسماء
    [many] { $n } اسمًا
   *[other] { $n } اسم
}
count-mentions = { $n ->
    [zero] لا ذكر
    [one] مرة واحدة
    [two] مرتان
    [few] { $n } مرات
    [many] { $n } مرة
   *[other] { $n } مرة
}

# Editing entities, the map of places.
map-title = خريطة الأماكن
map-about = كل الأماكن التي تذكرها البيانات؛ كلما كبرت النقطة زاد عدد البيانات التي تذكرها.
map-alt = خريطة فيها نقطة لكل مكان مذكور. تضم القائمة أدناه الأماكن نفسها مع عدد البيانات.
map-list = كل الأماكن
map-unplaced = خارج الخريطة
map-source = خط الساحل: Natural Earth (ملك عام). تشير النقاط إلى وسط البلد أو المنطقة.
entities-views = عروض الأسماء
entity-edit = تحرير هذه التسجيلة
entity-merge-with = هو نفسه (رقم أو اسم)
entity-merge = دمج
entity-split-about = فصل ما جُمع
entity-split = هذا كيان آخر
field-name-ar = الاسم بالعربية
field-name-en = الاسم بالإنجليزية
field-name-fa = الاسم بالفارسية
field-name-fr = الاسم بالفرنسية
field-kind = النوع
field-mark = علامة
field-notes = ملاحظات
field-wikidata = Wikidata
field-viaf = VIAF
field-iso-3166 = ISO 3166
field-same-as = واحد مع
field-apart = منفصل
field-authorities = تسجيلات استنادية من ملف
