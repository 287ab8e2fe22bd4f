"""Programs that read bytes from outside, in processes of their own: the guarded workers.

``read_guarded`` runs one function of this library on a file, under limits of time and memory, one
file of a session at a time (``waiting_line``). ``template`` is the process that workers are copied
from: it has loaded what they need, so that a worker costs milliseconds. Knows nothing of the files.
"""

from atlas.guarded_worker.guard import Guard, ReadingFailed, guard_of, read_guarded, warm_up
from atlas.guarded_worker.waiting_line import WaitingLine

__all__ = ["Guard", "ReadingFailed", "WaitingLine", "guard_of", "read_guarded", "warm_up"]
