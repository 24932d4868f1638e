# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where a path is, seen from the folder of a repository that is looked at."""


def steps_to(path: str, folder: str) -> int | None:
    """
    Return how far the file at *path* is from *folder* ("" is the whole tree).

    0 is directly in it, 2 is two folders down, -1 in the folder around it. None
    is elsewhere: neither inside, nor on the way down to it.
    """
    home = path.rpartition("/")[0]
    if home == folder:
        return 0
    if is_inside(path, folder):
        return home.count("/") + 1 - (folder.count("/") + 1 if folder else 0)
    if not home or folder.startswith(f"{home}/"):
        above = home.count("/") + 1 if home else 0
        return above - (folder.count("/") + 1)
    return None


def is_inside(path: str, folder: str) -> bool:
    """Tell whether the file at *path* is in *folder* or below it."""
    return not folder or path.startswith(f"{folder}/")
