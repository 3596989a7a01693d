#!/usr/bin/env python3
"""A real SMTP server for the tests, by aiosmtpd: prints its port, then one line of JSON for each message it took.

    smtp_server.py [--starttls | --tls] [--certificate FILE --key FILE] [--user NAME --password WORD] [--refuse ADDRESS]

The message is read by Python's own parser: what the tests see is what a mail program would show.
"""
import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def part(message):
    if message.is_multipart():
        return {"type": message.get_content_type(), "parts": [part(inner) for inner in message.iter_parts()]}
    content = message.get_content()
    return {
        "type": message.get_content_type(),
        "encoding": message["Content-Transfer-Encoding"],
        "filename": message.get_filename(),
        "disposition": message.get_content_disposition(),
        "id": message["Content-ID"],
        "text": content if isinstance(content, str) else content.hex(),
    }


class Handler:
    def __init__(self, refused):
        self.refused = refused

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refused:
            return "550 5.1.1 no such mailbox"
        if address == "busy@example.com":
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("sslcontext") is not None,
            "user": session.auth_data.login.decode() if getattr(session, "auth_data", None) else None,
            "headers": [[name, str(value)] for name, value in message.items()],
            "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
            "bare": envelope.content.replace(b"\r\n", b"").count(b"\n"),
            "defects": [str(defect) for one in message.walk() for defect in one.defects],
            "body": part(message),
        }), flush=True)
        return "250 OK"


async def serve(given):
    options, wrapped = {}, None
    if given.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(given.certificate, given.key)
        if given.tls:
            wrapped = context
        else:
            options.update(tls_context=context, require_starttls=True)
    if given.user:
        def authenticate(server, session, envelope, mechanism, data):
            right = (data.login.decode(), data.password.decode()) == (given.user, given.password)
            return AuthResult(success=right, handled=False, auth_data=data)

        options.update(authenticator=authenticate, auth_required=True, auth_require_tls=False)
    loop = asyncio.get_running_loop()
    handler = Handler(given.refuse)
    server = await loop.create_server(lambda: SMTP(handler, **options), "127.0.0.1", 0, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The tests end the server by closing its input.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main():
    parser = argparse.ArgumentParser()
    for name in ["starttls", "tls"]:
        parser.add_argument("--" + name, action="store_true")
    for name in ["certificate", "key", "user", "password", "refuse"]:
        parser.add_argument("--" + name)
    asyncio.run(serve(parser.parse_args()))


main()
