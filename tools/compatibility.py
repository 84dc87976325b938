"""The table of operations in docs/compatibility.md.

    compatibility.py write REPOSITORY SYMBOLON CALLS   makes it of what the tests called (./dev compatibility)
    compatibility.py write REPOSITORY SYMBOLON         makes it anew after a change of compatibility.json
    compatibility.py check REPOSITORY SYMBOLON         fails when it is not true any more

CALLS has a line `<test> <operation> <status>` for each call, written by the server (src/aws/call_record). An operation
counts as verified by the tests that called it with success. docs/compatibility.json says what differs.
"""
import json
import pathlib
import re
import subprocess
import sys

BEGIN, END = "<!-- operations: made by ./dev compatibility -->", "<!-- operations: end -->"
MOST_TESTS = 3


def operations_of(program):
    return set(json.loads(subprocess.run([program, "admin", "api-model"], check=True, capture_output=True).stdout))


def read_calls(path):
    """Operation → the tests that verify it, the most specific first: those that call the fewest operations."""
    called, succeeded = {}, {}
    for line in path.read_text().splitlines():
        test, operation, status = line.split()
        test = test.replace("e2e.postgres.", "e2e.")
        called.setdefault(test, set()).add(operation)
        if status == "200":
            succeeded.setdefault(operation, set()).add(test)
    breadth = {test: len(operations) for test, operations in called.items()}
    return {name: sorted(tests, key=lambda test: (breadth[test], test))[:MOST_TESTS] for name, tests in succeeded.items()}


def read_table(text):
    rows = re.findall(r"^\| (\w+) \| (?:yes|no) \| (.*?) \|", text, re.M)
    return {name: re.findall(r"`([^`]+)`", tests) for name, tests in rows}


def render(operations, tests, differences):
    lines = ["| operation | here | verified by | known differences |", "| --- | --- | --- | --- |"]
    missing = differences["missing_operations"]
    for name in sorted(operations | missing.keys()):
        here = name in operations
        verified = ", ".join(f"`{test}`" for test in tests.get(name, [])) if here else ""
        remark = differences["operations"].get(name, "") if here else missing[name]
        lines.append(f"| {name} | {'yes' if here else 'no'} | {verified} | {remark} |")
    return "\n".join(lines)


def problems_of(root, operations, tests, differences):
    for name in sorted(operations):
        if not tests.get(name):
            yield f"{name} is there, and no test calls it with success"
    for name in sorted(operations & differences["missing_operations"].keys()):
        yield f"{name} is there, and compatibility.json says that it is missing"
    for name in sorted(differences["operations"].keys() - operations):
        yield f"compatibility.json says how {name} differs, which is not there"
    suites = set()
    for file in (root / "tests/aws").glob("*.cpp"):
        suites |= {"aws." + suite for suite in re.findall(r"^TEST(?:_[FP])?\((\w+)", file.read_text(), re.M)}
    scenarios = {"e2e." + file.name.removesuffix(".test.mjs") for file in (root / "tests/e2e").glob("*.test.mjs")}
    for test in sorted({test for named in tests.values() for test in named} - suites - scenarios):
        yield f"there is no test {test}"


def main(mode, root, program, calls=None):
    root = pathlib.Path(root)
    page = root / "docs/compatibility.md"
    before, rest = page.read_text().split(BEGIN)
    table, after = rest.split(END)
    differences = json.loads((root / "docs/compatibility.json").read_text())
    operations = operations_of(program)
    tests = read_calls(pathlib.Path(calls)) if calls else read_table(table)
    made = render(operations, tests, differences)
    if mode == "write":
        page.write_text(f"{before}{BEGIN}\n\n{made}\n\n{END}{after}")
    problems = list(problems_of(root, operations, tests, differences))
    if mode == "check" and table.strip() != made:
        problems.append("docs/compatibility.md is not what `./dev compatibility` would make")
    sys.exit("\n".join(problems) or 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
