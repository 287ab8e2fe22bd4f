"""Valid contents spoilt from a seed: the same seed spoils the same way on every machine."""

from __future__ import annotations

from random import Random

# What readers of texts, numbers, archives and pictures have failed on.
HOSTILE_TEXTS = (
    "",
    "\0",
    "\x0b",
    "\u202e",
    "\ud800",
    "é" * 3000,
    "9" * 5000,
    "-1",
    "1e400",
    "nan",
    "Infinity",
    "0x10",
    "٢٠٢٦",
    "2026-02-30",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "![x](http://example.org/x.png)",
    "=1+1",
    "{}",
    "[" * 2000,
    "&lol;",
    "!!python/object/apply:os.system [true]",
    "%00",
    "'\"`;",
    "null",
    "true",
)
MAX_PIECES = 4
MAX_PIECE_BYTES = 64


def spoilt_bytes(content: bytes, rng: Random) -> bytes:
    """The content with pieces cut out, overwritten, repeated or moved, or its end lost."""
    for _ in range(rng.randint(1, MAX_PIECES)):
        start = rng.randint(0, len(content))
        length = rng.randint(0, MAX_PIECE_BYTES)
        piece = content[start : start + length]
        other = rng.choice(
            (
                b"",
                rng.randbytes(rng.randint(1, MAX_PIECE_BYTES)),
                piece * rng.randint(2, 9),
                rng.choice(HOSTILE_TEXTS).encode(errors="surrogatepass"),
                bytes([byte ^ 1 << rng.randint(0, 7) for byte in piece]),
            )
        )
        content = content[:start] + other + content[start + length :]
        if rng.random() < 0.1:
            content = content[: rng.randint(0, len(content))]
    return content


def spoilt_text(text: str, rng: Random) -> str:
    """The text with words replaced by hostile ones, lines lost, repeated or moved."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, MAX_PIECES)):
        place = rng.randrange(len(lines))
        action = rng.randrange(5)
        if action == 0:
            words = lines[place].split(",") if "," in lines[place] else lines[place].split(" ")
            words[rng.randrange(len(words))] = rng.choice(HOSTILE_TEXTS)
            lines[place] = ("," if "," in lines[place] else " ").join(words)
        elif action == 1 and len(lines) > 1:
            del lines[place]
        elif action == 2:
            lines.insert(place, rng.choice(lines))
        elif action == 3:
            lines[place] = " " * rng.randint(0, 6) + lines[place].strip()
        else:
            cut = rng.randint(0, len(lines[place]))
            lines[place] = lines[place][:cut] + rng.choice(HOSTILE_TEXTS) + lines[place][cut:]
    return "\n".join(lines)


def spoilt_tree(tree: object, rng: Random) -> object:
    """A JSON value with one of its parts replaced, lost or nested."""
    if isinstance(tree, dict) and tree and rng.random() < 0.8:
        key = rng.choice(list(tree))
        if rng.random() < 0.15:
            return {name: value for name, value in tree.items() if name != key}
        if rng.random() < 0.1:
            return {**tree, rng.choice(HOSTILE_TEXTS): tree[key]}
        return {**tree, key: spoilt_tree(tree[key], rng)}
    if isinstance(tree, list) and tree and rng.random() < 0.8:
        place = rng.randrange(len(tree))
        return [*tree[:place], spoilt_tree(tree[place], rng), *tree[place + 1 :]]
    return rng.choice((None, True, -1, 1e308, 10**30, [], {}, [[]], *HOSTILE_TEXTS))
