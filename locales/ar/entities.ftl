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
