# Extraction: what pages say of themselves.

finding-publication-date-disagrees = Le balisage donne un autre jour de publication que le texte
