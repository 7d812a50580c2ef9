# Extraction: what pages say of themselves.

finding-publication-date-disagrees = The markup gives another day of publication than the text
