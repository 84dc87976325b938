"""The package for Debian: package_test.py REPOSITORY PROGRAM. It is made of a small program, and looked into."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

repository, program = pathlib.Path(sys.argv.pop(1)), sys.argv.pop(1)
packaging = repository / "packaging"


def output(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.file = output(packaging / "make_deb.sh", "/bin/true", "1.2.3", cls.folder.name).strip()

    def test_holds_program_unit_and_settings_for_root_to_change(self):
        listed = {line.split()[-1]: line.split()[:2] for line in output("dpkg-deb", "--contents", self.file).splitlines()}
        self.assertEqual(listed["./usr/bin/symbolon"], ["-rwxr-xr-x", "root/root"])
        self.assertEqual(listed["./lib/systemd/system/symbolon.service"], ["-rw-r--r--", "root/root"])
        self.assertEqual(listed["./etc/symbolon/symbolon.yaml"], ["-rw-r--r--", "root/root"])
        self.assertIn("./usr/share/doc/symbolon/docs/operations.md", listed)

    def test_depends_on_the_libraries_of_the_program(self):
        self.assertEqual(output("dpkg-deb", "--field", self.file, "Version").strip(), "1.2.3")
        self.assertRegex(output("dpkg-deb", "--field", self.file, "Depends"), r"^libc6 \(>= [\d.]+\), ")

    def test_keeps_changed_settings_when_it_is_updated(self):
        self.assertEqual(output("dpkg-deb", "--info", self.file, "conffiles"), "/etc/symbolon/symbolon.yaml\n")


class Settings(unittest.TestCase):
    def test_are_flags_also_those_that_are_commented_out(self):
        flags = set(re.findall(r"^  --([\w-]+)", output(program, "serve", "--help"), re.MULTILINE))
        named = re.findall(r"^#?([\w-]+):", (packaging / "symbolon.yaml").read_text(), re.MULTILINE)
        self.assertGreater(len(named), 4)
        self.assertEqual(set(named) - flags, set())

    def test_are_where_the_unit_looks_for_them(self):
        unit = (packaging / "symbolon.service").read_text()
        self.assertIn("\nExecStart=/usr/bin/symbolon serve --config /etc/symbolon/symbolon.yaml\n", unit)
        self.assertIn("\nStateDirectory=symbolon\n", unit)
        self.assertIn("\ndata: /var/lib/symbolon\n", (packaging / "symbolon.yaml").read_text())


unittest.main()
