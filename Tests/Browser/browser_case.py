"""What the browser's tests share: one blog, one browser, and visitors that must have nothing to complain about."""
import contextlib
import unittest

from visitor import Visitor


class Surroundings:
    """Set once by main.py, before any test."""

    blog = None
    browser = None
    # Who has logged in before: cookies by name, so that not every test logs in again.
    states = {}

    @classmethod
    def visitor(cls, name=None, **options):
        """A window of its own, in which somebody is logged in; without a name: a stranger's."""
        if name and name not in cls.states:
            cls.states[name] = cls._log_in(name)
        return Visitor(cls.browser, cls.blog, state=cls.states.get(name), **options)

    @classmethod
    def _log_in(cls, name):
        visitor = Visitor(cls.browser, cls.blog)
        try:
            visitor.log_in(name)
            return visitor.context.storage_state()
        finally:
            visitor.close()


class BrowserCase(unittest.TestCase):
    maxDiff = None

    @property
    def blog(self):
        return Surroundings.blog

    def visitor(self, name=None, **options):
        """A window as of Surroundings, closed after the test; it must have nothing to complain about."""
        return self.enterContext(self.window(name, **options))

    @contextlib.contextmanager
    def window(self, name=None, **options):
        """The same, closed at the end of a block: for tests that open many."""
        visitor = Surroundings.visitor(name, **options)
        try:
            yield visitor
            self.assertEqual(visitor.complaints, [])
        finally:
            visitor.close()

    def shortDescription(self):
        """The sentence, whole."""
        return " ".join((self._testMethodDoc or "").split()) or None
