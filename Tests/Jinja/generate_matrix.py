#!/usr/bin/env python3
"""More of our own cases: every filter, test, operator and method over values of every type, every combination of
whitespace control, and the snippets of snippets.txt.

    python3 generate_matrix.py && python3 oracle.py

What renders becomes one case for a filter, test or method with a line for each value; what fails becomes a case of its
own, because a template ends with its first error. Needs Jinja2 3.1.6 to tell the two apart.
"""
import itertools
import json
import os
import re

from oracle import oracle

HERE = os.path.dirname(os.path.abspath(__file__))
CONTEXT = {"x": "a <b> c", "n": 7, "f": 2.5, "l": [3, 1, 2], "d": {"b": 1, "a": [1, 2]}, "t": True, "none_value": None,
           "users": [{"name": "Ada", "age": 36, "city": "London"}, {"name": "bob", "age": 25, "city": "paris"},
                     {"name": "Cleo", "age": 36, "city": "Paris"}]}
VALUES = ["none", "true", "5", "-5", "2.5", "'ab c'", "''", "[3,1,2]", "[]", "(1,2)", "{'b':1,'a':2}", "'<a>'",
          "('<a>'|safe)", "nope", "range(3)", "users", "12345678901234567890", "[1,'a',none]", "['b','A','c']",
          "[[1,2],[3]]", "f", "(1,)", "'ÄÖ ßx'", "{}.items()", "x", "l", "d"]
FILTERS = """abs attr('a') batch(2)|list batch(2,'x')|list capitalize center(5) count d('x') default('x',true) dictsort
dictsort(true,'value',true) e escape filesizeformat filesizeformat(true) first float float(1.5) forceescape format(1)
groupby('age') indent indent(2,true,true) int int(9,16) items|list join join(',') join('<','name') last length list lower
map('upper')|list map(attribute='name')|list max min pprint reject('odd')|list rejectattr('age','lt',30)|list
replace('a','b') replace('','-',2) reverse|list round round(1,'floor') round(-1) safe select|list selectattr('name')|list
slice(2)|list slice(2,'x')|list sort sort(true) sort(attribute='name') string striptags sum sum('age') title tojson
tojson(1) trim trim('ab') truncate(3,leeway=0) truncate(3,true,'',0) unique|list unique(true)|list upper urlencode urlize
wordcount wordwrap(3) xmlattr xmlattr(false)""".split()
TESTS = """boolean callable defined divisibleby(2) eq(5) escaped even false filter float ge(2) gt(2) in([5,'a']) in('abc')
integer iterable le(2) lower lt(2) mapping ne(5) none number odd sameas(none) sequence string test true undefined upper
equalto(5) lessthan(3) greaterthan(3)""".split()
OPERATORS = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", "in", "not in", "and", "or"]
TEXTS = ["'ab c'", "''", "'aXbXc'", "'Straße ﬁ ŉ'", "'ÀÉÎ ǆ ǅ'", "'  x  '", "'a\\tb\\nc\\r\\nd'", "'ΑΣ ΣΑΣ.'", "'İıſ'",
         "'١٢٣ ½ ²'", "('<a&b>'|safe)", "'it\\'s'", "'日本語'", "'e\u0301x'", "'-12'"]
TEXT_METHODS = """upper() lower() title() capitalize() swapcase() casefold() strip() lstrip() rstrip() split() rsplit()
splitlines() isalnum() isalpha() isascii() isdecimal() isdigit() isidentifier() islower() isnumeric() isprintable()
isspace() istitle() isupper() encode() encode('ascii','ignore') center(9) center(10,'*') ljust(6,'-') rjust(7) zfill(6)
expandtabs(3) count('a') count('') count('X',0,2) find('X') find('c',1,-1) rfind('X') find('',99) index('b') rindex('')
startswith(('a','x')) startswith('a',0,1) endswith('c') endswith(('b','c'),1) partition('X') rpartition('X')
replace('X','') replace('','-') replace('','-',2) split('X') split('X',1) rsplit('X',1) split(none,1) rsplit(none,1)
split(sep='X',maxsplit=1) strip('ac') lstrip('a') rstrip('c') removeprefix('a') removesuffix('c') splitlines(true)
join(['1','2']) join('xy') format(1,2) format_map({}) nope() center() split('') join([1]) isupper(1)""".split()
LISTS = ["[3,1,2]", "[]", "['b','a']", "[[1],[2]]", "(3,1,3)"]
LIST_METHODS = """append(1) append() extend([1]) extend('ab') extend(1) insert(0,9) insert(-1,9) insert(99,9) pop() pop(0)
pop(9) remove(1) clear() copy() count(1) index(1) index(3,1) index(3,-1) reverse() sort() sort(reverse=true) nope()""".split()
DICTS = ["{'b':1,'a':2}", "{}", "{1:2,'x':none}"]
DICT_METHODS = """get('b') get('z',9) get() get([1]) keys() values() items() pop('b') pop('z') pop('z',1) popitem()
setdefault('b',5) setdefault('z') update({'b':9}) update([('k','v')]) update(b=3) update(1) clear() copy()
fromkeys('ab',1) b keys()|list|sort|first items()|first values()|sum keys()|join nope nope()""".split()
NUMBERS = ["5", "-5", "1234567", "2.5", "-2.567", "1e20", "0.0001", "true", "12345678901234567890", "-0.0", "'abc'", "none"]
BRACES = """ 5 <5 ^7 *>8 08 + +, , _ d x X #x o #o b #b c e E .2e f .3f ,.2f g .3g G % .1% s .2s 5s =8 010.3f +.1f 08, _x
#.3g .0f .10g""".split(" ")
PERCENTS = "s r d i u x X #x o #o e E f F g G c 5d -5d| 05d +d .3d 5.1f -8.2f| +.1f .0f .3s 5s 05s .10g 08.2f".split()
KEEP = 3    # failures of one kind that become cases


def slug(text):
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower() or "plain"


def make(area, name, source, context=CONTEXT, **options):
    entry = {"name": "own-%s-%s" % (area, name), "area": area, "templates": {"main.html": source}, "context": context}
    if options:
        entry["options"] = options
    result = oracle(entry)
    if "error" in result:
        entry["expect"] = "error"
    return entry, result


def usable(result):
    """Addresses differ in every run, and an error without a line tells nothing."""
    if "error" in result:
        return isinstance(result["line"], int) and result["error"] not in ("RecursionError", "NameError", "SyntaxError")
    return " at 0x" not in result["output"].lower()


def matrix(cases, area, kinds):
    """kinds: {name: [expressions]}"""
    for name, expressions in kinds:
        lines, failures = [], []
        for expression in expressions:
            entry, result = make(area, "%s-fails-%d" % (name, len(failures) + 1), "\n{{ %s }}" % expression)
            if not usable(result):
                continue
            (failures if "error" in result else lines).append(entry if "error" in result else expression)
        if lines:
            cases.append(make(area, name, "".join("{{ %s }}\n" % line for line in lines))[0])
        cases.extend(failures[:KEEP])


def named(items):
    """Unique names for items that may look alike."""
    seen = {}
    for item in items:
        name = slug(item)
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else "%s-%d" % (name, seen[name])), item


def whitespace(cases):
    tags = {"if": "A%s{%%%s if t %s%%}%sB%s{%%%s endif %s%%}%sC\n", "comment": "A%s{#%s c %s#}%sB%s{%%%s set q = 1 %s%%}%sC\n",
            "raw": "A%s{%%%s raw %s%%}%s{{ x }}%s{%%%s endraw %s%%}%sC\n", "for": "A%s{%%%s for i in l %s%%}%s{{ i }}%s{%%%s endfor %s%%}%sC\n"}
    for tag, trim, lstrip in itertools.product(tags, (False, True), (False, True)):
        source = ""
        for a, b, w in itertools.product(("", "-", "+"), ("", "-", "+"), (" ", "\n", "\n\n  ", "x\n \t")):
            if b == "+" and tag in ("raw", "comment"):
                b = ""
            source += tags[tag] % (w, a, b, w, w, a, b, w)
        options = {key: True for key, on in (("trim_blocks", trim), ("lstrip_blocks", lstrip)) if on}
        name = "-".join([tag] + [key.split("_")[0] for key in options])
        cases.append(make("whitespace", "matrix-" + name, source, **options)[0])


def snippets(cases):
    """Each line of snippets.txt, as it is and, where that differs, with strict undefined values."""
    with open(os.path.join(HERE, "snippets.txt"), encoding="utf-8") as file:
        lines = [line.rstrip("\n").replace("\\n", "\n") for line in file if line.strip() and not line.startswith("## ")]
    for number, source in enumerate(lines, 1):
        entry, result = make("snippets", "%03d" % number, source)
        if usable(result):
            cases.append(entry)
        strict, other = make("strict", "%03d" % number, source, undefined="strict")
        if other != result and usable(other):
            cases.append(strict)


def main():
    cases = []
    matrix(cases, "filter-matrix", [(n, ["(%s)|%s" % (v, f) for v in VALUES]) for n, f in named(FILTERS)])
    matrix(cases, "test-matrix", [(n, ["(%s) is %s" % (v, t) for v in VALUES]) for n, t in named(TESTS)])
    few = [v for v in VALUES if v not in ("users", "12345678901234567890", "{}.items()")][:16]
    words = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "//": "floor", "%": "modulo", "~": "join",
             "==": "equal", "!=": "unequal", "<": "less", "<=": "less-or-equal"}
    matrix(cases, "operator-matrix", [
        (words.get(o, slug(o)), ["(%s) %s (%s)" % (a, o, b) for a, b in itertools.product(few, few)]) for o in OPERATORS])
    matrix(cases, "text-methods", [(n, ["(%s).%s" % (v, m) for v in TEXTS]) for n, m in named(TEXT_METHODS)])
    matrix(cases, "brace-formats", [(n, ["'{:%s}'.format(%s)" % (f, v) for v in NUMBERS]) for n, f in named(BRACES)])
    matrix(cases, "percent-formats", [(n, ["'%%%s' %% (%s,)" % (f, v) for v in NUMBERS]) for n, f in named(PERCENTS)])
    for area, values, methods in (("list-methods", LISTS, LIST_METHODS), ("dict-methods", DICTS, DICT_METHODS)):
        for name, method in named(methods):
            source = "".join("{%% set v = %s %%}{{ v.%s }}|{{ v }}\n" % (v, method) for v in values)
            entry, result = make(area, name, source)
            if usable(result):
                cases.append(entry)
    whitespace(cases)
    snippets(cases)
    areas = {}
    for entry in cases:
        areas.setdefault(entry["area"], []).append(entry)
    for area, entries in areas.items():
        with open(os.path.join(HERE, "cases", "matrix-%s.json" % area), "w", encoding="utf-8") as out:
            json.dump(entries, out, indent=1, ensure_ascii=False)
            out.write("\n")
    print(len(cases), "cases")


if __name__ == "__main__":
    main()
