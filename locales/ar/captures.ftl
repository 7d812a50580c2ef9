# Pages about captures.
capture-way = كيف وصل
capture-asked = طُلب في
capture-way-address = العنوان
capture-peer = من
capture-request = الطلب
capture-response = الجواب
capture-fetched = جلبه هذا الأرشيف
capture-from-archive = من أرشيف ويب
capture-encoding = الترميز المعلن
capture-method = قُرئ بواسطة
capture-notes = ما تقوله عنه قائمة
capture-findings = ملاحظات
capture-page = الصفحة
