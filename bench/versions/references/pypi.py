"""Reads `c<TAB>a<TAB>b` (order) and `s<TAB>version<TAB>range` lines; answers with Python's own `packaging`."""

import sys
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

for line in sys.stdin:
    kind, left, right = line.rstrip("\n").split("\t")
    try:
        if kind == "c":
            a, b = Version(left), Version(right)
            print((a > b) - (a < b))
        else:
            Version(left)
            print(int(SpecifierSet(right).contains(left, prereleases=True)))
    except (InvalidVersion, InvalidSpecifier):
        print("!")
