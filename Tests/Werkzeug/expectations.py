"""Asks the real Werkzeug what Roost's tests expect.

    expectations.py            writes expected/*.json
    expectations.py --check    exits 1 and names the file when one differs from what Werkzeug says today

Everything is made from fixed seeds, so that a run gives the same files as the last one. Needs Werkzeug 3.1.
"""

import json
import sys
from pathlib import Path

import messages
import routes

FOLDER = Path(__file__).parent / "expected"


def main():
    files = {**routes.all_cases(), **messages.all_cases()}
    wrong = []
    for name, cases in files.items():
        text = json.dumps(cases, indent=None, separators=(",", ":"), sort_keys=True).replace('},{', '},\n{') + "\n"
        path = FOLDER / f"{name}.json"
        if "--check" in sys.argv:
            if not path.exists() or path.read_text() != text:
                wrong.append(path.name)
        else:
            path.write_text(text)
    if wrong:
        sys.exit("differ from Werkzeug: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
