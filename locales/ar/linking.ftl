# Links: why a version is taken for one of a statement, and what a person says of it.
field-belongs = ينتمي إلى البيان
link-text-date = التاريخ نفسه في النصين
link-text-number = العدد نفسه في النصين
link-text-name = الاسم نفسه في النصين
link-text-words = كلمات تُعرف ترجمتها:
link-text-aligned = ما يقابله الآخر من كل نص، بالمئة:
link-text-lines = الأسطر:
link-text-through = مرتبطان بنصوص أخرى واحدة:
link-person = قال ذلك شخص:
link-decide = القرار بشأن هذا الرابط
link-confirm = ينتمي إلى هنا
link-reject = لا ينتمي إلى هنا
