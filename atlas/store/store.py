"""Every change of data/ and of the configuration that the program makes goes through here.

People edit these files, perhaps while they are open in a spreadsheet or mounted from elsewhere: a
folder cannot be swapped for another one, so that files are renamed one by one, under a journal
(see `atlas.store.journal`):

1. the files as they are now are copied into the folder of the change, the new ones are written
   beside those that they replace, and all is put on the disk: a full disk is met here, where
   nothing was replaced;
2. the folder takes its name, « .pending »: whoever reads from now on waits, or keeps what it has;
3. each file is renamed; what fails is put back, by renaming, which needs no room;
4. the folder takes its last name: the change is done.

A writer that is killed leaves its change pending, and whoever takes or reads the folder next puts
it back.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from atlas.problems import Problem
from atlas.store.durable_files import (
    digest,
    keep_mode,
    read_if_exists,
    remove_tree,
    sync_folder,
    write_durably,
)
from atlas.store.journal import (
    HISTORY_FOLDER,
    JOURNAL_FILE,
    About,
    ChangeKind,
    Entry,
    Journal,
    State,
    entry_state,
    folder_name,
    read_entry,
)
from atlas.store.manifest import FileState, Manifest, read_manifest
from atlas.store.names import (
    DATA,
    is_allowed_name,
    is_asset_name,
    is_entry_name,
    is_inside,
    is_yearly_name,
)

#: How long a change waits for another one that goes on, and a first reading for its end. Several
#: may go before it, and each waits for the disk: on a slow one that takes seconds.
LOCK_SECONDS = 300.0
#: Short, so that who has just let go does not always come first again.
LOCK_POLL_SECONDS = 0.01
MANIFEST_FILE = "manifest.json"
_SCRATCH = "entry"  # a change has its name only when it is whole

#: What tells one state of the files from another: the names of the folders of all changes.
Generation = tuple[str, ...]


class StoreError(Exception):
    """Nothing was changed; `problems` say why, in French."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class StoreBusyError(StoreError):
    """Another change goes on."""


class InterruptedChangeError(StoreError):
    """Files were changed and could not all be put back: the change is pending."""


class Store:
    """The files of a project folder, or of a folder of data files alone.

    data: the folder of data files, whatever its name. base: that of the project, None for a folder
    that stands alone, where there is no configuration. Names of files are those of the project,
    « data/2025.csv » or « config/imports.yaml ».
    """

    def __init__(self, data: Path, base: Path | None = None) -> None:
        self.data = data
        self.base = base
        self.history = data / HISTORY_FOLDER
        self._shown = f"{DATA}/{HISTORY_FOLDER}"

    # --- reading ---------------------------------------------------------------------------------

    def path(self, name: str) -> Path:
        """Where a file stands. Raises StoreError for one that the store may not change."""
        root = self.data if name.startswith(f"{DATA}/") else self.base
        if not is_allowed_name(name) or root is None:
            raise StoreError([_foreign_name(name)])
        path = root / name.removeprefix(f"{DATA}/") if root is self.data else root / name
        may_be_led_away = is_asset_name(name) or is_entry_name(name)
        if path.is_symlink() or (may_be_led_away and not is_inside(path.parent, root)):
            raise StoreError([_link(name)])
        return path

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None without it. Raises OSError when it cannot be read."""
        return read_if_exists(self.path(name))

    def generation(self) -> Generation:
        """Equal before and after a reading, without a change pending, when what was read is whole.

        A folder whose changes cannot be listed has had none that can be known.
        """
        try:
            names = [path.name for path in self.history.iterdir()]
        except OSError:
            return ()
        return tuple(sorted(name for name in names if entry_state(name)))

    def is_pending(self) -> bool:
        """Whether a change goes on, or was cut."""
        return any(name.endswith(".pending") for name in self.generation())

    def entries(self) -> list[Entry]:
        """The changes whose journal can be followed, from the first to the last."""
        return [entry for entry, _ in self._read_entries() if entry]

    def done_entries(self, kind: ChangeKind) -> list[Entry]:
        """The changes of a kind that were not put back, from the last to the first."""
        return [
            entry
            for entry in reversed(self.entries())
            if entry.state == "done" and entry.kind == kind
        ]

    def problems(self) -> list[Problem]:
        """Of the journals that cannot be followed, and of a history that cannot be read."""
        found = [problem for _, problems in self._read_entries() for problem in problems]
        try:
            next(self.history.iterdir(), None)
        except FileNotFoundError:
            pass  # no change was ever made
        except OSError as reason:
            found.append(
                Problem(
                    self._shown,
                    f"l’historique des changements est illisible ({reason.strerror}) : une "
                    "écriture interrompue ne serait pas vue",
                    "Donnez au compte du serveur le droit de lire et d’écrire dans ce dossier.",
                )
            )
        return found

    def journal_versions(self) -> tuple[tuple[str, int, int], ...]:
        """What changes when a journal does."""
        found = []
        for name in self.generation():
            try:
                stat = (self.history / name / JOURNAL_FILE).lstat()
                found.append((name, stat.st_mtime_ns, stat.st_size))
            except OSError:
                found.append((name, 0, -1))
        if not found:
            found.append(("", 0, int(os.access(self.history, os.R_OK | os.X_OK))))
        return tuple(found)

    def changed_files(self, entry: Entry) -> list[str]:
        """Of the files that a change made, those that are no longer as it made them."""
        return [name for name, made in entry.made.items() if digest(self.read(name)) != made]

    def _read_entries(self) -> list[tuple[Entry | None, list[Problem]]]:
        return [
            read_entry(self.history / name, f"{self._shown}/{name}")
            for name in self.generation()
            if not name.endswith(".aside")
        ]

    # --- changing --------------------------------------------------------------------------------

    @contextmanager
    def exclusive_access(self, wait_seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """One change at a time, of data and configuration, whatever the process or thread.

        What was cut before is put back first. The system frees the lock of a process that dies.
        Raises StoreBusyError when another change has not ended in time, StoreError when one that
        was cut cannot be put back, OSError for a folder that cannot be written.
        """
        self.history.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.history / "lock", timeout=wait_seconds)
        try:
            lock.acquire(poll_interval=LOCK_POLL_SECONDS)
        except Timeout:
            raise StoreBusyError([_busy()]) from None
        try:
            self._put_back_what_was_cut()
            yield
        finally:
            lock.release()

    def recover(self, wait_seconds: float = LOCK_SECONDS) -> list[str]:
        """Put back what was cut: the names of its files. Raises as `exclusive_access` does."""
        cut = [name for entry in self.entries() if entry.state == "pending" for name in entry.made]
        if cut or self.is_pending():
            with self.exclusive_access(wait_seconds):
                pass  # taking the folder puts back what was cut
        return cut

    def set_aside_unreadable(self) -> list[str]:
        """Set the journals that cannot be followed aside: their folders, as people know them.

        Files stay as they are. Raises StoreBusyError, and OSError for a folder that cannot be
        written.
        """
        self.history.mkdir(parents=True, exist_ok=True)
        found = []
        try:
            with FileLock(self.history / "lock", timeout=LOCK_SECONDS):
                for name in self.generation():
                    state = entry_state(name)
                    if state is None or state[1] == "aside":
                        continue
                    entry, _ = read_entry(self.history / name, name)
                    if entry is None or (entry.state == "pending" and self._check_copies(entry)):
                        self._rename_entry(state[0], "aside")
                        found.append(f"{self._shown}/{folder_name(state[0], 'aside')}")
        except Timeout:
            raise StoreBusyError([_busy()]) from None
        return found

    def replace_files(
        self,
        contents: Mapping[str, bytes | None],
        kind: ChangeKind = "import",
        about: About | None = None,
    ) -> None:
        """Give files new contents, by name and in their order, or remove them (None): all of them
        or none.

        To be called under `exclusive_access`. Raises OSError when one of them cannot be written,
        such as a file that a spreadsheet holds open on Windows: nothing is then changed.
        InterruptedChangeError when what was replaced could not be put back.
        """
        paths = {name: self.path(name) for name in contents}
        number = self._next_number()
        scratch = self.history / _SCRATCH
        try:
            self._keep_present(scratch, contents, kind, about or About())
            for name, content in contents.items():
                if content is not None:
                    self._stage(paths[name], content)
            for folder in _folders_of(paths):
                sync_folder(folder)
            self._forget_states(contents)
            scratch.rename(self.history / folder_name(number, "pending"))
        except OSError:
            self._discard_staged(paths.values())
            remove_tree(scratch)
            raise
        try:
            sync_folder(self.history)
            for name, content in contents.items():
                if content is None:
                    paths[name].unlink(missing_ok=True)
                else:
                    _staged(paths[name]).replace(paths[name])
            for folder in _folders_of(paths):
                sync_folder(folder)
            self._rename_entry(number, "done")
        except OSError as reason:
            self._put_back_at_once(number, reason)
            raise

    def put_back(self, entry: Entry) -> None:
        """Give files what they held before a change, and remove those that it created.

        To be called under `exclusive_access`. Files that are as before are left alone, so that it
        can be cut, and done again. Raises StoreError when a copy is not what the journal says and
        OSError when the folder cannot be written, with nothing changed; InterruptedChangeError when
        a file could not be written: the change is then pending.
        """
        problems = self._check_copies(entry)
        if problems:
            raise StoreError(problems)
        paths = {name: self.path(name) for name in entry.made}
        self._forget_states(entry.made)
        pending = self._rename_entry(entry.number, "pending")
        try:
            for name in reversed(list(entry.made)):
                kept = pending / entry.kept_file(name).relative_to(entry.folder)
                self._put_back_file(paths[name], kept, entry, name)
            self._discard_staged(paths.values())
            for folder in _folders_of(paths):
                sync_folder(folder)
            self._rename_entry(entry.number, "undone")
        except OSError as reason:
            raise InterruptedChangeError([interrupted_problem(reason)]) from reason

    # --- the last good state of yearly files -----------------------------------------------------

    def manifest(self) -> Manifest | None:
        """The last good state of the yearly files; None when nothing readable was kept."""
        return read_manifest(self.history / MANIFEST_FILE)

    def is_manifest_out_of_reach(self) -> bool:
        """Whether one is there, or may be, that this program may not read."""
        try:
            with (self.history / MANIFEST_FILE).open("rb"):
                return False
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def manifest_version(self) -> tuple[int, int, int]:
        """What changes when the manifest does."""
        try:
            stat = (self.history / MANIFEST_FILE).stat()
        except OSError:
            return (0, 0, -1)
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    def keep_manifest(
        self, files: Mapping[str, FileState], read_at: Generation, *, wait_seconds: float = 0
    ) -> bool:
        """Keep the last good state of the yearly files, whole; whether it was kept.

        It is not when files changed since `read_at`, when another change goes on, and where nothing
        can be written: it is then said again by whoever reads next.
        """
        try:
            with self.exclusive_access(wait_seconds):
                if self.generation() != read_at:
                    return False
                self._write_manifest(Manifest(files=dict(files)))
        except (OSError, StoreError):
            return False
        return True

    def _forget_states(self, names: Mapping[str, object]) -> None:
        """Before the program changes yearly files: it may rightly leave fewer rows."""
        known = self.manifest()
        changed = {name for name in names if is_yearly_name(name)}
        if known and changed & known.files.keys():
            left = {name: state for name, state in known.files.items() if name not in changed}
            self._write_manifest(Manifest(files=left))

    def _write_manifest(self, manifest: Manifest) -> None:
        fresh = self.history / f".{MANIFEST_FILE}.next"
        write_durably(fresh, manifest.model_dump_json(indent=1).encode())
        fresh.replace(self.history / MANIFEST_FILE)

    # --- steps -----------------------------------------------------------------------------------

    def _put_back_what_was_cut(self) -> None:
        self._discard_scratch()
        for name in reversed(self.generation()):
            found = entry_state(name)
            if not found or found[1] not in ("pending", "done"):
                continue
            entry, problems = read_entry(self.history / name, f"{self._shown}/{name}")
            if problems and found[1] == "pending":
                raise StoreError(problems)
            if entry and entry.state == "pending":
                self.put_back(entry)

    def _put_back_at_once(self, number: str, reason: OSError) -> None:
        """After a change that failed; what cannot be put back now is by whoever comes next."""
        name = next(name for name in self.generation() if name.startswith(number))
        entry, problems = read_entry(self.history / name, f"{self._shown}/{name}")
        try:
            if entry is None:
                raise StoreError(problems)
            self.put_back(entry)
        except (OSError, StoreError):
            raise InterruptedChangeError([interrupted_problem(reason)]) from reason

    def _next_number(self) -> str:
        numbers = [int(found[0]) for name in self.generation() if (found := entry_state(name))]
        return f"{max(numbers, default=0) + 1:06d}"

    def _keep_present(
        self, scratch: Path, contents: Mapping[str, bytes | None], kind: ChangeKind, about: About
    ) -> None:
        """Copy the files that are about to be replaced, with the journal of the change."""
        remove_tree(scratch)
        scratch.mkdir()
        before = {}
        for name in contents:
            old = self.read(name)
            before[name] = digest(old)
            if old is not None:
                kept = scratch / name
                kept.parent.mkdir(parents=True, exist_ok=True)
                write_durably(kept, old)
                keep_mode(self.path(name), kept)
                sync_folder(kept.parent)
        made = {name: digest(content) for name, content in contents.items()}
        journal = Journal(kind=kind, before=before, made=made, about=about)
        write_durably(scratch / JOURNAL_FILE, journal.model_dump_json(indent=1).encode())
        sync_folder(scratch)

    def _stage(self, path: Path, content: bytes) -> None:
        """Write a file beside the one that it will replace, and read it again."""
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
            sync_folder(path.parent.parent)
        staged = _staged(path)
        write_durably(staged, content)
        if digest(staged.read_bytes()) != digest(content):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(staged))
        keep_mode(path, staged)

    def _put_back_file(self, path: Path, kept: Path, entry: Entry, name: str) -> None:
        before = None if entry.before is None else entry.before[name]
        if before == "" or (before is None and not kept.exists()):
            path.unlink(missing_ok=True)
        elif before is None:  # a former journal has no digest: its copies stay where they are
            old = kept.read_bytes()
            if old != read_if_exists(path):
                self._stage(path, old)
                _staged(path).replace(path)
        elif digest(read_if_exists(path)) != before:
            self._move(kept, path)

    def _move(self, kept: Path, path: Path) -> None:
        """Rename, which needs no room; copy where folders are on two disks."""
        try:
            kept.replace(path)
        except OSError as reason:
            if reason.errno != errno.EXDEV:
                raise
            self._stage(path, kept.read_bytes())
            keep_mode(kept, _staged(path))
            _staged(path).replace(path)

    def _check_copies(self, entry: Entry) -> list[Problem]:
        """What forbids to put a change back, looked for before anything is."""
        problems: list[Problem] = []
        for name, before in (entry.before or {}).items():
            try:
                present = digest(self.read(name))
            except StoreError as refused:
                problems += refused.problems
                continue
            if before and present != before and digest(_read_plain(entry, name)) != before:
                problems.append(_lost_copy(f"{self._shown}/{entry.folder.name}", name))
        for name in entry.made if entry.before is None else ():
            kept = entry.kept_file(name)
            if kept.is_symlink() or self.path(name).is_symlink():
                problems.append(_link(name))
        return problems

    def _rename_entry(self, number: str, state: State) -> Path:
        """Change the state of a change, which is that of its folder."""
        target = self.history / folder_name(number, state)
        if not target.exists():
            present = next(
                name
                for name in self.generation()
                if (found := entry_state(name)) and found[0] == number
            )
            (self.history / present).rename(target)
            sync_folder(self.history)
        return target

    def _discard_scratch(self) -> None:
        """Remove what a writer left that was killed before its change had a name."""
        scratch = self.history / _SCRATCH
        content = read_if_exists(scratch / JOURNAL_FILE) if scratch.is_dir() else None
        if content:
            with suppress(ValueError, StoreError):  # half a journal names nothing
                journal = Journal.model_validate_json(content)
                self._discard_staged(self.path(name) for name in journal.made)
        remove_tree(scratch)

    def _discard_staged(self, paths: Iterable[Path]) -> None:
        for path in paths:
            with suppress(OSError):  # it takes room, and nothing reads it
                _staged(path).unlink(missing_ok=True)


def project_store(base: Path) -> Store:
    """The store of a project folder."""
    return Store(base / DATA, base)


def store_of_data(folder: Path) -> Store:
    """The store that a folder of data files belongs to: its project's, or one of its own."""
    is_of_project = folder.name == DATA and (folder.parent / "config.yaml").is_file()
    return Store(folder, folder.parent if is_of_project else None)


def interrupted_problem(reason: OSError | None = None) -> Problem:
    """Of a change that was cut and that could not be put back."""
    why = f" ({reason.strerror})" if reason and reason.strerror else ""
    return Problem(
        DATA,
        f"une écriture a été interrompue et n’a pas encore pu être défaite{why}",
        "Libérez de la place et vérifiez les droits, puis lancez python -m atlas recover avec un "
        "compte qui peut écrire dans data/ et config/. La version précédente reste affichée.",
    )


def _folders_of(paths: Mapping[str, Path]) -> list[Path]:
    return sorted({path.parent for path in paths.values() if path.parent.is_dir()})


def _staged(path: Path) -> Path:
    """The new contents of a file, beside it. Hidden: not taken for a yearly file."""
    return path.with_name(f".{path.name}.next")


def _read_plain(entry: Entry, name: str) -> bytes | None:
    """The copy of a file in the folder of a change; None for a link, wherever it leads."""
    kept = entry.kept_file(name)
    if not kept.is_file() or kept.is_symlink() or not is_inside(kept, entry.folder):
        return None
    return kept.read_bytes()


def _foreign_name(name: str) -> Problem:
    return Problem(
        name[:80],
        "ce n’est pas un fichier que le programme peut changer",
        "Rien n’a été changé. Vérifiez d’où vient ce nom.",
    )


def _link(name: str) -> Problem:
    return Problem(
        name,
        "ce fichier est un lien vers un autre endroit : le programme n’écrit pas à travers",
        "Mettez le fichier lui-même à cet endroit.",
    )


def _busy() -> Problem:
    return Problem(
        DATA,
        "un autre changement est en cours, depuis une autre page ou une commande",
        "Attendez qu’il soit fini, puis recommencez.",
    )


def _lost_copy(shown: str, name: str) -> Problem:
    return Problem(
        shown,
        f"la copie de {name}, qui permet de revenir en arrière, manque ou a changé",
        "Restaurez une sauvegarde (python -m atlas restore FICHIER), ou vérifiez les fichiers puis "
        "mettez ce journal de côté (python -m atlas recover --set-aside).",
        where=name,
    )
