# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Changes to the register's tables, one module for each, made in order by Alembic.

To add one: copy the newest module of `versions`, raise its number, name the one
before as `down_revision`, and set `ossay.register.tables.HEAD`. SQLite cannot alter
much in place; `op.batch_alter_table` makes the table anew.
"""
