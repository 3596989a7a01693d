"""Flasky as an operator starts it: a database, the pool and nginx, in a folder of its own."""
import email
import email.policy
import hashlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile

from database import Database
from waiting import wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "cat"


class Blog:
    """Running between start() and stop()."""

    def __init__(self, programs, server):
        self.program = f"{programs}/flasky"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roost-b-", dir="/tmp"))
        self.database = Database(server)
        self.port = free_port()
        self.processes = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.command("db", "upgrade")
        self.command("roles")
        self.run([self.program, "serve"] + self.settings, "pool")
        wait_until("the pool has its socket", lambda: self.is_alive("pool") and (self.folder / "pool.sock").exists())
        self.start_nginx()
        wait_until("nginx accepts connections", lambda: self.is_alive("nginx") and self.accepts())

    def stop(self):
        for _, process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        self.database.drop()
        shutil.rmtree(self.folder)

    # What the program is told

    @property
    def settings(self):
        folder = self.folder
        values = {
            "app.environment": "production", "database.url": self.database.url,
            "http.server_name": f"127.0.0.1:{self.port}", "pool.listen": f"unix:{folder}/pool.sock",
            "pool.control": f"{folder}/control", "pool.pid_file": f"{folder}/pool.pid", "pool.workers": "2",
            "pool.allow_root": str(os.getuid() == 0).lower(),
            "log.app": f"{folder}/app.log", "log.access": f"{folder}/access.log", "log.events": f"{folder}/events.log",
            "log.slow_query": f"{folder}/slow.log", "profiler.mode": "off", "mail.folder": f"{folder}/mail",
            "mail.spool": f"{folder}/spool", "mail.sender": "Flasky Admin <flasky@example.com>",
            "mail.subject_prefix": "[Flasky]", "flasky.password_rounds": "1000", "flasky.admin": "admin@example.com",
        }
        words = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
        return ["--config", str(ROOT / "deploy/flasky.yaml")] + words

    @property
    def environment(self):
        return os.environ | {"SECRET_KEY": "a secret of the browser's tests, long enough for anybody"}

    def command(self, *words):
        """A command of the program; fails with what it said."""
        done = subprocess.run(
            [self.program, *words, *self.settings], cwd=ROOT, env=self.environment, capture_output=True, text=True,
            check=False)
        if done.returncode:
            raise RuntimeError(f"flasky {' '.join(words)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    # Processes

    def run(self, command, name):
        with open(self.folder / f"{name}.out", "wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.processes.append((name, process))

    def is_alive(self, name):
        """True; fails with the program's last words when it has ended."""
        process = next(process for known, process in self.processes if known == name)
        if process.poll() is not None:
            words = (self.folder / f"{name}.out").read_text()
            raise RuntimeError(f"{name} ended with {process.returncode}: {words}")
        return True

    def start_nginx(self):
        """With the shipped development configuration, filled in as deploy/lib/configuration.sh does."""
        text = (ROOT / "nginx/dev.conf").read_text()
        words = {
            # As root, nginx's workers stay root: the folder is ours alone.
            "USER_LINE": "user root root;" if os.getuid() == 0 else "", "PORT": self.port, "ROOT": ROOT,
            "VAR": self.folder, "RUN": self.folder, "LOG": self.folder, "SOCKET": self.folder / "pool.sock",
        }
        for word, value in words.items():
            text = text.replace(f"@{word}@", str(value))
        (self.folder / "tmp").mkdir()
        (self.folder / "nginx.conf").write_text(text)
        self.run(["nginx", "-e", f"{self.folder}/nginx-error.log", "-c", f"{self.folder}/nginx.conf"], "nginx")

    def accepts(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    # What is in it

    def add_person(self, name, role="User", confirmed=True):
        """Somebody with the password "cat" and the address NAME@example.com; returns the id."""
        salt = "saltsaltsaltsalt"
        key = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt.encode(), 1000).hex()
        address = f"{name.lower()}@example.com"
        rows = self.database.sql(
            """
            WITH made AS (
              INSERT INTO users
                (username, email, password_hash, confirmed, member_since, last_seen, avatar_hash, role_id)
              VALUES (:'name', :'address', :'hash', :'confirmed'::boolean, now() AT TIME ZONE 'UTC',
                now() AT TIME ZONE 'UTC', md5(:'address'), (SELECT id FROM roles WHERE name = :'role'))
              RETURNING id)
            INSERT INTO follows SELECT id, id, now() AT TIME ZONE 'UTC' FROM made RETURNING follower_id;
            """,
            name=name, address=address, hash=f"pbkdf2:sha256:1000${salt}${key}", confirmed=confirmed, role=role)
        return int(rows[0][0])

    def mail(self, address, subject):
        """The latest mail to an address with a subject, once it has been written."""
        return wait_until(f"{address} has the mail {subject!r}", lambda: self.find_mail(address, subject))

    def find_mail(self, address, subject):
        # Their names sort as they were sent.
        files = sorted(self.folder.glob("mail/*.eml"), reverse=True)
        messages = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return next((each for each in messages if address in each["To"] and each["Subject"] == subject), None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
