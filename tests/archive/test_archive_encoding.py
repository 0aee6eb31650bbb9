"""Content codings undone: whole, within a limit, and never quietly cut short."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.encoding import (
    KNOWN,
    CutShort,
    EncodedBodyError,
    TooLong,
    codings,
    decode,
    decode_leniently,
    zstd,
)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
TEXT = ("城南旧事，" * 5000).encode() + bytes(range(256)) * 40


def test_every_known_coding_has_a_test() -> None:
    assert ENCODERS.keys() == KNOWN


@given(data=st.binary(max_size=2000), names=st.lists(st.sampled_from(sorted(ENCODERS)), max_size=3))
def test_what_was_encoded_comes_back(data: bytes, names: list[str]) -> None:
    """Codings are undone in the reverse of the order they were applied."""
    body = data
    for name in names:
        body = ENCODERS[name](body)
    assert decode(body, names) == data
    assert decode_leniently(body, names) == data


def test_raw_deflate_is_taken_for_deflate() -> None:
    """Some servers send RFC 1951 under the name of RFC 1950."""
    assert decode(raw_deflate(TEXT), ["deflate"]) == TEXT


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_body_that_breaks_off_is_told(name: str) -> None:
    body = ENCODERS[name](TEXT)
    with pytest.raises(CutShort):
        decode(body[: len(body) * 2 // 3], [name])


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_leniently_the_part_before_the_break_counts(name: str) -> None:
    text = random.Random(7).randbytes(400_000)
    body = ENCODERS[name](text)
    part = decode_leniently(body[: len(body) * 2 // 3], [name])
    assert part
    assert text.startswith(part)
    assert len(part) < len(text)


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_bomb_stops_at_the_limit(name: str) -> None:
    bomb = ENCODERS[name](bytes(20_000_000))
    with pytest.raises(TooLong) as caught:
        decode(bomb, [name], 100_000)
    assert caught.value.length < 200_000


def test_a_bomb_within_a_bomb_stops_at_the_limit() -> None:
    with pytest.raises(TooLong):
        decode(gzip.compress(gzip.compress(bytes(20_000_000))), ["gzip", "gzip"], 100_000)


def test_a_wrong_checksum_is_told() -> None:
    body = bytearray(gzip.compress(TEXT))
    body[-6] ^= 1
    with pytest.raises(CutShort):
        decode(bytes(body), ["gzip"])


def test_members_are_joined_and_padding_after_them_is_left_out() -> None:
    assert decode(gzip.compress(b"one ") + gzip.compress(b"two") + bytes(7), ["gzip"]) == b"one two"
    assert decode(zstd.compress(b"one ") + zstd.compress(b"two"), ["zstd"]) == b"one two"


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_a_body_that_is_no_such_coding_is_told_or_left_as_it_is(name: str) -> None:
    with pytest.raises(EncodedBodyError):
        decode(b"<!doctype html><p>plain", [name])
    assert decode_leniently(b"<!doctype html><p>plain", [name]) == b"<!doctype html><p>plain"


def test_an_unknown_coding_is_told_or_left_as_it_is() -> None:
    with pytest.raises(EncodedBodyError):
        decode(b"abc", ["compress"])
    assert decode_leniently(b"abc", ["compress"]) == b"abc"


def test_an_empty_body_stays_empty() -> None:
    """A redirect may carry Content-Encoding: gzip and no body."""
    assert decode(b"", ["gzip"]) == b""


def test_codings_come_in_the_order_they_were_applied() -> None:
    assert codings(["GZip, br", " identity", "deflate,"]) == ["gzip", "br", "deflate"]
