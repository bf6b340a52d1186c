"""`python -m dondoc.cli`: the same door as the `dondoc` command."""

from dondoc.cli import main

main()
