"""Fails when a file includes what its floor may not: `layers.py <repository> <layers.txt>`.

layers.txt lists the floors from the lowest up, each with the floors that it may include. A floor can only name floors
above it in the file, so the graph cannot have a cycle. A floor is a folder of src/; `sdk` is the folder beside it.
"""
import pathlib
import re
import sys


def read_rules(path):
    rules = {}
    for line in path.read_text().splitlines():
        floor, allowed = line.split(":")
        unknown = set(allowed.split()) - rules.keys()
        if unknown:
            sys.exit(f"{path}: {floor} names {sorted(unknown)}, which do not stand above it")
        rules[floor] = {floor, *allowed.split()}
    return rules


def sources(root):
    for file in sorted((root / "src").rglob("*.[ch]pp")):
        yield file.relative_to(root / "src").parts[0], file
    for file in sorted((root / "sdk").rglob("*.[ch]pp")):
        yield "sdk", file


def broken_includes(root, rules):
    for floor, file in sources(root):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            found = re.match(r'#include "(\w+)/', line)
            if found and found[1] in rules and found[1] not in rules.get(floor, set()):
                yield f"{file}:{number}: {floor} may not include {found[1]}"


problems = list(broken_includes(pathlib.Path(sys.argv[1]), read_rules(pathlib.Path(sys.argv[2]))))
sys.exit("\n".join(problems) or 0)
