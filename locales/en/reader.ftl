# The parallel reader, terms, links.
