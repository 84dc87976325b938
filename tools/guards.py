"""Fails when the source says what only one place may say: `guards.py <repository>`.

Time is read in base/clock.cpp alone and chance in crypto/random.cpp alone, so that tests control both; secrets are compared
by crypto::equal_in_constant_time alone; coroutines are detached where they have an owner.
"""
import pathlib
import re
import sys

RULES = [
    (r"system_clock::now", {"src/base/clock.cpp"}, "read the time through Clock"),
    (r"\bRAND_(priv_)?bytes", {"src/crypto/random.cpp"}, "take chance from crypto::Random"),
    (r"\b(memcmp|strcmp|strncmp|CRYPTO_memcmp)\s*\(", {"src/crypto/hash.cpp", "src/db/sqlite/collation.cpp"}, "compare with crypto::equal_in_constant_time"),
    (r"std::regex", set(), "backtracking regular expressions do not meet input"),
    (r"\basio::detached\b", {"src/app/background.cpp", "src/net/server/worker.cpp"}, "give every task an owner that waits for it"),
    (r"\bTask<.*= \{\}", set(), "no default for an aggregate of a coroutine: g++ 12 destroys it twice within co_await"),
    (r"[?:] co_await\b", set(), "no co_await within ?:, which g++ 12 destroys twice"),
    (r"\bTODO\b|\bFIXME\b", set(), "finish it or file an issue"),
]
LONGEST = 400

root = pathlib.Path(sys.argv[1])
problems = []
for folder in ("src", "sdk", "examples"):
    for file in sorted((root / folder).rglob("*.[ch]pp")):
        name = file.relative_to(root).as_posix()
        lines = file.read_text().splitlines()
        if len(lines) > LONGEST:
            problems.append(f"{name}: {len(lines)} lines; split by subject at {LONGEST}")
        for number, line in enumerate(lines, 1):
            code = line.split("//")[0]
            for pattern, allowed, advice in RULES:
                if name not in allowed and re.search(pattern, code):
                    problems.append(f"{name}:{number}: {advice}")
sys.exit("\n".join(problems) or 0)
