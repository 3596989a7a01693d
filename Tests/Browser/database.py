"""A database of its own on a PostgreSQL server, through psql."""
import re
import subprocess
import uuid


class Database:
    """Made empty, dropped at the end."""

    def __init__(self, server):
        self.server = server
        self.name = "browser_" + uuid.uuid4().hex[:12]
        self.url = re.sub(r"^(postgres(?:ql)?://[^/]*/)[^?]*", rf"\g<1>{self.name}", server)
        self._run(server, f'CREATE DATABASE "{self.name}"')

    def sql(self, statement, **values):
        """Runs a statement; :'name' in it stands for a value. Returns the rows as lists of text."""
        return self._run(self.url, statement, values)

    def drop(self):
        self._run(self.server, f'DROP DATABASE "{self.name}" WITH (FORCE)')

    @staticmethod
    def _run(url, statement, values=None):
        command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", url]
        for name, value in (values or {}).items():
            command += ["-v", f"{name}={value}"]
        # From standard input: psql fills in variables there only.
        done = subprocess.run(command, input=statement, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{done.stderr.strip()}\n{statement}")
        return [line.split("\t") for line in done.stdout.splitlines()]
