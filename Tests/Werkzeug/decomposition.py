"""Writes the table of Sources/RoostHTTP/Text/Decomposition.swift from Python's unicodedata."""

import re
import sys
import unicodedata


def table():
    found = {}
    for code in range(0x80, 0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        text = unicodedata.normalize("NFKD", chr(code)).encode("ascii", "ignore").decode()
        if text := re.sub(r"[^A-Za-z0-9_.\- /]", "", text):
            found[code] = text
    return found


def runs(found):
    """Code points that follow each other; gaps of up to two are bridged with nothing."""
    result = []
    for code in sorted(found):
        if result and code - (result[-1][0] + len(result[-1][1])) <= 3:
            first, texts = result[-1]
            texts += [""] * (code - first - len(texts)) + [found[code]]
        else:
            result.append((code, [found[code]]))
    return result


def main():
    for first, texts in runs(table()):
        joined = ",".join(texts)
        line = f'        (0x{first:X}, "{joined}"),'
        if len(line) <= 118:
            print(line)
            continue
        pieces = [joined[start : start + 100] for start in range(0, len(joined), 100)]
        print(f'        (\n            0x{first:X},\n            """')
        print("\\\n".join("            " + piece for piece in pieces))
        print('            """\n        ),')


if __name__ == "__main__":
    sys.exit(main())
