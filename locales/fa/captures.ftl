# Pages about captures.
capture-way = چگونه رسید
capture-asked = درخواست در
capture-way-address = نشانی
capture-peer = از
capture-request = درخواست
capture-response = پاسخ
capture-fetched = این بایگانی آن را گرفت
capture-from-archive = از یک بایگانی وب
capture-encoding = کدگذاری اعلام‌شده
capture-method = خوانده با
capture-notes = آنچه فهرستی درباره‌اش می‌گوید
capture-findings = یافته‌ها
capture-page = صفحه
