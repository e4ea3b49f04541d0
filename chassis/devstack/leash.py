"""Becomes a program that ends when its parent ends: `python leash.py PARENT_PID SIGNAL PROGRAM [ARGUMENT...]`.

Linux sends the signal to a process when the thread that forked it dies, so that even a killed parent leaves nothing
behind. Other systems have no such call; there an orderly end of the parent stops its children, and only a parent that
was killed outright leaves them. The request is made here, after the fork and in a fresh interpreter, because the
parent may have threads, and Python's `preexec_fn` is not safe with those.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, signal_number, program = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number)
        if os.getppid() != parent:
            sys.exit("the parent ended before the program began")
    os.execv(program[0], program)  # noqa: S606


if __name__ == "__main__":
    main()
