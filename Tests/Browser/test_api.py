"""The API beside the pages: what one writes there, the other shows."""
import base64
import json
import urllib.request

from browser_case import BrowserCase


class APITests(BrowserCase):
    def test_token(self):
        """a post written with a token is on the home page"""
        token = self.call("/api/v1/tokens/", ("writer@example.com", "cat"), {})["token"]
        post = self.call("/api/v1/posts/", (token, ""), {"body": "written *elsewhere*"})
        self.assertEqual(post["body_html"], "<p>written <em>elsewhere</em></p>")
        visitor = self.visitor()
        visitor.open("/")
        self.assertIn("written elsewhere", visitor.page.locator(".post-body").all_inner_texts()[0])

    def call(self, path, login, body):
        """Posts JSON with a name and a password; returns the answer's."""
        words = base64.b64encode(":".join(login).encode()).decode()
        request = urllib.request.Request(
            self.blog.url + path, json.dumps(body).encode(),
            {"Content-Type": "application/json", "Accept": "application/json", "Authorization": f"Basic {words}"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)
