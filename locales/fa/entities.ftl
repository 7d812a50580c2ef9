# Entities and their pages.
