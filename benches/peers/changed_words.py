"""Changed words from each statement of a folder to the next, by `diwan compare` and by Python's difflib on the same words.
Arguments: the built binary, the folder."""
import difflib
import glob
import json
import os
import re
import subprocess
import sys

WORD = re.compile(r"\w+(?:[.,']\w+)*")


def words(text):
    return [w.lower() for w in WORD.findall(text)]


files = sorted(glob.glob(os.path.join(sys.argv[2], "*.txt")))
ours = theirs = more = 0
for a, b in zip(files, files[1:]):
    out = subprocess.run([sys.argv[1], "compare", a, b, "--json"], capture_output=True, text=True, check=True).stdout
    changed = sum(
        len(words(op[side] or ""))
        for op in json.loads(out)["operations"]
        if op["op"] not in ("equal", "move")
        for side in ("before", "after")
    )
    wa, wb = (words(open(x, encoding="utf-8", errors="replace").read()) for x in (a, b))
    codes = difflib.SequenceMatcher(None, wa, wb).get_opcodes()
    peer = sum((i2 - i1) + (j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal")
    ours, theirs, more = ours + changed, theirs + peer, more + (changed > peer)
print(f"changed words over {len(files) - 1} pairs: {ours}; difflib {theirs}; pairs with more than difflib: {more}")
