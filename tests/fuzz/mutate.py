"""Break a plan's PDF in a way that a seed decides."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes, bytes], bytes]

_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\d.])\d+(?![\d.])")
_NAME = re.compile(rb"/[A-Z][A-Za-z0-9]+")
_ODD_NUMBERS = (b"0", b"-1", b"2147483648", b"99999999999999999999", b"1e308", b"3 0 R", b"(x)")


def flip_bits(rng: Random, content: bytes, _: bytes) -> bytes:
    """Turn over single bits, from one to a few hundred."""
    out = bytearray(content)
    for _at in range(rng.choice((1, 4, 30, 300))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def overwrite(rng: Random, content: bytes, _: bytes) -> bytes:
    """Put noise, zeros or line ends over a stretch."""
    start = rng.randrange(len(content))
    length = rng.choice((1, 16, 512, 8192))
    new = rng.choice((rng.randbytes(length), bytes(length), b"\n" * length))
    return content[:start] + new + content[start + length :]


def cut_end(rng: Random, content: bytes, _: bytes) -> bytes:
    """Stop somewhere, as a download that broke off does."""
    return content[: rng.randrange(len(content))]


def cut_middle(rng: Random, content: bytes, _: bytes) -> bytes:
    """Leave a stretch out."""
    start = rng.randrange(len(content))
    return content[:start] + content[start + rng.choice((1, 100, 5000)) :]


def double_middle(rng: Random, content: bytes, _: bytes) -> bytes:
    """Have a stretch twice."""
    start = rng.randrange(len(content))
    stop = start + rng.choice((1, 100, 5000))
    return content[:stop] + content[start:]


def swap_objects(rng: Random, content: bytes, _: bytes) -> bytes:
    """Let two objects change their bodies."""
    found = list(_OBJECT.finditer(content))
    if len(found) < 2:
        return content[::-1]
    one, two = sorted(rng.sample(found, 2), key=lambda match: match.start())
    return b"".join(
        (
            content[: one.start()],
            two.group(),
            content[one.end() : two.start()],
            one.group(),
            content[two.end() :],
        )
    )


def drop_object(rng: Random, content: bytes, _: bytes) -> bytes:
    """Leave an object out."""
    found = list(_OBJECT.finditer(content))
    if not found:
        return content[len(content) // 2 :]
    one = rng.choice(found)
    return content[: one.start()] + content[one.end() :]


def damage_stream(rng: Random, content: bytes, other: bytes) -> bytes:
    """Damage one stream inside: cut, noise, or another file's stream in its place."""
    found = list(_STREAM.finditer(content))
    if not found:
        return flip_bits(rng, content, other)
    one = rng.choice(found)
    body = bytearray(one.group(1) or b"x")
    others = [match.group(1) for match in _STREAM.finditer(other)] or [b""]
    ways = (
        bytes(body[: rng.randrange(len(body))]),
        flip_bits(rng, bytes(body), other),
        rng.randbytes(len(body)),
        rng.choice(others),
    )
    return content[: one.start(1)] + rng.choice(ways) + content[one.end(1) :]


def damage_operators(rng: Random, content: bytes, other: bytes) -> bytes:
    """Unpack a stream, break what it says, and pack it again: valid outside, odd inside."""
    found = list(_STREAM.finditer(content))
    rng.shuffle(found)
    for one in found:
        try:
            body = zlib.decompress(one.group(1))
        except zlib.error:
            continue
        if len(body) > 100:
            way = rng.choice((odd_numbers, cut_middle, double_middle, shuffle_lines, flip_bits))
            packed = zlib.compress(way(rng, body, other))
            return content[: one.start(1)] + packed + content[one.end(1) :]
    return odd_numbers(rng, content, other)


def shuffle_lines(rng: Random, content: bytes, _: bytes) -> bytes:
    """Put lines into another order."""
    lines = content.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def odd_numbers(rng: Random, content: bytes, _: bytes) -> bytes:
    """Put numbers that are too large, negative or no numbers in place of some."""
    found = list(_NUMBER.finditer(content))
    out = content
    for one in sorted(rng.sample(found, min(len(found), 5)), key=lambda m: -m.start()):
        out = out[: one.start()] + rng.choice(_ODD_NUMBERS) + out[one.end() :]
    return out


def swap_names(rng: Random, content: bytes, _: bytes) -> bytes:
    """Give a key or a type another one's name."""
    names = sorted(set(_NAME.findall(content)))
    if len(names) < 2:
        return content
    one, two = rng.sample(names, 2)
    return content.replace(one, two, rng.choice((1, 5, -1)))


def nest(rng: Random, content: bytes, other: bytes) -> bytes:
    """Put a valid file into another: before it, behind it, or into a stream."""
    found = list(_STREAM.finditer(content))
    way = rng.randrange(3 if found else 2)
    if way == 0:
        return content + other
    if way == 1:
        return b"%PDF-1.4\n" + other[: rng.randrange(len(other))] + content
    one = rng.choice(found)
    return content[: one.start(1)] + other + content[one.end(1) :]


def noise_before(rng: Random, content: bytes, _: bytes) -> bytes:
    """Put a mail's or a server's lines before the file."""
    return rng.choice((b"HTTP/1.1 200 OK\r\n\r\n", b"\xef\xbb\xbf", b"\n" * 900)) + content


MUTATIONS: dict[str, Mutation] = {
    function.__name__: function
    for function in (
        *(flip_bits, overwrite, cut_end, cut_middle, double_middle, swap_objects, drop_object),
        *(damage_stream, damage_operators, odd_numbers, swap_names, nest, noise_before),
    )
}


def mutate(seed: int, bases: list[bytes]) -> tuple[str, bytes]:
    """Give the names of the mutations of a seed and what they make of one of the files."""
    rng = Random(f"mutation {seed}")
    content, other = rng.choice(bases), rng.choice(bases)
    names = rng.choices(sorted(MUTATIONS), k=rng.choice((1, 1, 1, 2, 3)))
    for name in names:
        content = MUTATIONS[name](rng, content or b"%", other)
    return "+".join(names), content
