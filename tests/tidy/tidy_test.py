"""Each check of the house finds what is planted for it, and leaves the sound twin alone."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "runner"))

import check_feps
import check_headers
import check_includes
import check_names
import check_packages
import check_text
import unittest_summary
from tree import Tree, split_code


class Planted(unittest.TestCase):
    def problems(self, check, files, executable=()):
        """What the check says about a tree of these files."""
        with tempfile.TemporaryDirectory() as root:
            subprocess.run(["git", "init", "-q", root], check=True)
            for path, text in files.items():
                file = Path(root) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
                if path in executable:
                    file.chmod(0o755)
            return list(check(Tree(root)))

    def finds(self, check, path, text, said):
        problems = self.problems(check, {path: text})
        self.assertEqual(len(problems), 1, problems)
        self.assertIn(said, problems[0])

    def passes(self, check, path, text):
        self.assertEqual(self.problems(check, {path: text}), [])

    def test_an_include_against_the_arrows_is_found(self):
        files = {"base/core/a.hpp": '#include "storage/sql/b.hpp"\n', "storage/sql/b.hpp": "\n",
                 "federation/vocab/c.hpp": '#include "federation/client/d.hpp"\n',
                 "federation/client/d.hpp": "\n",
                 "node/main/e.cpp": '#include "federation/client/d.hpp"\n'}
        problems = self.problems(check_includes.check, files)
        self.assertEqual(len(problems), 2, problems)
        self.assertIn("base/core/a.hpp:1: base may not use storage/sql", problems[0])
        self.assertIn("federation/vocab may not use federation/client", problems[1])

    def test_the_limits_may_be_included_from_below(self):
        files = {"base/json/a.cpp": '#include "config/limits/base.hpp"\n',
                 "config/limits/base.hpp": "\n",
                 "base/json/b.cpp": '#include "config/config.hpp"\n', "config/config.hpp": "\n"}
        problems = self.problems(check_includes.check, files)
        self.assertEqual([p.split(":")[0] for p in problems], ["base/json/b.cpp"])

    def test_a_header_whose_package_is_not_named_is_found(self):
        files = {"base/a.cpp": "#include <openssl/evp.h>\n#include <unistd.h>\n"}
        unnamed = files | {"deploy/packages": "[build]\ng++\n"}
        self.assertEqual([p.split(" comes")[0] for p in self.problems(check_packages.check, unnamed)],
                         ["base/a.cpp: <openssl/evp.h>"])
        named = files | {"deploy/packages": "[build]\ng++\nlibssl-dev\n"}
        self.assertEqual(self.problems(check_packages.check, named), [])

    def test_a_fep_without_a_test_is_found(self):
        files = {"FEDERATION.md": "## Supported FEPs\n\n| FEP | what |\n|---|---|\n| 67ff | this |\n"
                                  "| 1b12, f228 | groups |\n\n## URLs\n\n| 404, 410 | gone |\n",
                 "tests/functional/a.py": '"""FEP-1b12"""\n'}
        self.assertEqual(self.problems(check_feps.check, files),
                         ["FEDERATION.md: no test names FEP-f228"])

    def test_an_include_that_is_no_path_from_the_root_is_found(self):
        self.finds(check_includes.check, "config/a.cpp", '#include "b.hpp"\n', "no path from the root")

    def test_a_place_outside_the_table_is_found(self):
        self.finds(check_includes.check, "node/extra/a.cpp", "\n", "is not a place")

    def test_each_banned_name_is_found_and_its_owner_may_say_it(self):
        samples = (
            ("rapidjson::Document d;\n", "base/json/a.cpp"),
            ("void f() { curl_easy_init(); }\n", "federation/client/a.cpp"),
            ("httplib::Server s;\n", "node/http/a.cpp"),
            ("toml::table t;\n", "config/toml_file.cpp"),
            ("CLI::App app;\n", "node/main/command_line.cpp"),
            ("std::thread t;\n", "base/core/thread.cpp"),
            ("auto t = time(nullptr);\n", "base/core/clock.cpp"),
            ("auto t = std::chrono::system_clock::now();\n", "base/core/clock.cpp"),
            ("int r = rand();\n", "base/core/random.cpp"),
            ("std::random_device d;\n", "base/core/random.cpp"),
            ("int s = ::socket(AF_INET, 1, 0);\n", "node/http/a.cpp"),
            ("auto r = PQexec(c, q);\n", "storage/sql/a.cpp"),
        )
        for text, owner in samples:
            with self.subTest(text):
                self.finds(check_names.check, "node/community/a.cpp", text, "node/community/a.cpp:1")
                self.passes(check_names.check, owner, text)

    def test_names_in_comments_and_strings_are_no_use_of_them(self):
        self.passes(check_names.check, "node/community/a.cpp",
                    '// std::thread, rand()\nauto a = "std::thread"; /* time(0) */\n')
        self.passes(check_names.check, "node/community/a.cpp", "auto t = post.time(); publish_time(1);\n")

    def test_sql_outside_storage_is_found(self):
        text = 'auto q = "SELECT id FROM post";\nauto r = R"(DELETE FROM post)";\n'
        self.assertEqual(len(self.problems(check_names.check, {"node/api/a.cpp": text})), 2)
        self.passes(check_names.check, "storage/repo/a.cpp", text)
        self.passes(check_names.check, "node/api/a.cpp", 'auto m = "Update your profile";\n')

    def test_a_file_that_has_grown_too_long_is_found(self):
        self.passes(check_text.sizes, "base/core/a.cpp", "int a;\n" * check_text.LINES_MAX)
        self.finds(check_text.sizes, "base/core/a.cpp", "int a;\n" * (check_text.LINES_MAX + 1), "701")

    def test_tabs_trailing_blanks_and_open_ends_are_found(self):
        self.finds(check_text.blanks, "base/core/a.cpp", "int a;\n\tint b;\n", ":2: a tab")
        self.finds(check_text.blanks, "base/core/a.cpp", "int a; \n", ":1: blanks")
        self.finds(check_text.blanks, "base/core/a.cpp", "int a;", "does not end")

    def test_words_of_a_workplace_and_promises_are_found(self):
        self.finds(check_text.words, "docs/a.md", "see /wo" "rk/main/x\n", "workplace")
        self.finds(check_text.words, "base/a.cpp", "// TO" "DO: later\n", "not promised")
        self.passes(check_text.words, "docs/a.md", "The network does its work; see docs/work/plan.\n")

    def test_a_script_without_its_run_bit_is_found(self):
        files = {"deploy/a": "#!/bin/sh\n", "deploy/b": "#!/bin/sh\n"}
        problems = self.problems(check_text.run_bits, files, executable={"deploy/b"})
        self.assertEqual(problems, ["deploy/a: a script without its run bit"])

    def test_a_link_that_leads_nowhere_is_found(self):
        files = {"docs/a.md": "[b](b.md#part) [web](https://a.test/) [up](../README.md)\n"
                              "[gone](gone.md) `[code](none.md)`\n", "docs/b.md": "\n", "README.md": "\n"}
        self.assertEqual(self.problems(check_text.links, files),
                         ["docs/a.md:2: the link 'gone.md' leads nowhere"])

    def test_a_header_that_leans_on_others_is_found(self):
        files = {"base/core/a.hpp": "#pragma once\ninline std::string a;\n",
                 "base/core/b.hpp": "#pragma once\n#include <string>\ninline std::string b;\n",
                 "build/x": "\n"}
        problems = self.problems(check_headers.check, files)
        self.assertEqual(len(problems), 1, problems)
        self.assertIn("base/core/a.hpp: does not compile alone", problems[0])

    def test_a_header_that_its_source_shows_to_be_whole_is_left_to_the_build(self):
        leaning = "#pragma once\ninline std::string a;\n"
        files = {"base/core/a.hpp": leaning, "base/core/a.cpp": '#include "base/core/a.hpp"\n#include <string>\n',
                 "base/core/b.hpp": leaning, "base/core/b.cpp": '#include <string>\n\n#include "base/core/b.hpp"\n',
                 "build/x": "\n"}
        problems = self.problems(check_headers.check, files)
        self.assertEqual([problem.split(":")[0] for problem in problems], ["base/core/b.hpp"])

    def test_the_memory_of_good_headers_follows_what_they_include(self):
        with tempfile.TemporaryDirectory() as root:
            os.makedirs(f"{root}/base")
            Path(root, "base/a.hpp").write_text('#include "base/b.hpp"\n')
            Path(root, "base/b.hpp").write_text("int b;\n")
            before = check_headers.fingerprint(Tree(root), "base/a.hpp", [])
            self.assertEqual(check_headers.fingerprint(Tree(root), "base/a.hpp", []), before)
            Path(root, "base/b.hpp").write_text("int c;\n")
            self.assertNotEqual(check_headers.fingerprint(Tree(root), "base/a.hpp", []), before)


class Splitting(unittest.TestCase):
    def test_code_comments_and_strings_are_told_apart(self):
        code, strings = split_code('#include "a.hpp"\nint a = 1\'000; // "x"\nauto s = R"q(b\n"c")q" "d";\n')
        self.assertEqual(code, '#include "a.hpp"\nint a = 1\'000;  \nauto s = ""\n "";\n')
        self.assertIn((3, '"d"'), [(line - 1, text) for line, text in strings])


if __name__ == "__main__":
    unittest_summary.main()
