"""A real mail server on loopback, Debian's exim4, with a spool and a mailbox of its own in a given folder."""

import shutil
import smtplib
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_binary_file, policy
from pathlib import Path

BINARY = "/usr/sbin/exim4"
START_SECONDS = 10.0
CONFIGURATION = """\
primary_hostname = mail.units.example
spool_directory = {folder}/spool
log_file_path = {folder}/log-%s
pid_file_path = {folder}/exim.pid
exim_user = mail
exim_group = mail
keep_environment =
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
tls_advertise_hosts =
host_lookup =
rfc1413_hosts =
smtp_accept_max = 20
smtp_accept_max_per_connection = 0
# Each letter is taken and kept; a queue run of its own puts it into the box, so that taking alone is timed.
queue_only = true
acl_smtp_rcpt = take
acl_smtp_data = take
begin acl
take:
  accept
begin routers
everybody:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = {folder}/box
  maildir_format
  user = mail
  group = mail
  create_directory
"""


class Exim:
    """A running server; `port` takes letters for anybody, and `arrived` puts them into the box and counts them."""

    def __init__(self, folder: Path, port: int) -> None:
        """Keep everything in `folder`."""
        self.folder, self.port = folder, port
        self.configuration = folder / "exim.conf"
        for name in ("spool", "box"):
            (folder / name).mkdir()
        self.configuration.write_text(CONFIGURATION.format(folder=folder, port=port), encoding="ascii")
        for place in (folder, *folder.iterdir()):
            shutil.chown(place, "mail", "mail")
        shutil.chown(self.configuration, "root", "root")
        command = [BINARY, "-C", str(self.configuration), "-bdf", "-q1h"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError), smtplib.SMTP("127.0.0.1", self.port, timeout=2):
                return
            time.sleep(0.1)
        self.stop()
        msg = f"exim4 did not start; see {self.folder}"
        raise RuntimeError(msg)

    def arrived(self) -> Counter[str]:
        """Put what was taken into the box; give how often each Message-ID lies there, and empty the box."""
        subprocess.run([BINARY, "-C", str(self.configuration), "-qff"], check=True, capture_output=True)
        found: Counter[str] = Counter()
        for file in (self.folder / "box" / "new").iterdir():
            with file.open("rb") as opened:
                found[message_from_binary_file(opened, policy=policy.compat32)["Message-ID"]] += 1
            file.unlink()
        return found

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(timeout=START_SECONDS)


@contextmanager
def exim(folder: Path) -> Iterator[Exim]:
    """Run a server until the block ends. Raises RuntimeError where exim4 is not installed."""
    if not Path(BINARY).exists():
        msg = "the proof of letters needs Debian's exim4-daemon-light: apt-get install exim4-daemon-light"
        raise RuntimeError(msg)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Exim(folder, port)
    try:
        yield server
    finally:
        server.stop()
