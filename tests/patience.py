"""How long tests wait for what never comes.

What is waited for comes, early or late, however busy the machine is: no test asserts how fast.
"""

from __future__ import annotations

BACKSTOP_S = 900
PATIENCE_MS = 180_000
