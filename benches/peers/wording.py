"""Near-duplicates by datasketch's MinHashLSH over pairs of words, `LANG<TAB>ORIGIN<TAB>SHARE<TAB>TEXT` lines from a file;
prints seconds, sentences, recall of the planted variants. The signature and the threshold are datasketch's usual ones for
short texts: 128 permutations, Jaccard 0.3."""
import sys
import time

from datasketch import MinHash, MinHashLSH

rows = [line.rstrip("\n").split("\t", 3) for line in open(sys.argv[1], encoding="utf-8")]
threshold = float(sys.argv[2]) if len(sys.argv) > 2 else 0.3
start = time.perf_counter()
lsh = MinHashLSH(threshold=threshold, num_perm=128)
up = list(range(len(rows)))


def root(k):
    while up[k] != k:
        up[k] = up[up[k]]
        k = up[k]
    return k


for k, (lang, _, _, text) in enumerate(rows):
    words = text.lower().split()
    sketch = MinHash(num_perm=128)
    sketch.update_batch([f"{lang} {a} {b}".encode() for a, b in zip(words, words[1:])])
    for other in lsh.query(sketch):
        up[root(k)] = root(other)
    lsh.insert(k, sketch, check_duplication=False)
seconds = time.perf_counter() - start
planted = [(k, int(origin)) for k, (_, origin, _, _) in enumerate(rows) if origin]
hit = sum(root(k) == root(origin) for k, origin in planted)
print(f"{seconds:.2f}\t{len(rows)}\t{hit / max(1, len(planted)):.4f}")
