"""From a stranger to somebody with an account."""
import re

from playwright.sync_api import expect

from browser_case import BrowserCase

TABS = 40


class AccountTests(BrowserCase):
    def test_registration(self):
        """somebody registers, confirms by the link in the mail, and is welcomed"""
        visitor = self.visitor()
        page = visitor.page
        visitor.open("/auth/login")
        visitor.follow("Click here to register")
        self.register(visitor, "susan@example.com", "susan", "a password", "a password")
        self.assertEqual(visitor.messages(), ["A confirmation email has been sent to you by email."])
        visitor.log_in("susan", "a password")
        page.get_by_role("heading", name="You have not confirmed your account yet.").wait_for()
        visitor.open(self.link_of("susan@example.com", "[Flasky] Confirm Your Account"))
        self.assertEqual(visitor.messages(), ["You have confirmed your account. Thanks!"])
        self.assertEqual(visitor.heading(), "Hello, susan!")

    def test_mistakes(self):
        """mistakes stand beside their fields and are read out with them, and what was typed is kept"""
        visitor = self.visitor(width=390)
        page = visitor.page
        visitor.open("/auth/register")
        self.register(visitor, "nobody", "1", "one", "other")
        errors = page.locator(".has-error .help-block").all_inner_texts()
        self.assertEqual(errors, [
            "Invalid email address.", "Usernames must have only letters, numbers, dots or underscores",
            "Passwords must match."])
        self.assertEqual(page.get_by_label("Email").input_value(), "nobody")
        self.assertEqual(visitor.focused(), "email")
        expect(page.get_by_label("Email")).to_have_accessible_description("Invalid email address.")

    def test_keyboard(self):
        """somebody logs in by keyboard alone"""
        visitor = self.visitor()
        visitor.open("/")
        keyboard = visitor.page.keyboard
        self.tab_to(visitor, "Log In")
        keyboard.press("Enter")
        visitor.page.wait_for_url("**/auth/login")
        self.tab_to(visitor, "email")
        keyboard.type("reader@example.com")
        keyboard.press("Tab")
        keyboard.type("cat")
        keyboard.press("Tab")
        keyboard.press("Space")
        self.assertTrue(visitor.page.get_by_label("Keep me logged in").is_checked())
        keyboard.press("Tab")
        keyboard.press("Enter")
        visitor.page.get_by_role("heading", name="Hello, reader!").wait_for()

    def test_password(self):
        """whoever forgot the password sets a new one by mail"""
        self.blog.add_person("forgetful")
        visitor = self.visitor()
        page = visitor.page
        visitor.open("/auth/reset")
        page.get_by_label("Email").fill("forgetful@example.com")
        visitor.press("Reset Password")
        self.assertEqual(
            visitor.messages(), ["An email with instructions to reset your password has been sent to you."])
        visitor.open(self.link_of("forgetful@example.com", "[Flasky] Reset Your Password"))
        page.get_by_label("New Password").fill("a new one")
        page.get_by_label("Confirm password").fill("a new one")
        visitor.press("Reset Password")
        self.assertEqual(visitor.messages(), ["Your password has been updated."])
        visitor.log_in("forgetful", "a new one")

    @staticmethod
    def register(visitor, address, name, password, again):
        page = visitor.page
        page.get_by_label("Email").fill(address)
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_label("Confirm password").fill(again)
        visitor.press("Register")

    def link_of(self, address, subject):
        """The link that stands alone on a line of a mail's text."""
        text = self.blog.mail(address, subject).get_body(("plain",)).get_content()
        link = re.search(r"^\s*(http\S+)\s*$", text, re.MULTILINE)
        self.assertIsNotNone(link, text)
        self.assertTrue(link[1].startswith(self.blog.url), link[1])
        return link[1]

    def tab_to(self, visitor, name):
        """Presses the tabulator until something has the keyboard; everything on the way can be seen to have it."""
        for _ in range(TABS):
            visitor.page.keyboard.press("Tab")
            outline = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            self.assertNotEqual(outline, "none", visitor.focused())
            if visitor.focused() == name:
                return
        self.fail(f"{TABS} tabs do not lead to {name}")
