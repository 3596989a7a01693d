"""Cookies, forms, accept headers, dates and file names, read and written by Werkzeug."""

import io
import random
import re
import warnings

from werkzeug.datastructures import CharsetAccept, LanguageAccept, MIMEAccept, Accept
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import MultiPartParser
from werkzeug.http import (
    dump_cookie, http_date, parse_accept_header, parse_date, parse_options_header, parse_etags, parse_range_header,
)
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import secure_filename
from urllib.parse import parse_qsl

TOKEN = re.compile(r"[\w!#$%&'*+\-.^`|~]+", re.ASCII)


def pick(rng, alphabet, most):
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(0, most)))


def cookies_in(rng):
    headers = [
        "", "a=1", "a=1; b=2", "a=1;b=2", "a", "a; b=1", "=1; a=2", "a==; b", 'a="x y"; b=1', r'a="\"\\"', r'a="\303\274"',
        r'a="\073\054"; b', 'a="unclosed; b=1', "a=1 2; b=3", " a = 1 ; b = 2 ", "a=1; a=2", "ü=ß", 'a="1"2; b=3', "a=\t1",
        r'a="\4\78"', 'a=""', ";;;a=1;;", "a=b=c", r'a="x\"; b=1"; c=2', "a= ; b=", 'a"b=1; c=2',
    ]
    while len(headers) < 300:
        headers.append(pick(rng, 'ab=;" \\\t017,ü', 14))
    return [{"header": header, "cookies": [list(pair) for pair in parse_cookie(header).items(multi=True)]} for header in headers]


def cookies_out(rng):
    cases = []
    for number in range(200):
        value = pick(rng, 'abAZ09 ";,\\=ü€\x00\x07\r\n\x7f!#$%&()*+-./:<>?@[]^_`{|}~\'', 12)
        options = {
            "path": rng.choice(["/", "/a b", "/ü;x", None, "/a%20b"]), "domain": rng.choice([None, "example.org", ".example.org", "example.org:80"]),
            "max_age": rng.choice([None, 0, 60]), "expires": rng.choice([None, 0, 784111777]), "secure": rng.random() < 0.3,
            "httponly": rng.random() < 0.3, "samesite": rng.choice([None, "Lax", "Strict", "None"]),
            "partitioned": rng.random() < 0.1,
        }
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            header = dump_cookie(f"n{number}", value, sync_expires=False, **options)
        cases.append({"name": f"n{number}", "value": value, **options, "header": header})
    return cases


def accepts(rng):
    kinds = {
        "media": (MIMEAccept, ["text/html", "application/json", "text/plain", "image/png", "text/html;level=1"],
                  ["text/html", "text/*", "*/*", "application/json", "text/html;level=1", "image/*", "*", "*/html", "text/plain; charset=utf-8"]),
        "language": (LanguageAccept, ["en", "de", "de-AT", "en_US", "fr", "zh-Hans"], ["en", "de", "de-AT", "en-US", "*", "fr-CH", "zh", "es"]),
        "charset": (CharsetAccept, ["utf-8", "latin1", "ascii"], ["utf8", "UTF-8", "iso-8859-1", "us-ascii", "*", "koi8-r"]),
        "encoding": (Accept, ["gzip", "br", "identity", "zstd"], ["gzip", "BR", "deflate", "*", "identity", "zstd"]),
    }
    cases = []
    for kind, (cls, offers, entries) in kinds.items():
        for _ in range(120):
            header = rng.choice([",", ", "]).join(
                entry + rng.choice(["", "", ";q=0", ";q=0.5", "; q=0.8", ";q=1", ";q=2", ";q=x", ";q=0.333", "; Q=0.1"])
                for entry in (rng.choice(entries) for _ in range(rng.randint(0, 5)))
            )
            offered = rng.sample(offers, rng.randint(1, len(offers)))
            accept = parse_accept_header(header, cls)
            cases.append({
                "kind": kind, "header": header, "offers": offered, "best": accept.best_match(offered),
                "qualities": [accept.quality(offer) for offer in offered],
            })
    return cases


def dates(rng):
    texts = [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 +0200", "Sun, 06 Nov 1994 08:49:37 -0730",
        "Sun, 06 Nov 1994 08:49:37 EST", "Sun, 06 Nov 1994 08:49:37 PDT", "Sun, 06 Nov 1994 08:49 GMT",
        "Thu, 29 Feb 2024 00:00:00 GMT", "Wed, 29 Feb 2023 00:00:00 GMT", "Sun, 31 Apr 2023 00:00:00 GMT", "", "x",
        "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sat, 01 Jan 68 00:00:00 GMT", "Sat, 01 Jan 69 00:00:00 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun,06 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt", "Sun, 06 November 1994 08:49:37 GMT", "32 Jan 2020 00:00:00 GMT", "0 Jan 2020 00:00:00 GMT",
    ]
    moments = [0, 784111777, 951782400, 4102444800, 2147483648, -1, -62135596800 + 86400]
    moments += [rng.randint(0, 4_000_000_000) for _ in range(100)]
    read = [{"text": text, "seconds": None if (date := parse_date(text)) is None else int(date.timestamp())} for text in texts]
    return {"read": read, "written": [{"seconds": moment, "text": http_date(moment)} for moment in moments]}


def filenames(rng):
    names = [
        "My cool movie.mov", "../../../etc/passwd", "i contain cool \xfcml\xe4uts.txt", "", ".", "..", "...", "__filename__",
        "foo$&^*)bar", "C:\\autoexec.bat", "CON.txt", "\ufb01le.txt", "\uff26\uff35\uff2c\uff2c.txt", "\u212b.png", "\u2460\u2461.gif", "a/b\\c",
        "\u1e9e.txt", "\u0130stanbul.pdf", "e\u0301.txt", "\u00bd.doc", "\u2024.hidden", "\u2025a", "a\u00a0b\u3000c", "tab\tnew\nline", "日本語.txt", "😀.png", "a\x00b",
        "\u2122\u00ae.txt", "\u01c4\u1d4d\u2075.x", " - .x", "a  b   c", "_.a._",
    ]
    alphabet = "ab.-_ /\\äÖßéñ\u0301ﬃ①Ａ\u2003\u00a0日✓\t~'\"%"
    while len(names) < 250:
        names.append(pick(rng, alphabet, 12))
    for start in range(0, 0x30000, 97):
        name = "".join(chr(code) for code in range(start, start + 3) if not 0xD800 <= code < 0xE000)
        names.append("x" + name + "y")
    return [{"name": name, "safe": secure_filename(name)} for name in names]


def options(rng):
    headers = [
        "", "text/html", "text/html; charset=utf-8", 'form-data; name="a"; filename="b c.txt"', "form-data; name=a;filename=b",
        'form-data; name="a\\"b"; filename="x%22y"', "attachment; filename*=utf-8''%c3%bc%20x.txt", "attachment; filename*=iso-8859-1'en'%fc",
        "attachment; filename*0=a; filename*1=b", "attachment; filename*0*=utf-8''%c3; filename*1*=%bc", "a; b", "a; b=", "a; =b", "a; b=c=d",
        'a; b="unclosed; c=d', 'a; b="x"y; c=d', "a; B=C", "a; b=1; b=2", " a ; b = c ", "; a=b", "a;;b=c", "a; filename*=foo''x", "a; filename*=utf-8'x",
        'a; b="c;d"', "a; b='c d'", 'a; b="\\\\"', "a; x*=utf-8''%zz", "a; x*0=1; x=2", "a; x=2; x*0=1", "a; b=c ;d=e",
    ]
    while len(headers) < 200:
        headers.append("v; " + pick(rng, 'ab=;" \\*01\'%c', 16))
    return [{"header": header, "value": (parsed := parse_options_header(header))[0], "options": parsed[1]} for header in headers]


def multipart_body(rng):
    """Parts between boundaries, then damaged now and then."""
    end = rng.choice(["\r\n", "\r\n", "\n"])
    body = rng.choice(["", "", "preamble" + end, end])
    for number in range(rng.randint(0, 5)):
        body += "--bound" + rng.choice(["", "", " ", "\t "]) + end
        disposition = rng.choice(["form-data", "form-data", "attachment"])
        name = rng.choice(["a", "b", "ü", 'q\\"t', "a b"])
        line = f'Content-Disposition: {disposition}; name="{name}"'
        if rng.random() < 0.4:
            line += rng.choice(['; filename="f.txt"', '; filename=""', "; filename*=utf-8''%C3%BC.txt", f";{end} filename=x"])
        body += line + end
        if rng.random() < 0.3:
            body += rng.choice(["Content-Type: text/plain", "content-type: text/plain; charset=iso-8859-1", "X-Other:  y  "]) + end
        body += end + rng.choice(["", "text", "ü\r\nzwei", "\r\n", "--bound", "\n--boun", "\r\r\n", "\r\n--boundx", "--bound--", "a" * 300]) + end
    body += rng.choice(["--bound--", "--bound--" + end, "--bound--" + end + "epilogue", "--bound", ""])
    data = bytearray(body.encode())
    damage = rng.random()
    if damage < 0.15 and data:
        del data[rng.randint(0, len(data) - 1):]
    elif damage < 0.3 and data:
        place = rng.randint(0, len(data) - 1)
        if data[place] not in b"\r\n:":
            data[place] = rng.choice(b"x;\"-= ")
    return bytes(data)


def multipart(rng):
    cases = []
    while len(cases) < 300:
        body = multipart_body(rng)
        case = {"body": body.decode("latin-1")}
        try:
            fields, files = MultiPartParser().parse(io.BytesIO(body), b"bound", len(body))
        except (ValueError, RequestEntityTooLarge):
            cases.append({**case, "error": True})
            continue
        found = list(files.items(multi=True))
        strange = any(not TOKEN.fullmatch(name) for _, file in found for name, _ in file.headers)
        if strange or any(name is None for name, _ in list(fields.items(multi=True)) + found):
            continue  # Roost refuses what Werkzeug takes: parts without a name, headers that are none.
        case["fields"] = [list(pair) for pair in fields.items(multi=True)]
        case["files"] = [
            [name, file.filename, file.content_type or "", file.stream.read().decode("latin-1")] for name, file in found
        ]
        cases.append(case)
    return cases


def urlencoded(rng):
    texts = ["", "a=1&b=2", "a=1&a=2", "a", "a&b=1", "=1", "a=1+2", "a=%C3%BC", "a=%ff", "a=%zz", "a=1;b=2", "&&a=1&&", "a=b=c", "%61=%62", "ü=ß"]
    while len(texts) < 200:
        texts.append(pick(rng, "ab=&+%2C3ü;", 14))
    return [
        {"text": text, "fields": [list(pair) for pair in parse_qsl(text, keep_blank_values=True, errors="replace")]}
        for text in texts
    ]


def conditions(rng):
    tags = ['"a"', 'W/"b"', "c", "*", '"a", W/"b", c', 'w/"d"', '"a,b"', "", '"unclosed', '"a""b"']
    ranges = ["bytes=0-499", "bytes=500-", "bytes=-500", "bytes=0-0,-1", "bytes=5-2", "bytes=x", "items=0-5", "", "bytes=", "bytes= 0 - 5", "bytes=0-499,600-"]
    return {
        "etags": [
            {"header": tag, "strong": sorted((parsed := parse_etags(tag)).as_set()), "weak": sorted(parsed.as_set(True) - parsed.as_set()), "star": parsed.star_tag}
            for tag in tags
        ],
        "ranges": [
            {"header": text, "ranges": None if (parsed := parse_range_header(text)) is None else [parsed.units, [list(pair) for pair in parsed.ranges]]}
            for text in ranges
        ],
    }


def all_cases():
    rng = random.Random(21)
    return {
        "cookies_in": cookies_in(rng), "cookies_out": cookies_out(rng), "accept": accepts(rng), "dates": dates(rng),
        "filenames": filenames(rng), "options": options(rng), "multipart": multipart(rng), "urlencoded": urlencoded(rng),
        "conditions": conditions(rng),
    }
