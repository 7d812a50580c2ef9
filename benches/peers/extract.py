"""Peers at the same work as `diwan extract`: main text and date of web pages.

    extract.py LIST.tsv OUT    reads key, path, address; writes OUT/<peer>.json for the scorers, prints `peer ms-a-page`

A peer that is not installed is left out.
"""
import gzip
import json
import os
import sys
import time


def trafilatura():
    import trafilatura

    return "articleBody", lambda html, url: trafilatura.extract(html, url=url, include_comments=False)


def readability():
    import lxml.html
    from readability import Document

    return "articleBody", lambda html, url: lxml.html.fromstring(Document(html).summary()).text_content()


def htmldate():
    from htmldate import find_date

    return "date", lambda html, url: find_date(html, url=url)


rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8")]
pages = [(key, gzip.open(path).read().decode("utf-8", "replace"), url or None) for key, path, url in rows]
for name, make in (("trafilatura", trafilatura), ("readability-lxml", readability), ("htmldate", htmldate)):
    try:
        kind, run = make()
    except ImportError:
        continue
    answers = {}
    start = time.process_time()
    for key, html, url in pages:
        try:
            answer = run(html, url)
        except Exception:  # a peer that fails on a page has no answer for it
            answer = None
        answers[key] = {"articleBody": answer or ""} if kind == "articleBody" else answer
    milliseconds = (time.process_time() - start) * 1000 / len(pages)
    with open(os.path.join(sys.argv[2], name + ".json"), "w", encoding="utf-8") as out:
        json.dump(answers, out)
    print(name, kind, round(milliseconds, 1), flush=True)
