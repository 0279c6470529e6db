"""Every measurement in one run: `make bench` prints one JSON object of ratios.

A part is a module beside this one with `ratios()`, which gives names and ratios. Ratios and not times, because both
sides of a ratio are measured on the same machine in the same minute.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
import traceback

import tests.bench


def parts() -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules(tests.bench.__path__) if m.name != "__main__")


def main(wanted: list[str]) -> int:
    """Measure the parts named, or all. A part that breaks off is told and fails the run; the others still measure."""
    found: dict[str, float] = {}
    broken = False
    for name in wanted or parts():
        module = importlib.import_module(f"tests.bench.{name}")
        if not hasattr(module, "ratios"):
            continue
        print(f"measuring {name} …", file=sys.stderr)
        try:
            found |= module.ratios()
        except Exception:
            broken = True
            traceback.print_exc()
    print(json.dumps({name: round(ratio, 3) for name, ratio in found.items()}, indent=2))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
