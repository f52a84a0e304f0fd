"""`python -m media_monitor.launch.guard SECONDS`: ends the sessions whose ids it reads, a line each, once nobody writes
any more. Who writes them ends them itself; but not where it was killed."""

import sys

from media_monitor.launch import together


def main() -> None:
    together.end([int(line) for line in sys.stdin], float(sys.argv[1]))


if __name__ == "__main__":
    main()
