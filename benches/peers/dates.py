"""dateparser at the same work as `diwan text dates`; the language is given, nothing else.

    dates.py strings   reads `LANG<TAB>STRING<TAB>VALUE` lines, prints strings per second, then the share of right values
    dates.py search    reads passages, one JSON object a line with lang, text, spans; prints exact span F1, then value F1
"""
import json
import sys
import time

import dateparser
from dateparser.search import search_dates


def agrees(moment, want):
    """As many of the parts of the date as the expected value has."""
    if moment is None or ":" in want:
        return False
    pattern = "--%m-%d" if want.startswith("--") else {4: "%Y", 7: "%Y-%m"}.get(len(want), "%Y-%m-%d")
    return moment.strftime(pattern) == want


def f1(right, given, wanted):
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    return 2 * precision * recall / (precision + recall) if right else 0.0


def strings(rows):
    dateparser.parse(rows[0][1], languages=[rows[0][0]])
    answers = []
    start = time.process_time()
    for lang, text, _ in rows:
        try:
            answers.append(dateparser.parse(text, languages=[lang]))
        except Exception:  # a peer that fails on a string has no answer for it
            answers.append(None)
    seconds = time.process_time() - start
    right = sum(agrees(a, want) for a, (_, _, want) in zip(answers, rows))
    print(len(rows) / seconds, right / len(rows))


def search(passages):
    exact = value = given = wanted = 0
    for passage in passages:
        try:
            found = search_dates(passage["text"], languages=[passage["lang"]]) or []
        except Exception:
            found = []
        places, at = [], 0
        for printed, moment in found:
            start = passage["text"].find(printed, at)
            if start >= 0:
                at = start + len(printed)
                places.append((start, at, moment))
        spans = passage["spans"]
        given, wanted = given + len(found), wanted + len(spans)
        exact += sum(any((s["start"], s["end"]) == p[:2] for p in places) for s in spans)
        value += sum(any(p[0] < s["end"] and s["start"] < p[1] and agrees(p[2], s["expected"]) for p in places) for s in spans)
    print(f1(exact, given, wanted), f1(value, given, wanted))


lines = [line.rstrip("\n") for line in sys.stdin if line.strip()]
if sys.argv[1] == "strings":
    strings([line.split("\t") for line in lines])
else:
    search([json.loads(line) for line in lines])
