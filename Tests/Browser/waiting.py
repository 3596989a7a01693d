"""Waiting for conditions instead of for time."""
import time


def wait_until(what, condition, seconds=15):
    """Asks again and again until the condition holds, and returns what it returned; fails when the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s in vain until {what}")
        time.sleep(0.05)
