"""Starts a blog and a browser, runs the tests, stops both. See run."""
import os
import pathlib
import signal
import sys
import unittest

from playwright.sync_api import sync_playwright

from blog import Blog
from browser_case import Surroundings
from content import fill
from pictures import take_pictures

FOLDER = pathlib.Path(__file__).parent


def main(arguments):
    # As after Ctrl-C, what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    blog = Blog(os.environ["ROOST_PROGRAMS"], os.environ["ROOST_TEST_DATABASE"])
    try:
        blog.start()
        fill(blog)
        with sync_playwright() as playwright:
            # Chromium's sandbox needs rights that root in a container has not.
            browser = playwright.chromium.launch(
                executable_path=os.environ["ROOST_CHROMIUM"], args=["--no-sandbox"] if os.getuid() == 0 else [])
            Surroundings.blog, Surroundings.browser = blog, browser
            try:
                if arguments[:1] == ["--pictures"]:
                    take_pictures(pathlib.Path(arguments[1]))
                    return True
                return run_tests(arguments)
            finally:
                browser.close()
    finally:
        blog.stop()


def run_tests(patterns):
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{pattern}*" for pattern in patterns] or None
    result = unittest.TextTestRunner(verbosity=2).run(loader.discover(str(FOLDER)))
    # A test of many pages counts once, however many of them are wrong.
    failed = len({getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors})
    skipped = len(result.skipped)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return result.wasSuccessful() and result.testsRun > 0


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
