"""Thousands of generated tables through the import: how many come back equal, and which do not.

``python tests/importing/fuzz_imports.py --count 20000``; one again, with its file kept:
``python tests/importing/fuzz_imports.py --seed 17 --kind xlsx --keep /tmp``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from random import Random

from generated_tables import KINDS, GeneratedTable, generate
from judged_tables import Verdict, judge
from proposed_figures import Propose, proposer

from atlas.observations.checks import KnownKeys
from atlas.project import Project

ROOT = Path(__file__).parents[2]
CSV_SHARE = 0.6
PROCESSES = 2
TABLES_BETWEEN_PROGRESS_UPDATES = 500
_opened: dict[str, tuple[KnownKeys, Propose]] = {}


def main() -> int:
    """Judge the tables that the arguments ask for; 1 when one is different or lost."""
    arguments = _arguments()
    if arguments.seed is not None:
        return _judge_one(arguments.seed, arguments.kind, arguments.keep)
    jobs = [
        (seed, _kind_of(seed)) for seed in range(arguments.first, arguments.first + arguments.count)
    ]
    counts: Counter[str] = Counter()
    by_layout: Counter[tuple[str, str]] = Counter()
    started = time.monotonic()
    with Pool(PROCESSES) as pool:
        for done, (seed, kind, layout, verdict) in enumerate(pool.imap(_judge_job, jobs, 20), 1):
            counts[verdict.outcome] += 1
            by_layout[layout, verdict.outcome] += 1
            if verdict.outcome in ("different", "lost"):
                print(f"--seed {seed} --kind {kind}: {verdict.outcome}: {verdict.why}", flush=True)
            if done % TABLES_BETWEEN_PROGRESS_UPDATES == 0:
                print(f"{done} tables, {_counted(counts)}", file=sys.stderr, flush=True)
    for layout in sorted({layout for layout, _ in by_layout}):
        outcomes = Counter({o: n for (name, o), n in by_layout.items() if name == layout})
        print(f"{layout}: {_counted(outcomes)}")
    print(
        f"{sum(counts.values())} tables in {time.monotonic() - started:.0f} s: {_counted(counts)}"
    )
    return int(counts["different"] + counts["lost"] > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, help="how many tables")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first one")
    parser.add_argument("--seed", type=int, help="one table alone")
    parser.add_argument("--kind", choices=KINDS, default="csv", help="of that table")
    parser.add_argument("--keep", type=Path, help="the folder where its file is written")
    return parser.parse_args()


def _kind_of(seed: int) -> str:
    """Most tables are CSV, as most files are."""
    rng = Random(seed)
    return "csv" if rng.random() < CSV_SHARE else rng.choice(KINDS[1:])


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))


def _open_project() -> tuple[KnownKeys, Propose]:
    """What each process reads of the repository, once."""
    if not _opened:
        project = Project(ROOT)
        known_keys = project.known_keys()
        assert known_keys, project.problems()
        _opened[""] = known_keys, proposer(known_keys, project.dataset().published)
    return _opened[""]


def _judge_job(job: tuple[int, str]) -> tuple[int, str, str, Verdict]:
    seed, kind = job
    known_keys, propose = _open_project()
    table = generate(seed, kind, known_keys)
    return seed, kind, table.description.partition(";")[0], judge(table, propose)


def _judge_one(seed: int, kind: str, keep: Path | None) -> int:
    known_keys, propose = _open_project()
    table = generate(seed, kind, known_keys)
    if keep:
        name = f"{seed}.{kind.partition('-')[0]}"
        (keep / name).write_bytes(table.content)
    verdict = judge(table, propose)
    print(f"{table.description}\n{verdict.outcome}: {verdict.why}")
    for line in _differences(table, propose):
        print(line)
    return int(verdict.outcome in ("different", "lost"))


def _differences(table: GeneratedTable, propose: Propose) -> Iterator[str]:
    """The figures that do not come, those that come instead, and all that is said."""
    proposed = propose(table.content, f"envoi.{table.kind.partition('-')[0]}")
    came = set(proposed.figures)
    for sign, figures in (("-", table.figures.keys() - came), ("+", came - table.figures.keys())):
        for figure in sorted(figures):
            yield f"{sign} {' '.join(filter(None, figure))} {table.figures.get(figure, '')}"
    yield from (f"{message.cell}: {message.message}" for message in proposed.messages)


if __name__ == "__main__":
    sys.exit(main())
