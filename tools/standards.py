"""Checks that every test which a table names as a proof exists.

Usage: standards.py ROOT TABLE…
A proof is written as `file`: Suite.case, .another_case, Suite.* where the file is below tests/, or, for a test of
tests/e2e, as `file`: words of its title. Proofs are parted by " · " or by a semicolon; what is no proof is prose.
A row that begins with a module of the conformance suite has a proof.
"""

import pathlib
import re
import sys

PROOF = re.compile(r"`([\w./]+\.(?:cpp|mjs|py))`(?:: ([^`]*))?")
MODULE = re.compile(r"\| `(?:oidcc|fapi2)-")
CASE = re.compile(r"(?:(?<=\s)|^)([A-Z]\w*)?\.([A-Za-z]\w*|\*)")


def cases_of(text):
    """The suites of a C++ test file with their cases."""
    found = {}
    for suite, case in re.findall(r"\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", text):
        found.setdefault(suite, set()).add(case)
    return found


def missing_cases(names, text):
    cases, suite = cases_of(text), ""
    for named, case in CASE.findall(names):
        suite = named or suite
        if suite not in cases or case != "*" and case not in cases[suite]:
            yield f"{suite}.{case}"


def problems_of(name, names, tests):
    file = tests / name
    if name.startswith("tools/"):
        file = tests.parent / name
    if not file.is_file():
        yield f"there is no tests/{name}"
    elif name.endswith(".cpp"):
        for case in missing_cases(names, file.read_text()):
            yield f"tests/{name} has no {case}"
    elif names and names not in file.read_text():
        yield f"tests/{name} has no test “{names}”"


def main(root, tables):
    tests, problems, proofs = pathlib.Path(root) / "tests", [], 0
    for table in tables:
        for number, line in enumerate(pathlib.Path(table).read_text().splitlines(), 1):
            if not line.startswith("|"):
                continue
            if MODULE.match(line) and not PROOF.search(line):
                problems.append(f"{table}:{number}: no test is named")
            for name, names in PROOF.findall(line):
                names = re.split(r" · | \||; ", names)[0].strip(" ;,|")
                proofs += 1
                problems += [f"{table}:{number}: {problem}" for problem in problems_of(name, names, tests)]
    if not proofs:
        problems.append("no table names a proof")
    print("\n".join(problems) or f"{proofs} proofs are there")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
