# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A long table as CSV (RFC 4180), for a spreadsheet that believes what it is told."""

import csv
import io

from ossay.model.collector import Table

_MARK = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for the code page of its machine."""

_FORMULA = frozenset("=+-@\t\r\n")
"""A cell that begins so may be run (OWASP, "CSV Injection")."""


def csv_of(table: Table) -> bytes:
    """Return *table*; no cell of it is a formula, whatever a candidate's file says."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(table.columns)
    lines.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return (_MARK + written.getvalue()).encode()


def _harmless(cell: str) -> str:
    """Return *cell* with an apostrophe before what could be taken for a formula."""
    shown = cell.replace("\0", "")
    return f"'{shown}" if shown[:1] in _FORMULA and shown else shown
