"""A STAND-IN OF THE TESTS for fastparquet, of which no build for the browser can be had here; it is never shipped.

It writes what stlite needs of it: a data frame as Parquet, uncompressed, one row group, one plain page a column."""

import json
import struct
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

__version__ = "2024.11.0"
_BOOLEAN, _INT32, _INT64, _DOUBLE, _BYTES = 0, 1, 2, 5, 6
_UTF8, _DATE, _MICROSECONDS = 0, 6, 10
_I32, _I64, _BINARY, _LIST, _STRUCT = 5, 6, 8, 9, 12  # types of Thrift's compact protocol


class ParquetFile:
    """Named because pandas looks for it; reading is nobody's wish here."""


def write(file: BinaryIO, frame: pd.DataFrame, **options: object) -> None:
    """The frame written into an open file."""
    columns, index = _columns(frame)
    body = bytearray(b"PAR1")
    written = [_chunk(name, values, body) for name, values in columns]
    footer = _footer(written, len(frame), _about_pandas(frame, columns, index))
    file.write(bytes(body) + footer + struct.pack("<I", len(footer)) + b"PAR1")


def _columns(frame: pd.DataFrame) -> tuple[list[tuple[str, pd.Series]], list[Any]]:
    """Every column by its name, the index's with them, and how pandas' metadata names the index."""
    columns = [(_name(label), frame.iloc[:, i]) for i, label in enumerate(frame.columns)]
    if isinstance(frame.index, pd.RangeIndex):
        kept = {"kind": "range", "name": frame.index.name, "start": frame.index.start, "stop": frame.index.stop}
        return columns, [kept | {"step": frame.index.step}]
    levels = [frame.index.get_level_values(i) for i in range(frame.index.nlevels)]
    named = [(_name(level.name or f"__index_level_{i}__"), level.to_series()) for i, level in enumerate(levels)]
    return columns + named, [name for name, _ in named]


def _name(label: object) -> str:
    return label if isinstance(label, str) else str(label)


def _chunk(name: str, values: pd.Series, body: bytearray) -> tuple[str, int, int | None, int, int, int]:
    """One column's page put into the body; its name, types, offset, length and count."""
    kind, logical, plain = _encoding(values)
    present = [value for value in values.tolist() if not _missing(value)]
    levels = bytes(_levels([not _missing(value) for value in values.tolist()]))
    page = struct.pack("<I", len(levels)) + levels + plain(present)
    data = _struct((1, _I32, len(values)), (2, _I32, 0), (3, _I32, 3), (4, _I32, 3))
    head = _struct((1, _I32, 0), (2, _I32, len(page)), (3, _I32, len(page)), (5, _STRUCT, data))
    offset = len(body)
    body += head + page
    return name, kind, logical, offset, len(body) - offset, len(values)


def _missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)


def _encoding(values: pd.Series) -> tuple[int, int | None, Callable[[list[Any]], bytes]]:
    """A column's physical and logical type, and how its values are written plainly."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.dtype.categories.dtype)
    if pd.api.types.is_bool_dtype(values.dtype):
        return _BOOLEAN, None, lambda them: np.packbits(np.array(them, dtype=bool), bitorder="little").tobytes()
    if pd.api.types.is_integer_dtype(values.dtype):
        return _INT64, None, lambda them: np.array(them, dtype="<i8").tobytes()
    if pd.api.types.is_float_dtype(values.dtype):
        return _DOUBLE, None, lambda them: np.array(them, dtype="<f8").tobytes()
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _INT64, _MICROSECONDS, lambda them: np.array([t.value // 1000 for t in them], dtype="<i8").tobytes()
    if not all(isinstance(value, str) for value in values if not _missing(value)):
        raise TypeError(f"the tests' stand-in for fastparquet writes no column of {values.dtype} such as {values.name}")
    return _BYTES, _UTF8, lambda them: b"".join(struct.pack("<I", len(e)) + e for e in (t.encode() for t in them))


def _levels(present: list[bool]) -> Iterable[int]:
    """Definition levels as runs: how many, which."""
    start = 0
    for i in range(1, len(present) + 1):
        if i == len(present) or present[i] != present[start]:
            yield from _varint((i - start) << 1)
            yield int(present[start])
            start = i


def _footer(chunks: list[tuple[str, int, int | None, int, int, int]], rows: int, about: str) -> bytes:
    root = _struct((4, _BINARY, "schema"), (5, _I32, len(chunks)))
    schema, groups = [root], []
    for name, kind, logical, offset, length, count in chunks:
        converted = [] if logical is None else [(6, _I32, _CONVERTED[logical])]
        schema.append(_struct((1, _I32, kind), (3, _I32, 1), (4, _BINARY, name), *converted))
        meta = _struct(
            (1, _I32, kind),
            (2, _LIST, (_I32, [_zigzag(0), _zigzag(3)])),
            (3, _LIST, (_BINARY, [_binary(name)])),
            (4, _I32, 0),
            (5, _I64, count),
            (6, _I64, length),
            (7, _I64, length),
            (9, _I64, offset),
        )
        groups.append(_struct((2, _I64, offset), (3, _STRUCT, meta)))
    size = sum(length for *_, length, _ in chunks)
    group = _struct((1, _LIST, (_STRUCT, groups)), (2, _I64, size), (3, _I64, rows))
    pandas = _struct((1, _BINARY, "pandas"), (2, _BINARY, about))
    return _struct(
        (1, _I32, 1), (2, _LIST, (_STRUCT, schema)), (3, _I64, rows), (4, _LIST, (_STRUCT, [group])),
        (5, _LIST, (_STRUCT, [pandas])),
    )  # fmt: skip


_CONVERTED = {_UTF8: 0, _DATE: 6, _MICROSECONDS: 10}


def _struct(*fields: tuple[int, int, Any]) -> bytes:
    """A structure of Thrift's compact protocol."""
    body, last = bytearray(), 0
    for number, kind, value in fields:
        body.append((number - last) << 4 | kind)
        body += _value(kind, value)
        last = number
    return bytes(body) + b"\0"


def _value(kind: int, value: Any) -> bytes:
    if kind in (_I32, _I64):
        return _zigzag(value)
    if kind == _BINARY:
        return _binary(value)
    if kind == _LIST:
        of, items = value
        head = bytes([len(items) << 4 | of]) if len(items) < 15 else bytes([0xF0 | of, *_varint(len(items))])
        return head + b"".join(items)
    return bytes(value)


def _binary(text: str) -> bytes:
    return bytes(_varint(len(text.encode()))) + text.encode()


def _zigzag(number: int) -> bytes:
    return bytes(_varint(number << 1 if number >= 0 else (-number << 1) - 1))


def _varint(number: int) -> list[int]:
    out = []
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return [*out, number]


def _about_pandas(frame: pd.DataFrame, columns: list[tuple[str, pd.Series]], index: list[Any]) -> str:
    """What pandas' readers, and Streamlit's page, look up of the frame."""
    described = [
        {"name": name, "field_name": name, "pandas_type": _pandas_type(values), "numpy_type": str(values.dtype),
         "metadata": None}
        for name, values in columns
    ]  # fmt: skip
    labels = [{"name": None, "field_name": None, "pandas_type": "unicode", "numpy_type": "object", "metadata": None}]
    about = {"index_columns": index, "column_indexes": labels, "columns": described, "pandas_version": pd.__version__}
    return json.dumps(about | {"creator": {"library": "stand-in", "version": __version__}})


def _pandas_type(values: pd.Series) -> str:
    kinds = {"b": "bool", "i": "int64", "u": "int64", "f": "float64", "M": "datetime", "O": "unicode"}
    return kinds.get(values.dtype.kind, "unicode")
