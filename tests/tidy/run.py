#!/usr/bin/env python3
"""Keeps the house in order. Each check is a generator of problems over the tree."""
import sys
from pathlib import Path

import check_api_table
import check_feps
import check_headers
import check_includes
import check_lemmy_table
import check_names
import check_packages
import check_text
from tree import Tree

CHECKS = {
    "includes_follow_the_arrows": check_includes.check,
    "names_stay_with_their_owners": check_names.check,
    "files_stay_small": check_text.sizes,
    "no_tabs_and_no_trailing_blanks": check_text.blanks,
    "no_words_of_a_workplace_and_no_promises": check_text.words,
    "scripts_can_be_run": check_text.run_bits,
    "links_lead_somewhere": check_text.links,
    "feps_have_tests": check_feps.check,
    "api_table_is_what_the_routes_say": check_api_table.check,
    "lemmy_table_is_what_the_routes_say": check_lemmy_table.check,
    "headers_come_from_named_packages": check_packages.check,
    "headers_compile_alone": check_headers.check,
}


def main(wanted):
    tree = Tree(Path(__file__).resolve().parents[2])
    passed = failed = 0
    for name, check in CHECKS.items():
        if wanted and not any(word in name for word in wanted):
            continue
        problems = list(check(tree))
        passed, failed = passed + (not problems), failed + bool(problems)
        print(("FAIL " if problems else "ok ") + name, flush=True)
        for problem in problems:
            print("  " + problem, flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
