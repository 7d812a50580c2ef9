# Extraction: what pages say of themselves.

finding-publication-date-disagrees = روز انتشار در داده‌های صفحه با روز متن نمی‌خواند
