# Extraction: what pages say of themselves.

finding-publication-date-disagrees = يوم النشر في بيانات الصفحة يخالف يوم النص
