"""Rules, requests and addresses, answered by Werkzeug's Map."""

import random
import re
import string
from urllib.parse import quote

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BuildError, Map, RequestRedirect, Rule

HOST = "example.org"
WORDS = ["a", "b", "post", "user", "edit", "new", "x-y", "ü", "a b", "p.q", "12"]
CONVERTERS = [
    "", "", "", "string(length=2):", "string(minlength=2):", "string(maxlength=3):", "int:", "int:", "int(signed=True):",
    "float:", "float(signed=True):", "path:", "path:", "uuid:", "any(a,b,post):", "any('x-y','a b'):",
]
VALUES = [
    "a", "b", "ab", "abc", "abcd", "post", "x-y", "a b", "ü", "12", "007", "-5", "1.5", "-2.25", "0.10", "1.", "a-b-c",
    "123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-42661417400Z", "p.q", "new", "edit", "a/b", "a/b/c",
]
METHODS = [["GET"], ["GET"], ["GET"], ["POST"], ["GET", "POST"], ["PUT", "DELETE"]]


def random_pattern(rng):
    """One rule's text and its number of plain variables."""
    segments, names, plain = [], 0, 0
    for _ in range(rng.randint(1, 4)):
        kind = rng.random()
        if kind < 0.5:
            segments.append(rng.choice(WORDS))
            continue
        converter = rng.choice(CONVERTERS)
        if converter == "path:" and any("path:" in segment for segment in segments):
            converter = "int:"
        names += 1
        plain += converter == ""
        variable = f"<{converter}v{names}>"
        if kind > 0.9 and converter != "path:":
            names += 1
            other = rng.choice(["int:", "", "string(length=2):"])
            plain += other == ""
            variable += rng.choice(["-", ".", "to"]) + f"<{other}v{names}>"
        elif kind > 0.8:
            variable = rng.choice(["p-", "v"]) + variable + rng.choice(["", ".html"])
        segments.append(variable)
    return "/" + "/".join(segments) + rng.choice(["", "", "/"]), plain


def rule_set(rng, count):
    """Rules without twins; those with more plain variables later, so that none shadows a later one."""
    seen, found = set(), []
    while len(found) < count:
        text, plain = random_pattern(rng)
        key = re.sub(r"v\d+>", ">", text)
        if key in seen:
            continue
        seen.add(key)
        found.append((plain, text))
    found.sort(key=lambda item: item[0])
    rules = []
    for number, (_, text) in enumerate(found):
        rule = {"rule": text, "endpoint": f"e{number}", "methods": rng.choice(METHODS)}
        if rng.random() < 0.15:
            rule["strict_slashes"] = False
        if rng.random() < 0.1:
            rule["merge_slashes"] = False
        rules.append(rule)
    return rules


def special_rules():
    """Rules whose rank and form matter more than chance."""
    rules = []
    for number in range(8):
        base = f"/list{number}"
        rules += [
            {"rule": base + "/", "endpoint": f"list{number}", "methods": ["GET"], "defaults": {"page": 1}},
            {"rule": base + "/page/<int:page>", "endpoint": f"list{number}", "methods": ["GET"]},
        ]
    rules += [
        {"rule": "/old/<int:n>", "endpoint": "new_place", "methods": ["GET"], "alias": True},
        {"rule": "/fresh/<int:n>", "endpoint": "new_place", "methods": ["GET"]},
        {"rule": "/cdn/<path:file>", "endpoint": "cdn", "methods": ["GET"], "build_only": True},
        {"rule": "/num/min/<int(min=3):n>", "endpoint": "num_min", "methods": ["GET"]},
        {"rule": "/num/max/<int(max=30):n>", "endpoint": "num_max", "methods": ["GET"]},
        {"rule": "/num/both/<int(max=3,signed=True):n>/", "endpoint": "num_both", "methods": ["GET"]},
        {"rule": "/num/digits/<int(fixed_digits=4):n>", "endpoint": "num_digits", "methods": ["GET"]},
        {"rule": "/num/float/<float(min=0.5,max=2.5):n>", "endpoint": "num_float", "methods": ["GET"]},
        {"rule": "/num/length/<string(minlength=2,maxlength=4):n>", "endpoint": "num_length", "methods": ["GET"]},
        {"rule": "/tree/<path:p>/", "endpoint": "tree", "methods": ["GET"]},
        {"rule": "/tree/<path:p>/edit", "endpoint": "tree_edit", "methods": ["GET"]},
        {"rule": "/tree/<path:p>/<int:n>", "endpoint": "tree_number", "methods": ["GET"]},
        {"rule": "/tree/<path:p>/<path:q>/diff", "endpoint": "tree_diff", "methods": ["GET"]},
        {"rule": "/", "endpoint": "root", "methods": ["GET"]},
    ]
    return rules


def make_map(rules, **options):
    names = ("endpoint", "methods", "strict_slashes", "merge_slashes", "defaults", "alias", "build_only", "host")
    return Map([Rule(rule["rule"], **{name: rule[name] for name in names if name in rule}) for rule in rules], **options)


def plain(value):
    return str(value)


def answer(adapter, rules, path, method, host):
    try:
        rule, values = adapter.match(path, method=method, return_rule=True)
    except RequestRedirect as error:
        return {"redirect": error.new_url.removeprefix(f"http://{host}")}
    except MethodNotAllowed as error:
        return {"allow": sorted(error.valid_methods)}
    except NotFound:
        return {"missing": True}
    return {"endpoint": rule.endpoint, "rule": rule.rule, "values": {name: plain(value) for name, value in values.items()}}


def fill(rng, text):
    """A path that may match a rule."""
    path = re.sub(r"<[^>]+>", lambda _: rng.choice(VALUES), text)
    change = rng.random()
    if change < 0.1:
        path = path.rstrip("/") + "/"
    elif change < 0.2:
        path = path.rstrip("/") or "/"
    elif change < 0.27:
        place = path.find("/", 1)
        path = path[:place] + "/" + path[place:] if place > 0 else path
    elif change < 0.32:
        path += rng.choice(["x", "/x", "/edit"])
    elif change < 0.36:
        path = path[: rng.randint(1, len(path))]
    return path


def requests(rng, rules, count, adapter):
    cases = []
    while len(cases) < count:
        rule = rng.choice(rules)
        path = fill(rng, rule["rule"])
        if path.startswith("//"):
            continue  # Werkzeug drops the first slashes; Roost redirects to the single one.
        method = rng.choice(["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE"])
        found = answer(adapter, rules, path, method, HOST)
        if path.startswith("/num/") and "endpoint" not in found:
            continue  # A number out of range ends the search in Werkzeug; Roost tries the next rule.
        cases.append({"path": quote(path, safe="/"), "method": method, **found})
    return cases


GOOD = {
    "": ["a", "ü b", "x&y=z", "a+b"], "string(length=2)": ["ab", "üö"], "string(minlength=2)": ["ab", "abc"],
    "string(maxlength=3)": ["a", "abc"], "int": [0, 7, 123], "int(signed=True)": [-7, 7], "float": [0.5, 2.0, 10.25],
    "float(signed=True)": [-0.5, 2.0], "path": ["a", "a/b c", "x/ü/z"],
    "uuid": ["123e4567-e89b-12d3-a456-426614174000"], "any(a,b,post)": ["a", "post"], "any('x-y','a b')": ["x-y"],
    "int(min=3)": [3, 99], "int(max=30)": [30], "int(max=3,signed=True)": [-3, 0],
    "int(fixed_digits=4)": [7, 1234], "float(min=0.5,max=2.5)": [1.5], "string(minlength=2,maxlength=4)": ["abcd"],
}
EXTRAS = [("q", "a b&c"), ("page", 2), ("next", "/x?y=1"), ("tags", ["a", "b"]), ("ü", "ß"), ("empty", "")]


def builds(rng, rules, adapter):
    cases = []
    for rule in rules:
        for _ in range(2):
            values = {}
            for converter, name in re.findall(r"<(?:([^<>]*):)?(\w+)>", rule["rule"]):
                values[name] = rng.choice(GOOD[converter])
            if "defaults" in rule and rng.random() < 0.5:
                values["page"] = rng.choice([1, 2])
            if values and rng.random() < 0.1:
                del values[rng.choice(list(values))]
            for name, value in rng.sample(EXTRAS, rng.randint(0, 2)):
                if name != "page" or "list" not in rule["rule"]:
                    values[name] = value
            try:
                url = adapter.build(rule["endpoint"], dict(values))
            except (BuildError, ValueError):
                url = None
            pairs = [[name, value if isinstance(value, list) else str(value)] for name, value in values.items()]
            cases.append({"endpoint": rule["endpoint"], "values": pairs, "url": url})
    return cases


def host_rules(rng):
    hosts = ["example.org", "api.example.org", "<tenant>.example.org", "<int:n>.example.org", "<a>.<b>.net", "static.net"]
    rules = []
    for number, host in enumerate(hosts):
        for text in ["/", "/about/", "/user/<name>"]:
            rules.append({"rule": text, "endpoint": f"h{number}_{len(rules)}", "methods": ["GET"], "host": host})
    return rules


def host_cases(rng):
    rules = host_rules(rng)
    url_map = make_map(rules, host_matching=True)
    cases = []
    for host in ["example.org", "api.example.org", "joe.example.org", "12.example.org", "a.b.net", "x.y.z.net", "static.net", "other.com", "API.Example.org"]:
        for path in ["/", "/about", "/about/", "/user/ü", "/none"]:
            adapter = url_map.bind(host.lower())
            found = answer(adapter, rules, path, "GET", host.lower())
            cases.append({"host": host, "path": quote(path, safe="/"), "method": "GET", **found})
    return {"rules": rules, "requests": cases, "builds": []}


def all_cases():
    rng = random.Random(20)
    rules = special_rules() + rule_set(rng, 200)
    adapter = make_map(rules).bind(HOST)
    return {
        "routing": {
            "rules": rules, "requests": requests(rng, rules, 4000, adapter), "builds": builds(rng, rules, adapter),
        },
        "hosts": host_cases(rng),
    }
