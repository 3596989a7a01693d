#!/usr/bin/env python3
"""Our own cases: writes cases/*.json from the short table below.

    python3 generate_cases.py && python3 oracle.py

A case is (template source or {name: source}) with a context; `oracle.py` makes expected.json with the real Jinja2.
"""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {}


def case(area, name, templates, context=None, error=False, **options):
    if isinstance(templates, str):
        extension = options.get("extension", "html")
        templates = {"main." + extension: templates}
    entry = {"name": f"own-{area}-{name}", "area": area, "templates": templates, "context": context or {}}
    if options:
        entry["options"] = options
    if error:
        entry["expect"] = "error"
    CASES.setdefault(area, []).append(entry)


USERS = [{"name": "Ada", "age": 36, "city": "London", "tags": ["x", "y"]},
         {"name": "bob", "age": 25, "city": "paris", "tags": []},
         {"name": "Cleo", "age": 36, "city": "Paris", "tags": ["z"]}]
TEXT = ("The quick brown fox jumps over the lazy dog, well-known and ever-so-slightly state-of-the-art -- "
        "supercalifragilisticexpialidocious.\n\nSecond paragraph with  two spaces.")

# --- filters on sequences ---------------------------------------------------------------------------------------------
F = "filters-seq"
case(F, "batch", "{% for b in range(7)|batch(3) %}{{ b }}{% endfor %}|{{ range(7)|batch(3, '-')|list }}|{{ []|batch(2)|list }}")
case(F, "slice", "{{ range(10)|slice(3)|list }} {{ range(10)|slice(3, 'x')|list }} {{ range(2)|slice(4)|list }} {{ range(9)|slice(3,'x')|list }}")
case(F, "groupby", "{% for city, us in users|groupby('city') %}{{ city }}:{{ us|map(attribute='name')|join(',') }};{% endfor %}"
     "{% for g in users|groupby('age') %}{{ g.grouper }}={{ g.list|length }} {{ g[0] }};{% endfor %}"
     "{% for city, us in users|groupby('city', case_sensitive=true) %}{{ city }} {% endfor %}", {"users": USERS})
case(F, "groupby-default", "{% for c, us in users|groupby('country', default='XX') %}{{ c }}{{ us|length }}{% endfor %}", {"users": USERS + [{"name": "d", "country": "DE"}]})
case(F, "groupby-print", "{{ [{'a': 1}, {'a': 1}]|groupby('a') }}")
case(F, "dictsort", "{{ d|dictsort }} {{ d|dictsort(true) }} {{ d|dictsort(by='value') }} {{ d|dictsort(reverse=true) }} {{ d|dictsort(false, 'value', true) }}", {"d": {"b": 2, "A": 3, "c": 1, "B": 0}})
case(F, "dictsort-bad", "\n{{ {'a': 1}|dictsort(by='nope') }}", error=True)
case(F, "unique", "{{ ['a', 'A', 'b', 'B', 'a']|unique|list }} {{ ['a', 'A', 'b']|unique(true)|list }} {{ users|unique(attribute='age')|map(attribute='name')|list }} {{ [1, 1.0, true, '1']|unique|list }}", {"users": USERS})
case(F, "min-max", "{{ [3, 1, 2]|min }} {{ ['b', 'A']|min }} {{ ['b', 'A', 'a']|max }} {{ ['b', 'A']|min(true) }} {{ (users|max(attribute='age')).name }} {{ (users|min(attribute='name')).name }} [{{ []|min }}]", {"users": USERS})
case(F, "random-one", "{{ [7]|random }} {{ 'x'|random }} [{{ []|random }}]")
case(F, "sum", "{{ [1, 2, 3]|sum }} {{ [1.5, 2]|sum }} {{ users|sum('age') }} {{ users|sum(attribute='age', start=100) }} {{ []|sum }} {{ [[1], [2]]|sum(start=[]) }}", {"users": USERS})
case(F, "sort", "{{ ['b', 'A', 'c']|sort }} {{ ['b', 'A', 'c']|sort(true) }} {{ ['b', 'A', 'c']|sort(case_sensitive=true) }} {{ users|sort(attribute='age,name')|map(attribute='name')|list }} {{ users|sort(attribute='age', reverse=true)|map(attribute='name')|list }} {{ [3, 1.5, true]|sort }}", {"users": USERS})
case(F, "sort-mixed-fails", "a\n{{ [1, 'a']|sort }}", error=True)
case(F, "map", "{{ ['a', 'b']|map('upper')|list }} {{ users|map(attribute='tags.0')|list }} {{ users|map(attribute='nope', default='-')|list }} {{ ['a b', 'c']|map('replace', 'a', 'z')|list }} {{ [[1, 2], [3]]|map('sum')|list }}", {"users": USERS})
case(F, "map-unknown", "{{ [1]|map('nope')|list }}", error=True)
case(F, "map-empty", "{{ [1]|map|list }}", error=True)
case(F, "select", "{{ range(6)|select('odd')|list }} {{ range(6)|reject('divisibleby', 3)|list }} {{ [0, 1, '', 'a', none]|select|list }} {{ [0, 1, '', 'a', none]|reject|list }} {{ [1, 2, 3]|select('gt', 1)|list }} {{ [1, 2, 3]|select('in', [1, 3])|list }}")
case(F, "selectattr", "{{ users|selectattr('tags')|map(attribute='name')|list }} {{ users|selectattr('age', 'lt', 30)|map(attribute='name')|list }} {{ users|rejectattr('age', 'equalto', 36)|map(attribute='name')|list }} {{ users|selectattr('nope', 'defined')|list }}", {"users": USERS})
case(F, "first-last", "{{ [1, 2]|first }} {{ [1, 2]|last }} {{ 'abc'|first }} {{ 'abc'|last }} [{{ []|first }}{{ []|last }}] {{ {'a': 1}|first }} {{ ('<b>'|safe)|first }} {{ ('<b>'|safe)|last }}")
case(F, "join", "{{ [1, 2]|join }} {{ [1, none, true]|join(', ') }} {{ users|join('|', attribute='name') }} {{ ['<a>', '<b>'|safe]|join('<') }} {{ ['<a>']|join('<'|safe) }} {{ ['<a>', 'b']|join('<') }}", {"users": USERS})
case(F, "list-reverse", "{{ 'abc'|list }} {{ {'a': 1, 'b': 2}|list }} {{ 'abc'|reverse }} {{ [1, 2]|reverse|list }} {{ range(3)|reverse|list }}")
case(F, "length-items", "{{ 'äöü'|length }} {{ [1]|count }} {{ {'a': 1}|length }} {{ {'a': 1, 'b': [2]}|items|list }} {{ undefined|items|list }}")
case(F, "length-none", "\n\n{{ none|length }}", error=True)
case(F, "items-bad", "{{ [1]|items|list }}", error=True)
case(F, "attr", "{{ 'abc'|attr('upper') is callable }} [{{ {'a': 1}|attr('a') }}] {{ ('a'|attr('upper'))() }}")

# --- filters on text --------------------------------------------------------------------------------------------------
F = "filters-text"
case(F, "center", "[{{ 'ab'|center(7) }}] [{{ 'abc'|center(6) }}] [{{ 'abcd'|center(7) }}] [{{ 'abc'|center(2) }}] [{{ 'ä'|center(4) }}] {{ 'x'|center|length }}")
case(F, "indent", "{{ t|indent }}|{{ t|indent(2) }}|{{ t|indent(2, true) }}|{{ t|indent(2, true, true) }}|{{ t|indent(2, blank=true) }}|{{ t|indent('> ') }}|{{ ''|indent }}", {"t": "one\n\ntwo\nthree"})
case(F, "wordwrap", "{{ t|wordwrap(20) }}|{{ t|wordwrap(20, false) }}|{{ t|wordwrap(12, true, '/') }}|{{ t|wordwrap(15, break_on_hyphens=false) }}|{{ t|wordwrap }}", {"t": TEXT})
case(F, "wordwrap-edge", "{{ 'aaaa bbbb cccc'|wordwrap(4) }}|{{ 'a'|wordwrap(1) }}|{{ 'abcdef'|wordwrap(2) }}|{{ '  lead and trail  '|wordwrap(6) }}|{{ 'x-y-z ab-cd--ef'|wordwrap(3) }}|{{ ''|wordwrap(5) }}")
case(F, "filesizeformat", "{% for n in [0, 1, 2, 999, 1000, 1024, 1500000, 999999999, 1e12, 1e15, 1e18, 1e21, 1e24, 1e27] %}{{ n|filesizeformat }};{{ n|filesizeformat(true) }} {% endfor %}{{ '300'|filesizeformat }}")
case(F, "urlencode", "{{ 'a b/ü&?'|urlencode }} {{ {'a b': 'c/d', 'x': 1}|urlencode }} {{ [['a', 'b c'], ['d', none]]|urlencode }} {{ 12|urlencode }} {{ '~-_.'|urlencode }}")
case(F, "urlize", "{{ t|urlize }}|{{ t|urlize(15) }}|{{ t|urlize(target='_blank') }}|{{ t|urlize(nofollow=true, rel='me you') }}",
     {"t": "See https://example.com/a?b=c&d=1, www.example.org. (http://a.b.com/x_(y)) <http://q.net> mail me@example.com or mailto:x@y.de or example.info:8080/x, foo.bar http://1.2.3.4/ http://[::1]/ ftp://example.com \nwww.example.com"})
case(F, "urlize-schemes", "{{ t|urlize(extra_schemes=['tel:', 'ftp://']) }}", {"t": "tel:123 ftp://x.y tel: other:1"})
case(F, "urlize-scheme-bad", "{{ 'x'|urlize(extra_schemes=['b a d']) }}", error=True)
case(F, "urlize-text", "{{ 'http://example.com/<x>'|urlize }}", extension="txt")
case(F, "xmlattr", "<a{{ {'class': 'a b', 'id': none, 'x': missing, 'n': 5, 'q': '\"<'}|xmlattr }}>{{ {'a': 1}|xmlattr(false) }}{{ {}|xmlattr }}")
case(F, "xmlattr-bad", "{{ {'a b': 1}|xmlattr }}", error=True)
case(F, "striptags", "{{ '<p>a <b>b</b>\n  c</p><!-- <x> -->d &lt;e&gt; &amp;&#65;&#x42; &copy; 1 < 2'|striptags }}")
case(F, "tojson", "{{ d|tojson }} {{ '<script>&\\'\"</script>'|tojson }} {{ [1.0, 1e20, true, none, 'ü€😀\\n\\t']|tojson }} {{ {}|tojson }} {{ []|tojson }}", {"d": {"b": [1, {"x": None}], "a": "ä"}})
case(F, "tojson-indent", "{{ {'b': [1, 2], 'a': {}, 'c': []}|tojson(2) }} {{ [1]|tojson(indent=1) }}")
case(F, "tojson-bad", "{{ range|tojson }}", error=True)
case(F, "pprint", "{{ {'b': 1, 'a': [1, 'x', none, 1.5]}|pprint }} {{ 'it\\'s'|pprint }}", autoescape=False)
case(F, "pprint-long", "{{ d|pprint }}\n{{ l|pprint }}", {"d": {"users": USERS, "numbers": list(range(40)), "text": TEXT}, "l": [TEXT, "short"]}, autoescape=False)
case(F, "truncate", "{{ t|truncate(20) }}|{{ t|truncate(20, true) }}|{{ t|truncate(20, false, '…') }}|{{ 'abcdefgh'|truncate(5, leeway=0) }}|{{ 'abcdefgh'|truncate(5, true, '', 0) }}|{{ 'äöü äöü äöü'|truncate(6, true, leeway=0) }}|{{ 'short'|truncate(3) }}", {"t": "The quick brown fox jumps over"})
case(F, "truncate-bad", "{{ 'abcdefgh'|truncate(2) }}", error=True)
case(F, "title", "{{ \"foo bar's BAZ-qux (abc) [d] {e} <f>\"|title }} {{ 'ßa éa'|title }}")
case(F, "capitalize", "{{ 'fOO bAR'|capitalize }} {{ ''|capitalize }} {{ 'éCOLE'|capitalize }} {{ '1aB'|capitalize }}")
case(F, "upper-lower", "{{ 'straße'|upper }} {{ 'ÀÉ'|lower }} {{ 5|upper }} {{ none|lower }}")
case(F, "trim", "[{{ '  a b\n'|trim }}] [{{ 'xxaxx'|trim('x') }}] [{{ 'abcba'|trim(chars='ab') }}] [{{ 5|trim }}]")
case(F, "replace", "{{ 'aaa'|replace('a', 'b') }} {{ 'aaa'|replace('a', 'b', 2) }} {{ 'abc'|replace('', '-') }} {{ '<a>'|replace('<', '[') }} {{ ('<a>'|safe)|replace('a', '<') }} {{ '<a>'|replace('a', '<'|safe) }}")
case(F, "wordcount", "{{ 'a b  c'|wordcount }} {{ \"it's well-known, 2 x_y\"|wordcount }} {{ ''|wordcount }} {{ 'äö ü'|wordcount }}")
case(F, "format", "{{ '%s and %r %d %5.2f %x %%'|format('a', 'b', 3, 2.5, 255) }} {{ '%(a)s-%(b)03d'|format(a=1, b=2) }} {{ '%-5s|%5s|%+d|% d|%05d'|format('a', 'b', 3, 4, -5) }} {{ '<%s>'|safe|format('<') }}")
case(F, "format-both", "{{ '%s'|format(1, a=2) }}", error=True)
case(F, "format-missing", "{{ '%s %s'|format(1) }}", error=True)
case(F, "default", "{{ x|default('d') }} {{ ''|default('d') }}| {{ ''|default('d', true) }} {{ none|default('d') }} {{ none|d('d', boolean=true) }} {{ (x.y is defined) if (x is defined) else 'n' }} {{ x|default }}|")
case(F, "escape", "{{ '<&>\"\\''|e }} {{ ('<'|e)|e }} {{ ('<'|e)|forceescape }} {{ '<'|safe|escape }} {{ 5|e }}")
case(F, "string", "{{ 5|string + 'a' }} {{ ('<'|safe)|string is escaped }} {{ 1.0|string|length }}")
case(F, "int", "{{ '12'|int }} {{ '1.9'|int }} {{ 'x'|int }} {{ 'x'|int(7) }} {{ 'ff'|int(base=16) }} {{ '0x1F'|int(0, 16) }} {{ '0b11'|int(base=2) }} {{ ' 7 '|int }} {{ 1e3|int }} {{ none|int(-1) }} {{ '1_000'|int }} {{ '12345678901234567890123'|int }} {{ true|int }} {{ -1.5|int }} {{ '１２'|int }}")
case(F, "float", "{{ '1.5'|float }} {{ 'x'|float }} {{ 'x'|float(2.5) }} {{ 'inf'|float }} {{ '1e3'|float }} {{ 3|float }} {{ ' 2 '|float }}")
case(F, "round", "{{ 2.5|round }} {{ 3.5|round }} {{ 2.675|round(2) }} {{ 1234.5|round(-2) }} {{ 2.1|round(0, 'ceil') }} {{ 2.9|round(method='floor') }} {{ 2.123|round(2, 'ceil') }} {{ 7|round }} {{ 15|round(-1) }} {{ 25|round(-1) }} {{ -2.5|round }} {{ 42|round(1, 'floor') }}")
case(F, "round-bad", "{{ 1|round(0, 'up') }}", error=True)
case(F, "abs", "{{ -3|abs }} {{ -3.5|abs }} {{ (-12345678901234567890)|abs }} {{ true|abs }}")
case(F, "unknown-keyword", "ok\n{{ 'x'|upper(nope=1) }}", error=True)
case(F, "too-many", "{{ 'x'|trim('a', 'b') }}", error=True)
case(F, "missing-argument", "\n{{ 'x'|replace('a') }}", error=True)

# --- loops --------------------------------------------------------------------------------------------------------------
F = "loops"
case(F, "every-member", "{% for x in 'abc' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}")
case(F, "cycle-changed", "{% for x in [1, 1, 2, 2, 1] %}{{ loop.cycle('a', 'b', 'c') }}{{ loop.changed(x) }} {% endfor %}{% for x in [1, 2] %}{{ loop.changed(x, 'k') }}{% endfor %}")
case(F, "recursive", "{% for n in tree recursive %}<{{ loop.depth }}{{ n.v }}{% if n.c %}{{ loop(n.c) }}{% endif %}>{% endfor %}", {"tree": [{"v": "a", "c": [{"v": "b", "c": [{"v": "<"}]}]}, {"v": "d"}]})
case(F, "recursive-missing", "{% for n in [1] %}\n{{ loop([]) }}{% endfor %}", error=True)
case(F, "filter-else", "{% for x in [1, 2, 3, 4] if x is even %}{{ loop.index }}/{{ loop.length }}:{{ x }} {% else %}no{% endfor %}{% for x in [1] if x > 5 %}{{ x }}{% else %}none{% endfor %}")
case(F, "nested-outer", "{% for a in [1, 2] %}{% set outer = loop %}{% for b in 'xy' %}{{ outer.index }}{{ loop.index }}{{ b }} {% endfor %}{% endfor %}")
case(F, "unpack", "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}{% for k, v in {'x': 1}.items() %}{{ k }}{{ v }}{% endfor %}")
case(F, "unpack-bad", "{% for a, b in [[1, 2, 3]] %}{% endfor %}", error=True)
case(F, "scope", "{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = 5 %}{{ x }}{% endfor %}{{ x }}{% set ns = namespace(x=1) %}{% for i in [1, 2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}")
case(F, "not-iterable", "\n{% for x in 5 %}{% endfor %}", error=True)
case(F, "over-string-dict", "{% for c in 'äb' %}{{ c }}.{% endfor %}{% for k in {'b': 1, 'a': 2} %}{{ k }}{% endfor %}{% for c in '<&'|safe %}{{ c }}{% endfor %}")
case(F, "generator-length", "{% for x in [1, 2, 3]|map('string') %}{{ loop.length }}{{ loop.last }} {% endfor %}")
case(F, "loop-print", "{% for x in [1, 2] %}{{ loop }}{% endfor %}")
case(F, "else-scope", "{% for x in [] %}{% else %}{% set y = 1 %}{{ y }}{% endfor %}[{{ y }}]")

# --- macros ---------------------------------------------------------------------------------------------------------------
F = "macros"
case(F, "defaults", "{% macro m(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }} {{ m(1, c=5) }} {{ m(b=1, a=0) }} {{ m() }}|")
case(F, "varargs", "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}")
case(F, "attributes", "{% macro m(a, b=1) %}{{ caller() }}{{ varargs }}{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.catch_kwargs }} {{ m.catch_varargs }} {{ m.caller }}")
case(F, "call-arguments", "{% macro list(items) %}{% for i in items %}{{ caller(i, loop.index) }}{% endfor %}{% endmacro %}{% call(x, n) list(['<a>', 'b']) %}{{ n }}:{{ x }};{% endcall %}")
case(F, "nested-call", "{% macro a() %}[{{ caller() }}]{% endmacro %}{% macro b() %}({{ caller() }}){% endmacro %}{% call a() %}x{% call b() %}y{% endcall %}z{% endcall %}")
case(F, "nested-macro", "{% macro outer(x) %}{% macro inner(y) %}{{ x }}{{ y }}{% endmacro %}{{ inner(2) }}{{ inner(3) }}{% endmacro %}{{ outer(1) }}")
case(F, "recursive", "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}")
case(F, "safe-result", "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ m('<') }}{% set r = m('&') %}{{ r }} {{ r is escaped }} {{ r|length }} {{ m('<')|upper }}")
case(F, "too-many", "{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}", error=True)
case(F, "unknown-keyword", "{% macro m(a) %}{% endmacro %}\n\n{{ m(b=2) }}", error=True)
case(F, "twice", "{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }}", error=True)
case(F, "context-in-macro", "{% macro m() %}{{ name }}{{ top }}{% endmacro %}{% set top = 1 %}{{ m() }}{% set top = 2 %}{{ m() }}", {"name": "n"})
case(F, "caller-default", "{% macro m() %}{{ caller('x') if caller else 'none' }}{% endmacro %}{{ m() }}{% call(a) m() %}{{ a }}{% endcall %}")
case(F, "error-line-inside", {"main.html": "{% import 'm.html' as m %}\n\n{{ m.f(1) }}", "m.html": "{% macro f(x) %}\n\n{{ x.y.z }}\n{% endmacro %}"}, error=True)
case(F, "positional-after-keyword", "{{ f(a=1, 2) }}", error=True)
case(F, "unpacked", "{% macro m(a, b, c=0) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(*[1, 2]) }} {{ m(*[1], **{'b': 5, 'c': 6}) }} {{ m(1, *[2, 3]) }}")

# --- inheritance, include, import -------------------------------------------------------------------------------------------
F = "reuse"
BASE = "<{% block a %}base-a{% endblock %}|{% block b %}base-b{% endblock %}>"
case(F, "three-levels", {"main.html": "{% extends 'mid.html' %}{% block a %}main({{ super() }}){% endblock %}", "mid.html": "{% extends 'base.html' %}{% block a %}mid({{ super() }}){% endblock %}{% block b %}mid-b{% endblock %}", "base.html": BASE})
case(F, "super-super", {"main.html": "{% extends 'mid.html' %}{% block a %}{{ super.super() }}{% endblock %}", "mid.html": "{% extends 'base.html' %}{% block a %}mid{% endblock %}", "base.html": BASE})
case(F, "self", {"main.html": "{% extends 'base.html' %}{% block a %}A{% endblock %}{% block b %}{{ self.a() }}{{ self.a()|lower }}{% endblock %}", "base.html": BASE})
case(F, "scoped", {"main.html": "{% for i in [1, 2] %}{% block x scoped %}{{ i }}{% endblock %}{% block y %}[{{ i }}]{% endblock %}{% endfor %}"})
case(F, "scoped-override", {"main.html": "{% extends 'b.html' %}{% block x %}<{{ i }}{{ super() }}>{% endblock %}", "b.html": "{% for i in [1, 2] %}{% block x scoped %}{{ i }}{% endblock %}{% endfor %}"})
case(F, "required", {"main.html": "{% extends 'b.html' %}{% block x %}ok{% endblock %}", "b.html": "{% block x required %}{# c #} {% endblock %}"})
case(F, "required-missing", {"main.html": "\n{% extends 'b.html' %}", "b.html": "\n\n{% block x required %}{% endblock %}"}, error=True)
case(F, "required-content", "{% block x required %}text{% endblock %}", error=True)
case(F, "nested-blocks", {"main.html": "{% extends 'b.html' %}{% block inner %}I{% endblock %}", "b.html": "{% block outer %}({% block inner %}i{% endblock %}){% endblock outer %}"})
case(F, "dynamic", {"main.html": "{% extends layout %}{% block a %}x{% endblock %}", "base.html": BASE}, {"layout": "base.html"})
case(F, "conditional", {"main.html": "{% if wrap %}{% extends 'base.html' %}{% endif %}{% block a %}x{% endblock %}plain", "base.html": BASE}, {"wrap": False})
case(F, "conditional-on", {"main.html": "{% if wrap %}{% extends 'base.html' %}{% endif %}{% block a %}x{% endblock %}plain", "base.html": BASE}, {"wrap": True})
case(F, "set-before-extends", {"main.html": "{% extends 'b.html' %}{% set t = 'T' %}{% block a %}{{ t }}{% endblock %}", "b.html": "{{ t }}[{% block a %}{% endblock %}]{{ t }}"})
case(F, "block-twice", "{% block a %}{% endblock %}\n{% block a %}{% endblock %}", error=True)
case(F, "block-end-name", "{% block a %}{% endblock b %}", error=True)
case(F, "extends-missing", "a\n{% extends 'nope.html' %}", error=True)
case(F, "include", {"main.html": "{% set x = 1 %}{% include 'i.html' %}{% include 'i.html' without context %}{% for x in [7] %}{% include 'i.html' %}{% endfor %}", "i.html": "[{{ x }}{{ name }}]"}, {"name": "N"})
case(F, "include-list", {"main.html": "{% include ['no.html', 'i.html'] %}{% include ['no.html', 'nope.html'] ignore missing %}{% include 'no.html' ignore missing with context %}", "i.html": "I"})
case(F, "include-missing", "\n\n{% include 'no.html' %}", error=True)
case(F, "include-list-missing", "{% include ['a', 'b'] %}", error=True)
case(F, "include-error-inside", {"main.html": "\n{% include 'i.html' %}", "i.html": "\n\n{{ 1 / 0 }}"}, error=True)
case(F, "include-syntax-error", {"main.html": "\n{% include 'i.html' %}", "i.html": "\n\n\n{% if %}"}, error=True)
case(F, "import", {"main.html": "{% import 'm.html' as m %}{{ m.v }}{{ m.f('<') }}[{{ m._p }}][{{ m.none }}]{% from 'm.html' import f as g, v with context %}{{ g(1) }}{{ v }}", "m.html": "{% set v = 5 %}{% set _p = 1 %}{% macro f(x) %}<i>{{ x }}{{ ctx }}</i>{% endmacro %}"}, {"ctx": "C"})
case(F, "import-context", {"main.html": "{% import 'm.html' as m with context %}{{ m.f() }}{% import 'm.html' as n %}{{ n.f() }}|", "m.html": "{% macro f() %}[{{ ctx }}]{% endmacro %}"}, {"ctx": "C"})
case(F, "import-missing-name", {"main.html": "{% from 'm.html' import nope %}\n[{{ nope }}]\n{{ nope() }}", "m.html": ""}, error=True)
case(F, "import-underscore", {"main.html": "{% from 'm.html' import _x %}", "m.html": ""}, error=True)
case(F, "extends-txt", {"main.txt": "{% extends 'b.html' %}{% block a %}{{ '<' }}{% endblock %}", "b.html": "{% block a %}{% endblock %}{{ '<' }}"}, extension="txt")
case(F, "block-in-if", {"main.html": "{% extends 'b.html' %}{% block a %}new{% endblock %}", "b.html": "{% if true %}{% block a %}{% endblock %}{% endif %}{% if false %}{% block c %}{% endblock %}{% endif %}"})
case(F, "super-in-loop", {"main.html": "{% extends 'b.html' %}{% block a %}{% for i in [1, 2] %}{{ super() }}{{ i }}{% endfor %}{% endblock %}", "b.html": "{% block a %}s{% endblock %}"})
case(F, "super-none", "{% block a %}\n{{ super() }}{% endblock %}", error=True)

# --- statements ---------------------------------------------------------------------------------------------------------------
F = "statements"
case(F, "set-block", "{% set x %}<b>{{ '<' }}</b>{% endset %}{{ x }}{{ x is escaped }}{% set y | upper %}a{{ '&' }}{% endset %}{{ y }}{% set z | trim | length %} abc {% endset %}{{ z }}{{ z is string }}")
case(F, "set-block-text", "{% set x %}<{{ '<' }}{% endset %}{{ x }}{{ x is escaped }}{% set z | length %} abc {% endset %}{{ z }}{{ z is string }}", extension="txt")
case(F, "set-tuple", "{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set t = 1, %}{{ t }}{% set (c, d) = 'xy' %}{{ c }}{{ d }}")
case(F, "with", "{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}{% with %}{% set q = 1 %}{{ q }}{% endwith %}[{{ q }}]")
case(F, "filter-block", "{% filter upper %}a{{ '<' }}{% endfilter %}{% filter replace('a', 'b')|trim %} aaa {% endfilter %}{% filter escape %}<b>{% endfilter %}")
case(F, "autoescape", "{% autoescape false %}{{ '<' }}{% autoescape true %}{{ '<' }}{% endautoescape %}{% endautoescape %}{{ '<' }}{% autoescape x %}{{ '<' }}{{ ('a'|safe ~ '<') is escaped }}{% endautoescape %}", {"x": False})
case(F, "raw", "{% raw %}{{ x }}{% if %}{# #}{% endraw %}|{%- raw -%}  a  {%- endraw -%}  |")
case(F, "if-chain", "{% if a %}1{% elif b %}2{% elif c %}3{% else %}4{% endif %}{% if not a and (b or c) %}x{% endif %}", {"a": 0, "b": [], "c": "y"})
case(F, "namespace", "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{% set ns.c = 3 %}{{ ns.c }}[{{ ns.d }}]")
case(F, "namespace-bad", "{% set x = {} %}\n{% set x.a = 1 %}", error=True)
case(F, "whitespace", "a\n  {%- if true %}  b  {% endif -%}\n  c {{- ' d ' -}} e\n{#- x -#}\n f")
case(F, "trim-lstrip", "a\n  {% if true %}\n  b\n  {% endif %}\n  {# c #}\n{{ 'x' }}\n  {%+ if true %}k{% endif +%}\n", trim_blocks=True, lstrip_blocks=True)
case(F, "cycler-joiner", "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}{{ c.next() }}{{ c.next() }}{{ c.reset() }}{{ c.next() }}{% set j = joiner() %}{% set k = joiner('|') %}{% for i in [1, 2] %}{{ j() }}{{ k() }}{{ i }}{% endfor %}")
case(F, "dict-global", "{{ dict(a=1, b='x') }}{{ dict([('k', 1)], z=2) }}{{ dict({'a': 1}).a }}")
case(F, "lipsum-range", "{{ range(3)|list }}{{ range(1, 7, 2)|list }}{{ range(3, 0, -1)|list }}{{ range(4)[1:3]|list }}{{ 2 in range(3) }}{{ range(5)|length }}")
case(F, "print-statement", "{% print 1, 'a' %}")
case(F, "unknown-tag", "\n{% nope %}", error=True)
case(F, "wrong-end", "{% if x %}\n{% endfor %}", error=True)
case(F, "unclosed-variable", "a\n\n{{ x\n\n", error=True)
case(F, "unclosed-string", "{{ 'abc\n }}", error=True)
case(F, "else-twice", "{% if a %}{% else %}\n{% else %}{% endif %}", error=True)
case(F, "multiline-expression", "{{ [1,\n2,\n3]|join(\n',') }}\n{{ x.y\n.z }}", error=True)

# --- expressions -----------------------------------------------------------------------------------------------------------------
F = "expressions"
case(F, "arithmetic", "{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ 2 ** -1 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ 1 + 2 * 3 - 4 }} {{ 'a' * 3 }} {{ [1] * 2 + [2] }} {{ true + 1 }}")
case(F, "big", "{{ 2 ** 100 }} {{ 9223372036854775807 + 1 }} {{ -9223372036854775808 - 1 }} {{ 12345678901234567890 * 98765432109876543210 }} {{ 2 ** 100 // 3 }} {{ 2 ** 100 % 7 }} {{ -(2 ** 64) // 3 }} {{ -(2 ** 64) % 10 }} {{ 2 ** 64 > 2 ** 63 }} {{ 2 ** 64 == 2 ** 64 }} {{ (2 ** 64 - 2 ** 64) }} {{ 2 ** 70 / 2 ** 69 }} {{ 2 ** 64 + 0.5 }} {{ '%d' % 2 ** 70 }} {{ '%x' % 2 ** 70 }} {{ (2 ** 64)|string|length }} {{ [2 ** 64]|tojson }} {{ 2 ** 64 is odd }} {{ 2 ** 64 is integer }} {{ 0xffffffffffffffffff }}")
case(F, "floats", "{{ 1.0 }} {{ 0.1 + 0.2 }} {{ 1e16 }} {{ 1e15 }} {{ 1e-5 }} {{ 0.0001 }} {{ 1.5e300 * 1e10 }} {{ 100.0 }} {{ -0.0 }} {{ 123456789.123 }} {{ 1e22 }} {{ 5e-324 }} {{ 1_000.5 }} {{ 2 / 3 }}")
case(F, "compare", "{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ 1 == 1.0 }} {{ '1' == 1 }} {{ none == none }} {{ (1, 2) == (1, 2) }} {{ [1] == (1,) }} {{ 1 in [1] }} {{ 'a' not in 'abc' }} {{ 'k' in {'k': 1} }} {{ true == 1 }}")
case(F, "compare-bad", "x\n{{ 1 < 'a' }}", error=True)
case(F, "logic", "{{ 0 or 'x' }} {{ 1 and 'y' }} {{ not 0 }} {{ not (1 and 0) or 0 }} {{ none or [] or 'z' }} {{ 'a' if x else 'b' }} {{ ('a' if x) is defined }}[{{ 'a' if x }}]")
case(F, "slices", "{{ 'abcdef'[1:3] }} {{ 'abcdef'[::-1] }} {{ [1, 2, 3, 4][-2:] }} {{ [1, 2, 3][:-1] }} {{ 'äöü'[1] }} {{ 'abc'[-1] }} {{ (1, 2, 3)[::2] }} [{{ 'abc'[10] }}] {{ 'abc'[5:] }}")
case(F, "literals", "{{ [1, 'a', 1.5, none, true] }} {{ {'a': [1], 2: (3,)} }} {{ () }} {{ (1,) }} {{ \"it's\" }} {{ 'q\"' }} {{ ['it\\'s', 'q\"', 'b\\\\', 'n\\n', '\\x01', 'ü'] }} {{ {} }} {{ 'a' 'b' }}", autoescape=False)
case(F, "concat", "{{ 'a' ~ 1 ~ none ~ [1] }} {{ '<' ~ ('<'|safe) }} {{ x ~ ('<'|safe) }} {{ x ~ '<' }}", {"x": "<"})
case(F, "subscript", "{{ d['a b'] }} {{ d.items is callable }} {{ d['items'] }} {{ l.0 }} {{ l[1] }} {{ d.l.1 }} [{{ d.zzz }}]", {"d": {"a b": 1, "items": 2, "l": [5, 6]}, "l": [3, 4]})
case(F, "filters-precedence", "{{ -1|abs }} {{ 'a' ~ 'b'|upper }} {{ ('a' ~ 'b')|upper }} {{ 1 + 2|string|length }} {{ not 'x'|length == 1 }}")
case(F, "undefined-member", "a\n{{ x.y }}", error=True)
case(F, "undefined-call", "{{ nope() }}", error=True)
case(F, "undefined-arithmetic", "{{ nope + 1 }}", error=True)
case(F, "division", "\n\n{{ 1 / 0 }}", error=True)
case(F, "add-mixed", "{{ 'a' + 1 }}", error=True)
case(F, "call-string", "{{ 'a'() }}", error=True)
case(F, "unknown-filter-branch", "{% if false %}{{ x|nope }}{% endif %}ok")
case(F, "unknown-filter", "\n{{ x|nope }}", error=True)
case(F, "unknown-test", "\n{{ x is nope }}", error=True)
case(F, "strict-print", "ok\n{{ x }}", error=True, undefined="strict")
case(F, "strict-defined", "{{ x is defined }}{{ x|default('d') }}{{ x is undefined }}", undefined="strict")
case(F, "strict-filter", "{{ x|upper }}", error=True, undefined="strict")
case(F, "strict-loop", "\n{% for a in x %}{% endfor %}", error=True, undefined="strict")
case(F, "strict-member", "{{ d.x }}", {"d": {}}, error=True, undefined="strict")
case(F, "strict-if", "{% if x %}{% endif %}", error=True, undefined="strict")
case(F, "strict-compare", "{{ x == 1 }}", error=True, undefined="strict")
case(F, "strict-join", "{{ [x]|join }}", error=True, undefined="strict")

# --- tests ------------------------------------------------------------------------------------------------------------------------
F = "tests"
case(F, "types", "{% for v in [1, 1.5, 'a', none, true, [1], {'a': 1}, (1,)] %}{{ v is number }}{{ v is integer }}{{ v is float }}{{ v is string }}{{ v is none }}{{ v is boolean }}{{ v is true }}{{ v is sequence }}{{ v is mapping }}{{ v is iterable }}{{ v is callable }}\n{% endfor %}")
case(F, "numbers", "{{ 3 is odd }} {{ 4 is even }} {{ 9 is divisibleby 3 }} {{ 9 is divisibleby(2) }} {{ 1 is eq 1 }} {{ 1 is ne 2 }} {{ 1 is lt 2 }} {{ 2 is ge 2 }} {{ 3 is greaterthan 2 }} {{ 1 is lessthan 2 }} {{ 1 is in [1] }} {{ 5 is not in [1] }}")
case(F, "text", "{{ 'abc' is lower }} {{ 'ABC' is upper }} {{ 'aBc' is lower }} {{ '1' is upper }} {{ 'upper' is filter }} {{ 'nope' is filter }} {{ 'odd' is test }} {{ 'zzz' is test }}")
case(F, "sameas", "{{ none is sameas none }} {{ true is sameas true }} {{ 1 is sameas true }} {{ x is sameas x }}", {"x": [1]})
case(F, "chained", "{{ 1 is odd is true }}", error=True)
case(F, "not-and", "{{ 1 is not odd }} {{ 1 is odd and 2 is even }} {{ x is defined and x is none }}")

# --- Python's methods ----------------------------------------------------------------------------------------------------------------
F = "methods"
case(F, "case", "{{ 'aB c'.upper() }} {{ 'aB'.lower() }} {{ 'ab cd'.title() }} {{ \"they're x1y\".title() }} {{ 'aB'.swapcase() }} {{ 'ab CD'.capitalize() }} {{ 'Straße'.casefold() }}")
case(F, "pad", "[{{ 'a'.center(4, '*') }}] [{{ 'a'.ljust(3) }}] [{{ 'a'.rjust(3, '0') }}] {{ '5'.zfill(3) }} {{ '-5'.zfill(4) }} {{ 'a\\tb'.expandtabs(4) }}")
case(F, "strip", "[{{ ' a '.strip() }}] [{{ ' a '.lstrip() }}] [{{ ' a '.rstrip() }}] {{ 'xax'.strip('x') }} {{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('bc') }}")
case(F, "split", "{{ 'a b  c'.split() }} {{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ ' a b c '.split(none, 1) }} {{ ' a b c '.rsplit(maxsplit=1) }} {{ 'a\\nb\\r\\nc'.splitlines() }} {{ 'a\\nb'.splitlines(true) }} {{ 'a=b=c'.partition('=') }} {{ 'a=b=c'.rpartition('=') }} {{ 'a'.partition('=') }} {{ ''.split() }} {{ ''.split(',') }}", autoescape=False)
case(F, "search", "{{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('c') }} {{ 'abc'.find('z') }} {{ 'abcabc'.index('b', 2) }} {{ 'aXbXc'.count('X') }} {{ 'abc'.startswith('b', 1) }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'äbc'.find('c') }} {{ 'aaa'.count('') }}")
case(F, "index-missing", "{{ 'abc'.index('z') }}", error=True)
case(F, "is", "{{ 'a1'.isalnum() }} {{ 'ab'.isalpha() }} {{ '12'.isdigit() }} {{ '1.2'.isdecimal() }} {{ ' '.isspace() }} {{ 'Ab Cd'.istitle() }} {{ 'ab'.islower() }} {{ 'AB'.isupper() }} {{ ''.isalpha() }} {{ 'a b'.isidentifier() }} {{ 'ä'.isascii() }} {{ '½'.isnumeric() }} {{ 'a\\n'.isprintable() }}")
case(F, "replace-join", "{{ 'aaa'.replace('a', 'b', 2) }} {{ ', '.join(['a', 'b']) }} {{ '-'.join('abc') }} {{ ('<'|safe).join(['<', 'a']) }} {{ ('<a>'|safe).replace('a', '<') }}")
case(F, "join-bad", "{{ ','.join([1]) }}", error=True)
case(F, "format", "{{ '{} {}'.format(1, 'a') }} {{ '{0}{1}{0}'.format('a', 'b') }} {{ '{x} {y[0]} {y[k]}'.format(x=1, y={'k': 2, 0: 3}) }} {{ '{{}}'.format() }} {{ '{!r}'.format('a') }} {{ ('<{}>'|safe).format('<') }} {{ '{:>{w}}'.format('a', w=4) }}")
case(F, "format-spec", "{{ '{:5}|{:<5}|{:^5}|{:>5}|{:*^7}'.format('a', 'b', 'c', 'd', 'e') }} {{ '{:5d}|{:05d}|{:+d}|{:,}|{:_}|{:x}|{:#X}|{:b}|{:o}'.format(42, 42, 42, 1234567, 1234567, 255, 255, 5, 8) }} {{ '{:.2f}|{:8.3f}|{:e}|{:g}|{:%}|{:.1%}|{:,.2f}|{:010.2f}'.format(3.14159, 2.5, 12345.678, 0.0001, 0.5, 0.256, 1234567.891, -3.14159) }} {{ '{:.3}|{:.3}'.format('abcdef', 3.14159) }} {{ '{:g}|{:g}|{}'.format(1e10, 100000.0, 1e16) }}")
case(F, "format-bad", "{{ '{:d}'.format('a') }}", error=True)
case(F, "format-map", "{{ '{a}{b}'.format_map({'a': 1, 'b': 2}) }}")
case(F, "percent", "{{ '%s-%s' % (1, 'a') }} {{ '%(k)s' % {'k': 'v'} }} {{ '%5s|%-5s|%05.1f|%e|%g|%c|%r|%#x|%o|%%' % ('a', 'b', 2.55, 12345.6, 0.00001, 'x', 'y', 255, 8) }} {{ '%s' % [1] }} {{ '%s' % 'x' }} {{ ('<%s>'|safe) % '<' }}")
case(F, "dict", "{{ d.get('a') }} {{ d.get('z') }} {{ d.get('z', 5) }} {{ d.keys()|list }} {{ d.values()|list }} {{ d.items()|list }} {{ d.pop('a') }} {{ d }} {{ d.setdefault('q', 7) }} {{ d.update({'r': 1}) }} {{ d.update(s=2) }} {{ d }} {{ d.copy() == d }}", {"d": {"a": 1, "b": 2}})
case(F, "list", "{% set l = [3, 1, 2] %}{{ l.append(5) }}{{ l.extend([7]) }}{{ l.insert(0, 9) }}{{ l }}{{ l.pop() }}{{ l.pop(0) }}{{ l.remove(1) }}{{ l.reverse() }}{{ l }}{{ l.sort() }}{{ l }}{{ l.index(3) }}{{ l.count(2) }}{{ l.sort(reverse=true) }}{{ l }}{{ l.clear() }}{{ l }}{{ (1, 2, 1).count(1) }}{{ (1, 2).index(2) }}")
case(F, "list-pop-empty", "{{ [].pop() }}", error=True)
case(F, "dict-views", "{{ {'a': 1}.keys() }} {{ {'a': 1}.values() }} {{ {'a': 1}.items() }}", autoescape=False)
case(F, "numbers", "{{ (1.0).is_integer() }} {{ (1.5).is_integer() }} {{ (255).bit_length() }} {{ (3).real }} {{ (3).numerator }} {{ 1.5.is_integer() }}")
case(F, "unicode", "{{ 'äöü😀'|length }} {{ 'äöü😀'[3] }} {{ '😀'.upper() }} {{ 'ÄÖ'.lower() }} {{ 'e\u0301' == 'é' }} {{ 'e\u0301'|length }} {{ 'a\u00a0b'.split() }}")

os.makedirs(os.path.join(HERE, "cases"), exist_ok=True)
for area, cases in CASES.items():
    with open(os.path.join(HERE, "cases", area + ".json"), "w", encoding="utf-8") as out:
        json.dump(cases, out, indent=1, ensure_ascii=False)
        out.write("\n")
print(sum(map(len, CASES.values())), "cases")
