#!/usr/bin/env python3
"""Asks the real WTForms what it makes of many fields, validators and inputs, and writes expected.json.

    python3 -m venv venv && venv/bin/pip install WTForms==3.3.2 email-validator==2.4.0
    venv/bin/python Tests/WTForms/make_expectations.py

    venv/bin/python Tests/WTForms/make_expectations.py --random 20000 --seed 7 > /tmp/random.json

The second form makes damaged inputs of the usual ones; ROOST_WTFORMS_CASES names such a file for the tests.

The Swift tests run every case of the file against RoostForms. A case names a kind of field, its validators and what was
sent; the expectation holds the errors, the value as text, and the HTML of label and element.
"""
import datetime
import decimal
import json
import pathlib
import random
import sys
import warnings

import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import validators as v

warnings.simplefilter("ignore")

KINDS = {
    name: getattr(wtforms, name)
    for name in """StringField TextAreaField PasswordField HiddenField SearchField TelField URLField EmailField ColorField
    BooleanField SubmitField IntegerField DecimalField FloatField IntegerRangeField DecimalRangeField DateTimeField
    DateTimeLocalField DateField MonthField WeekField TimeField SelectField SelectMultipleField RadioField""".split()
}


def moment(text):
    for kind, format in [(datetime.datetime, "%Y-%m-%d %H:%M:%S"), (datetime.date, "%Y-%m-%d"), (datetime.time, "%H:%M")]:
        try:
            value = datetime.datetime.strptime(text, format)
            return value if kind is datetime.datetime else value.date() if kind is datetime.date else value.time()
        except ValueError:
            pass
    return text


def typed(value):
    """A default: {"decimal": "1.5"} and {"moment": "2026-01-31"} have no form in JSON."""
    if isinstance(value, dict):
        return decimal.Decimal(value["decimal"]) if "decimal" in value else moment(value["moment"])
    return value


def validator(spec):
    name, args = spec[0], dict(spec[1]) if len(spec) > 1 else {}
    args = {key: typed(value) for key, value in args.items()}
    if name == "regexp":
        import re

        if args.pop("anywhere", False):
            args["matcher"] = re.search
        if args.pop("whole", False):
            args["matcher"] = re.fullmatch
        if args.pop("ignore_case", False):
            args["flags"] = re.IGNORECASE
    table = {
        "data_required": v.DataRequired, "input_required": v.InputRequired, "optional": v.Optional, "length": v.Length,
        "number_range": v.NumberRange, "date_range": v.DateRange, "email": v.Email, "equal_to": v.EqualTo,
        "ip_address": v.IPAddress, "mac_address": v.MacAddress, "url": v.URL, "uuid": v.UUID, "regexp": v.Regexp,
        "any_of": v.AnyOf, "none_of": v.NoneOf, "readonly": v.ReadOnly, "disabled": v.Disabled,
    }
    return table[name](**args)


def text(data):
    if isinstance(data, list):
        return "[" + ", ".join(text(item) for item in data) + "]"
    return str(data)


def run(case):
    options = {}
    if "label" in case:
        options["label"] = case["label"]
    if "default" in case:
        options["default"] = typed(case["default"])
    if "choices" in case:
        options["choices"] = [
            wtforms.SelectChoice(c[0], c[1], optgroup=c[2] if len(c) > 2 else None) for c in case["choices"]
        ]
    if case.get("coerce") == "int":
        options["coerce"] = int
    if "formats" in case:
        options["format"] = case["formats"]
    if "places" in case:
        options["places"] = case["places"]
    if "render_kw" in case:
        options["render_kw"] = case["render_kw"]
    options["validators"] = [validator(spec) for spec in case.get("validators", [])]

    class Form(wtforms.Form):
        some_field = KINDS[case["kind"]](**options)
        other = wtforms.StringField("The other")

    data = None
    if case.get("values") is not None:
        prefix = case.get("prefix", "")
        pairs = [(prefix + ("-" if prefix else "") + "some_field", value) for value in case["values"]]
        data = MultiDict(pairs + [(prefix + ("-" if prefix else "") + "other", case.get("other", "x"))])
    form = Form(data, prefix=case.get("prefix", ""))
    form.validate()
    field = form.some_field
    return {
        "errors": list(field.errors), "data": text(field.data), "label": str(field.label()),
        "html": str(field(**case.get("attributes", {}))),
    }


TEXTS = [
    None, [], [""], [" "], ["\t\n"], ["a"], ["ab"], ["abc"], ["x" * 65], ["<b>\"'&"], ["äöü"], ["\u2003"], ["\u00e9\u0301"],
    ["👍🏽"], ["two", "values"], ["\r\nline"], ["0"], ["false"], ["line\n"],
]
NUMBERS = [
    None, [], [""], ["0"], ["1"], ["-1"], ["+7"], [" 12 "], ["1_000"], ["_1"], ["1__0"], ["1_"], ["12a"], ["1.5"], ["-0.25"],
    [".5"], ["5."], ["1e3"], ["1E-3"], ["nan"], ["NaN"], ["-inf"], ["Infinity"], ["0x10"], ["１２"], ["9223372036854775807"],
    ["-9223372036854775808"], ["007"], ["1,5"], ["--1"], ["3.14159265358979"], ["1e16"], ["123456789012345.678"], ["1e400"],
    ["0.1"], ["1e-7"], ["0.000001"], ["2.675"], ["1e22"], ["9007199254740993"], ["100"], ["99.999"], ["-0"], ["+.e"], ["e5"],
]
EMAILS = """john@example.com a@b.co a@b.c a@1.2.3.4 a@b_c.com @x.com a@ a@b plain a@@x.com a@b..com a@.b.com a@b.com. a.b@c.de
a..b@c.de .a@c.de a.@c.de a+tag@x.org UPPER@EXAMPLE.COM a@-b.com a@b-.com a@b--c.com a@xn--bcher-kva.de a@bücher.de
ü@example.com a@localhost a@x.local a@x.test a@example.invalid a@1.com a@com a@x.c0m a@ab--cd.com a@日本語.jp o'neil@x.ie
"quoted"@x.org a!#$%&*@x.org a,b@x.org a;b@x.org a(b)@x.org a<b>@x.org a@[127.0.0.1] x@x.onion x@a.arpa a@x.y-z a@x_y.org
a@xn--.org a@例え.テスト ª@x.org a@b.123""".split() + [
    "a b@x.com", " a@x.com", "a@x.com ", "a@x.com\n", "a" * 64 + "@x.com", "a" * 65 + "@x.com", "a@" + "b" * 63 + ".com",
    "a@" + "b" * 64 + ".com", "a@" + ".".join(["b" * 60] * 4) + ".com", "a\u0000@x.com", "a@x\u200b.com", "\u0301a@x.com",
    "a" * 243 + "@x.com", "a@" + "b." * 120 + "com", "a@ex ample.com", "a@b\u3002com", "👍@x.com",
]
ADDRESSES = """127.0.0.1 0.0.0.0 255.255.255.255 256.1.1.1 1.2.3 1.2.3.4.5 01.2.3.4 1.2.3.04 1.2.3.a ::1 :: 1:: 1::2 1:2:3:4:5:6:7:8
1:2:3:4:5:6:7 1:2:3:4:5:6:7::8 1::2::3 ::ffff:1.2.3.4 ::1.2.3.04 abcd:ef01::1 ABCD::1 12345::1 g::1 ::1%eth0 ::1% fe80::1%a%b 1.2.3.4%a
:::: : 1 ::127.0.0.1 1:2:3:4:5:6:1.2.3.4 ١.2.3.4""".split() + ["", " 127.0.0.1", "127.0.0.1\n", None]
URLS = """http://example.com https://example.com/ ftp://example.com http://example http://localhost http://127.0.0.1
http://[::1] http://[::1]:80/x http://[::1 http://::1 http://1.2.3 http://example.com:80 http://example.com:99999
http://example.com:80a http://example.com: http://user@example.com http://user:pw@example.com http://@example.com http://:@example.com
javascript:alert(1) //example.com example.com http: http:// http:///path HTTP://EXAMPLE.COM http://ex_ample.com
http://-a.com http://a-.com http://a.b-c http://a..b http://.a.com http://a.com. http://example.com?x=1 http://example.com#f
http://bücher.de http://例え.テスト http://a.b1 http://xn--bcher-kva.xn--p1ai http://a.xn-- http://exa%20mple.com http://a.com\\b
http://[v1.x]/ http://[1.2.3.4]/ http://a@b@c.com http://x.co/a@b mailto:a@b.co 1http://a.com h+t://a.com""".split() + [
    "", " http://example.com", "http://exam ple.com", "http://example.com\n", "http://exa\tmple.com", "http://" + "a" * 64 + ".com",
    "http://" + "a" * 63 + ".com", "http://" + ".".join(["a" * 60] * 5) + ".com", None,
]
UUIDS = """12345678-1234-1234-1234-123456789abc 12345678123412341234123456789ABC {12345678-1234-1234-1234-123456789abc}
urn:uuid:12345678-1234-1234-1234-123456789abc 12345678-1234-1234-1234-123456789ab 12345678-1234-1234-1234-123456789abg
1-2345678123412341234123456789abc x""".split() + ["", None]
MACS = "01:23:45:67:ab:CD 01-23-45-67-ab-CD 01:23:45:67:ab 01:23:45:67:ab:cg 0123456789ab".split() + ["", "01:23:45:67:ab:CD\n", None]
PATTERNS = {
    "^[A-Za-z][A-Za-z0-9_.]*$": ["john", "1john", "jo hn", "jo.hn_1", "", "john\n", "john\n\n", "jöhn"],
    r"\d{3}-\d{4}": ["555-1234", "555-12345", "5551234", "x555-1234", "５５５-1234"],
    r"(?:ab|cd)+e?$": ["ab", "abcd", "abcde", "abce", "e", "abx"],
    r"[^\s@]+@[^\s@]+\.\w{2,}": ["a@b.co", "a@b.c", "a b@c.de", "@b.co"],
    r"a{2,3}b*c+?\Z": ["aac", "aaabbc", "aaaac", "aabbcc", "aac\n"],
    r"(foo|bar|)x": ["foox", "barx", "x", "bazx"],
    r"\bword\b": ["word", "a word here", "sword", "word!"],
    r"[\]\-a]+": ["]-a", "b"],
    r"[]a]+": ["]a", "b"],
    r".+": ["a", "", "\n", "äö"],
    r"(a*)*b": ["aaaa", "aaab", "b"],
    r"\w+\s\w+": ["äö ü", "a\u2003b", "a_b", "½ x"],
    r"x{,2}y": ["y", "xxy", "xxxy"],
    r"a{x}": ["a{x}", "a"],
    r"(?P<year>\d{4})": ["2026", "20"],
}
CHOICES = [["a", "A & B"], ["b", "<B>"], ["c", ""]]
GROUPED = [["1", "One", "Odd"], ["3", "Three", "Odd"], ["2", "Two", "Even"], ["9", "Nine", None]]


def cases():
    texts = ["StringField", "TextAreaField", "PasswordField", "HiddenField", "SearchField", "TelField", "URLField", "EmailField", "ColorField"]
    for kind in texts:
        for values in TEXTS:
            yield dict(kind=kind, label="A <label>", values=values)
        yield dict(kind=kind, default="the \"default\"", values=None)
        yield dict(kind=kind, validators=[["data_required"], ["length", {"min": 1, "max": 64}]], values=[""], prefix="pre")
        yield dict(
            kind=kind, values=["x"], render_kw={"class": "k", "placeholder": "p"},
            attributes={"class_": "own", "data_foo_bar": "1", "aria_label": "<x>", "autofocus": True, "hidden": False, "rows": 5},
        )
        for name in ["input_required", "readonly", "disabled", "optional"]:
            yield dict(kind=kind, validators=[[name]], values=["x"])
        yield dict(kind=kind, validators=[["regexp", {"regex": "^x$", "html_pattern": True}]], values=["y"])
    for first in ["data_required", "input_required", "optional"]:
        for values in TEXTS:
            yield dict(kind="StringField", validators=[[first], ["length", {"min": 2, "max": 3}], ["email"]], values=values)
    yield dict(kind="StringField", validators=[["optional", {"strip_whitespace": False}], ["length", {"min": 2}]], values=[" "])
    for name in ["data_required", "input_required"]:
        yield dict(kind="StringField", validators=[[name, {"message": "Say <it>"}]], values=[""])
    for limits in [{"min": 2}, {"min": 1}, {"max": 2}, {"max": 1}, {"min": 2, "max": 2}, {"min": 1, "max": 1}, {"min": 1, "max": 2},
                   {"min": 0, "max": 2}, {"max": 0}, {"min": 3, "max": 9, "message": "%(min)d to %(max)d, not %(length)d, 100%%"}]:
        for values in TEXTS:
            yield dict(kind="StringField", validators=[["length", limits]], values=values)
    for kind in ["IntegerField", "DecimalField", "FloatField", "IntegerRangeField", "DecimalRangeField"]:
        for values in NUMBERS:
            yield dict(kind=kind, values=values)
            yield dict(kind=kind, validators=[["data_required"], ["number_range", {"min": 1, "max": 100}]], values=values)
        for limits in [{"min": 5}, {"max": 5}, {"min": 0, "max": 5, "message": "%(min)s..%(max)s"}]:
            for values in [None, ["4"], ["5"], ["6"], ["x"]]:
                yield dict(kind=kind, validators=[["number_range", limits]], values=values)
        yield dict(kind=kind, validators=[["input_required"]], values=["0"])
        yield dict(kind=kind, validators=[["optional"], ["number_range", {"min": 1}]], values=[" "])
    for default in ["1.005", "1.015", "2.5", "-0.125", "1e5", "0", "123456789.999", "0.00000001", "1E+30"]:
        yield dict(kind="DecimalField", default={"decimal": default}, values=None)
        yield dict(kind="DecimalField", default={"decimal": default}, places=0, values=None)
        yield dict(kind="DecimalField", default={"decimal": default}, places=None, values=None)
    yield dict(kind="IntegerField", default=7, values=None)
    for default in [0.1, 1e16, 1e-5, 2.0, 123456789012345680.0, 9007199254740994.0, 1e22, 5e-324]:
        yield dict(kind="FloatField", default=default, values=None)
    for values in [None, [], [""], ["y"], ["false"], ["False"], ["0"], ["on"], ["no", "y"]]:
        for kind in ["BooleanField", "SubmitField"]:
            yield dict(kind=kind, label="Tick", values=values)
            yield dict(kind=kind, validators=[["data_required"]], values=values)
            yield dict(kind=kind, validators=[["input_required"]], values=values)
            yield dict(kind=kind, default=True, values=values)
    moments = [
        None, [], [""], ["2026-01-31"], ["2026-02-29"], ["2024-02-29"], ["2026-1-5"], ["2026-13-01"], ["26-01-01"], ["2026-01-31 10:20:30"],
        ["2026-01-31T10:20"], ["2026-01-31 10:20"], ["2026-01-31", "10:20:30"], ["10:20"], ["1:2"], ["24:00"], ["10:20:30"], ["23:59:60"],
        ["2026-W01"], ["2026-W00"], ["2026-W53"], ["2024-W53"], ["2026-W54"], ["2026-01"], ["2026-00"], ["0000-01-01"], ["2026-01-31 "],
        [" 2026-01-31"], ["2026-01-3"], ["x"], ["2026-W1"], ["2026-01-31  10:20:30"],
    ]
    for kind in ["DateTimeField", "DateTimeLocalField", "DateField", "MonthField", "WeekField", "TimeField"]:
        for values in moments:
            yield dict(kind=kind, values=values)
        yield dict(kind=kind, validators=[["data_required"]], values=[""])
        yield dict(kind=kind, validators=[["optional"]], values=[""])
        default = "10:05" if kind == "TimeField" else "2026-03-04" if kind in ("DateField", "MonthField", "WeekField") else "2026-03-04 05:06:07"
        yield dict(kind=kind, default={"moment": default}, values=None)
    limits = {"min": {"moment": "2026-01-01"}, "max": {"moment": "2026-12-31"}}
    for values in [None, [""], ["2025-12-31"], ["2026-01-01"], ["2026-12-31"], ["2027-01-01"], ["x"]]:
        yield dict(kind="DateField", validators=[["date_range", limits]], values=values)
        yield dict(kind="DateField", validators=[["date_range", {"min": limits["min"]}]], values=values)
        yield dict(kind="DateField", validators=[["date_range", {"max": limits["max"]}]], values=values)
        yield dict(kind="DateTimeLocalField", validators=[["date_range", {"min": {"moment": "2026-01-01 10:00:00"}}]], values=values)
    for formats, values in [
        (["%d.%m.%Y"], ["31.1.2026"]), (["%d.%m.%Y"], ["31.1.26"]), (["%d %B %Y"], ["5 march 2026"]), (["%d %b %Y"], ["5 Mar 2026"]),
        (["%m%d%Y"], ["1112026"]), (["%m%d%Y"], ["1122026"]), (["%j %Y"], ["60 2024"]), (["%y-%m-%d"], ["68-01-01"]), (["%y-%m-%d"], ["69-01-01"]),
        (["%A %d %m %Y"], ["sunday 01 02 2026"]), (["%d/%m/%Y", "%Y-%m-%d"], ["2026-05-06"]), (["%-d.%-m.%Y"], ["5.6.2026"]),
    ]:
        yield dict(kind="DateField", formats=formats, values=values)
        yield dict(kind="DateField", formats=formats, default={"moment": "2026-03-04"}, values=None)
    for formats, values in [(["%I:%M %p"], ["12:05 am"]), (["%I:%M %p"], ["12:05 PM"]), (["%I:%M %p"], ["1:05 pm"]), (["%H:%M:%S.%f"], ["1:2:3.25"]), (["%I:%M"], ["13:00"])]:
        yield dict(kind="TimeField", formats=formats, values=values)
        yield dict(kind="TimeField", formats=formats, default={"moment": "15:04"}, values=None)
    for kind in ["SelectField", "RadioField"]:
        for values in [None, [], [""], ["a"], ["c"], ["z"], ["a", "b"]]:
            yield dict(kind=kind, label="Pick", choices=CHOICES, values=values)
            yield dict(kind=kind, choices=CHOICES, validators=[["data_required"]], values=values)
            yield dict(kind=kind, choices=CHOICES, default="b", values=values)
        for values in [["1"], ["x"], ["2"], [" 1 "]]:
            yield dict(kind=kind, choices=[[1, "One"], [3, "Three"]], coerce="int", values=values)
    yield dict(kind="SelectField", choices=GROUPED, values=["2"], attributes={"class_": "c"})
    for values in [None, [], ["a"], ["a", "c"], ["a", "z"], ["z", "z"], [""]]:
        yield dict(kind="SelectMultipleField", choices=CHOICES, values=values)
        yield dict(
            kind="SelectMultipleField", choices=CHOICES, default=["b"], validators=[["data_required"]], values=values)
    yield dict(kind="SelectMultipleField", choices=GROUPED, values=["1", "9"])
    for values in [["1"], ["1", "x"], ["3", "1"]]:
        yield dict(kind="SelectMultipleField", choices=[[1, "One"], [3, "Three"]], coerce="int", values=values)
        yield dict(kind="SelectMultipleField", choices=[[1, "One"], [3, "Three"]], coerce="int", validators=[["length", {"max": 1}]], values=values)
        yield dict(kind="SelectMultipleField", choices=[[1, "One"], [3, "Three"]], coerce="int", validators=[["any_of", {"values": [3]}], ["none_of", {"values": [1]}]], values=values)

    def texts_of(name, inputs, **args):
        for text in inputs:
            yield dict(kind="StringField", validators=[[name, args]], values=None if text is None else [text])

    yield from texts_of("email", EMAILS + ["", None])
    yield from texts_of("email", ["x"], message="No mail")
    yield from texts_of("ip_address", ADDRESSES)
    yield from texts_of("ip_address", ADDRESSES, ipv6=True)
    yield from texts_of("ip_address", ADDRESSES, ipv4=False, ipv6=True)
    yield from texts_of("mac_address", MACS)
    yield from texts_of("uuid", UUIDS)
    yield from texts_of("url", [u for u in URLS if u is not None])
    yield from texts_of("url", [u for u in URLS if u is not None], require_tld=False, allow_ip=False)
    yield from texts_of("url", [u for u in URLS if u is not None], schemes=None, allow_userinfo=True)
    for pattern, inputs in PATTERNS.items():
        for flags in [{}, {"anywhere": True}, {"whole": True}, {"ignore_case": True}]:
            for text in inputs + [text.upper() for text in inputs]:
                yield dict(kind="StringField", validators=[["regexp", {"regex": pattern, **flags}]], values=[text])
    for values in [["a"], ["b"], [""], None]:
        yield dict(kind="StringField", validators=[["any_of", {"values": ["a", "c"]}]], values=values)
        yield dict(kind="StringField", validators=[["none_of", {"values": ["a", "c"]}]], values=values)
        yield dict(kind="StringField", validators=[["any_of", {"values": ["a"], "message": "Not %(values)s"}]], values=values)
        for other in ["a", "b", ""]:
            yield dict(kind="StringField", validators=[["equal_to", {"fieldname": "other"}]], values=values, other=other)
        yield dict(kind="StringField", validators=[["equal_to", {"fieldname": "other", "message": "%(other_label)s, %(other_name)s"}]], values=values)
        yield dict(kind="StringField", validators=[["equal_to", {"fieldname": "nothing"}]], values=values)
        yield dict(kind="StringField", validators=[["readonly"]], default="a", values=values)
    for values in [["5"], ["6"], None]:
        yield dict(kind="IntegerField", validators=[["any_of", {"values": [5, 7]}]], values=values)
        yield dict(kind="IntegerField", validators=[["readonly"]], default=5, values=values)


def damaged(text):
    """The text with a few characters taken out, doubled, exchanged or put in."""
    characters = list(text)
    for _ in range(random.randint(1, 3)):
        place = random.randint(0, len(characters))
        characters[place:place + random.randint(0, 2)] = random.choice(
            list(".@-_:/+ 019aZ%[]?#eE,TW\n\t\u00e4\u0663\u2003\U0001f44d") + [""] + characters[place:place + 1] * 2)
    return "".join(characters)


def random_cases(count):
    kinds = [case for case in cases() if case.get("values") and "choices" not in case]
    for _ in range(count):
        case = dict(random.choice(kinds))
        case["values"] = [damaged(value) for value in case["values"]]
        yield case


def expectations(cases):
    seen = set()
    for case in cases:
        key = json.dumps(case, sort_keys=True)
        if key in seen:
            continue
        seen.add(key)
        try:
            yield json.dumps({**case, "expected": run(case)}, ensure_ascii=True)
        except Exception as error:  # where the original itself fails there is nothing to compare
            print("left out:", key, repr(error), file=sys.stderr)


def main():
    if "--random" in sys.argv:
        random.seed(int(sys.argv[sys.argv.index("--seed") + 1]))
        print("[" + ",\n".join(expectations(random_cases(int(sys.argv[sys.argv.index("--random") + 1])))) + "]")
        return
    lines = list(expectations(cases()))
    pathlib.Path(__file__).with_name("expected.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(lines), "cases for WTForms", wtforms.__version__)


main()
