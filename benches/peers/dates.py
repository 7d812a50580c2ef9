"""Strings per second of dateparser on `LANG<TAB>STRING` lines from standard input, the language given; prints one number."""
import sys
import time

import dateparser

rows = [line.rstrip("\n").split("\t", 1) for line in sys.stdin]
dateparser.parse(rows[0][1], languages=[rows[0][0]])
start = time.perf_counter()
for lang, text in rows:
    try:
        dateparser.parse(text, languages=[lang])
    except ValueError:
        pass
print(len(rows) / (time.perf_counter() - start))
