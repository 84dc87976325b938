"""tools/compatibility.py: no row of docs/compatibility.md says that an operation is there without a test that proves it."""
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import compatibility  # noqa: E402

NOTHING = {"missing_operations": {}, "operations": {}}


class Problems(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "tests/aws").mkdir(parents=True)
        (self.root / "tests/e2e").mkdir()
        (self.root / "tests/aws/x_test.cpp").write_text("TEST_F(Suite, does_it) {}\n")
        (self.root / "tests/e2e/story.test.mjs").write_text("")

    def tearDown(self):
        self.folder.cleanup()

    def problems(self, operations, tests, differences=NOTHING):
        return list(compatibility.problems_of(self.root, operations, tests, differences))

    def test_an_operation_with_tests_that_exist_is_fine(self):
        self.assertEqual(self.problems({"Op"}, {"Op": ["aws.Suite", "e2e.story"]}), [])

    def test_an_operation_that_no_test_calls_is_a_problem(self):
        self.assertEqual(self.problems({"Op"}, {}), ["Op is there, and no test calls it with success"])
        self.assertEqual(self.problems({"Op"}, {"Op": []}), ["Op is there, and no test calls it with success"])

    def test_a_test_that_does_not_exist_proves_nothing(self):
        self.assertEqual(self.problems({"Op"}, {"Op": ["aws.Gone"]}), ["there is no test aws.Gone"])

    def test_what_is_there_is_not_missing_and_what_is_not_does_not_differ(self):
        self.assertEqual(len(self.problems({"Op"}, {"Op": ["aws.Suite"]}, {"missing_operations": {"Op": "why"},
                                                                          "operations": {}})), 1)
        self.assertEqual(len(self.problems(set(), {}, {"missing_operations": {}, "operations": {"Op": "how"}})), 1)

    def test_a_call_that_was_refused_proves_nothing(self):
        calls = self.root / "calls"
        calls.write_text("aws.Suite Op 400\naws.Suite Other 200\ne2e.postgres.story Other 200\n")
        self.assertEqual(compatibility.read_calls(calls), {"Other": ["e2e.story", "aws.Suite"]})

    def test_the_page_says_what_it_was_made_of(self):
        made = compatibility.render({"Op"}, {"Op": ["aws.Suite"]}, NOTHING)
        self.assertEqual(compatibility.read_table(made), {"Op": ["aws.Suite"]})


unittest.main()
