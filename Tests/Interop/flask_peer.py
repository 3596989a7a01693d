"""The other side of the live interop test: reads lines of JSON, does with Flask what they say, answers in lines.

Every answer carries what Python understood, written again by Python itself.
"""
import json
import sys

from flask import Flask, session
from flask_login.utils import decode_cookie, encode_cookie
from flask_wtf.csrf import generate_csrf, validate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.security import check_password_hash, generate_password_hash


def session_answer(app, asked):
    serializer = app.session_interface.get_signing_serializer(app)
    with app.app_context():
        return {"text": serializer.dumps(serializer.loads(asked["text"], max_age=60))}


def token_answer(app, asked):
    serializer = URLSafeTimedSerializer(app.secret_key, salt="purpose")
    return {"text": serializer.dumps(serializer.loads(asked["text"], max_age=60))}


def remember_answer(app, asked):
    with app.app_context():
        return {"text": encode_cookie(decode_cookie(asked["text"]))}


def csrf_answer(app, asked):
    with app.test_request_context():
        session["csrf_token"] = asked["raw"]
        validate_csrf(asked["text"])
        return {"text": generate_csrf()}


def password_answer(app, asked):
    return {
        "ok": check_password_hash(asked["text"], asked["password"]),
        "text": generate_password_hash(asked["password"], asked["method"]),
    }


def main():
    app = Flask("peer")
    app.secret_key = sys.argv[1]
    answers = {
        "session": session_answer,
        "token": token_answer,
        "remember": remember_answer,
        "csrf": csrf_answer,
        "password": password_answer,
    }
    with open(sys.argv[2], encoding="utf-8") as lines:
        for line in lines:
            asked = json.loads(line)
            try:
                answer = answers[asked["op"]](app, asked)
            except Exception as error:  # the test shows it beside what was asked
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), flush=True)


main()
