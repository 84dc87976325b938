"""Fails when the tree breaks a rule that a reader would overlook: `guards.py <repository>`.

Time is read in base/clock.cpp alone and chance in crypto/random.cpp alone, so that tests control both; secrets are compared
by crypto::equal_in_constant_time alone; coroutines are detached where they have an owner; tests do not sleep; every table
stands in docs/deployment.md with what it is distributed by.
"""
import pathlib
import re
import sys

# What must not be written, the files that may, and what to do instead.
IN_SOURCES = [
    (r"system_clock::now", {"src/base/clock.cpp"}, "read the time through Clock"),
    (r"\bRAND_(priv_)?bytes", {"src/crypto/random.cpp"}, "take chance from crypto::Random"),
    (r"\b(memcmp|strcmp|strncmp|CRYPTO_memcmp)\s*\(", {"src/crypto/hash.cpp", "src/db/sqlite/collation.cpp"}, "compare with crypto::equal_in_constant_time"),
    (r"std::regex", set(), "backtracking regular expressions do not meet input"),
    (r"\basio::detached\b", {"src/app/background.cpp", "src/net/server/worker.cpp"}, "give every task an owner that waits for it"),
    (r"\bTask<.*= \{\}", set(), "no default for an aggregate of a coroutine: g++ 12 destroys it twice within co_await"),
    (r"[?:] co_await\b", set(), "no co_await within ?:, which g++ 12 destroys twice"),
    (r"\bTODO\b|\bFIXME\b", set(), "finish it or file an issue"),
]
IN_TESTS = [
    (r"\bsleep_(for|until)\b|\busleep\b|\bnanosleep\b", set(), "move the clock, or wait for what is to happen"),
]
LONGEST = 400


def sources(root, *folders):
    for folder in folders:
        for file in sorted((root / folder).rglob("*.[ch]pp")):
            yield file.relative_to(root).as_posix(), file.read_text().splitlines()


def broken_rules(files, rules):
    for name, lines in files:
        for number, line in enumerate(lines, 1):
            code = line.split("//")[0]
            for pattern, allowed, advice in rules:
                if name not in allowed and re.search(pattern, code):
                    yield f"{name}:{number}: {advice}"


def long_files(files):
    for name, lines in files:
        if len(lines) > LONGEST:
            yield f"{name}: {len(lines)} lines; split by subject at {LONGEST}"


def tables(root):
    """The server's, as its migrations leave them."""
    found = set()
    for file in sorted((root / "src/db/migrations").glob("*.sql")):
        text = file.read_text()
        found |= set(re.findall(r"CREATE TABLE (\w+)", text))
        found -= set(re.findall(r"DROP TABLE (\w+)", text))
    return found


def undistributed_tables(root):
    document = root / "docs/deployment.md"
    statements = re.findall(r"SELECT create_distributed_table.*?;", document.read_text(), re.DOTALL)
    listed = set(re.findall(r"'(\w+)'", " ".join(statements)))
    for table in sorted(tables(root) - listed):
        yield f"docs/deployment.md: the table {table} is not among those that are distributed"


def main(root):
    ours = list(sources(root, "src", "sdk", "examples"))
    problems = [*long_files(ours), *broken_rules(ours, IN_SOURCES), *broken_rules(sources(root, "tests"), IN_TESTS),
                *undistributed_tables(root)]
    sys.exit("\n".join(problems) or 0)


main(pathlib.Path(sys.argv[1]))
