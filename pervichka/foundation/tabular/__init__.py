"""Tables from files, read as text cells: CSV (also gzipped), XLSX, Parquet, told by the ending."""

from pervichka.foundation.tabular.cells import Check
from pervichka.foundation.tabular.reading import LooseTable, Row, read_loosely, read_rows
from pervichka.foundation.tabular.writing import table_bytes, write_rows

__all__ = ["Check", "LooseTable", "Row", "read_loosely", "read_rows", "table_bytes", "write_rows"]
