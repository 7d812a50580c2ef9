# Links: why a version is taken for one of a statement, and what a person says of it.
field-belongs = به بیانیه تعلق دارد
link-text-date = همان تاریخ در هر دو
link-text-number = همان عدد در هر دو
link-text-name = همان نام در هر دو
link-text-words = واژه‌هایی که برگردانشان شناخته است:
link-text-aligned = درصدی از هر متن که در دیگری آمده است:
link-text-lines = سطرها:
link-text-through = هر دو به متن‌های دیگری پیوسته‌اند:
link-person = کسی چنین گفته است:
link-decide = تصمیم دربارهٔ این پیوند
link-confirm = جایش همین‌جاست
link-reject = جایش این‌جا نیست
