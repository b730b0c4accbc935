#include "node/api/oauth/shell.hpp"

namespace kith::oauth {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

namespace {

constexpr const char* shell = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{title}} · {{node}}</title>
<link rel="stylesheet" href="/assets/kith.css">
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
</head>
<body class="narrow">
<header class="top"><a class="node" href="/">{{node}}</a></header>
<main class="card">
{{{body}}}
</main>
</body>
</html>
)";

}  // namespace

std::string shell_page(std::string_view node, const std::string& title, const char* body, const data& values) {
    data outer;
    outer["title"] = title;
    outer["node"] = std::string(node);
    outer["body"] = mustache(body).render(values);
    return mustache(shell).render(outer);
}

void set_if_there(data& values, const char* key, const std::string& text) {
    values.set(key, text.empty() ? data(false) : data(text));
}

data as_data(const Hidden& fields) {
    data list{data::type::list};
    for (const auto& [key, value] : fields) {
        data field;
        field["key"] = key;
        field["value"] = value;
        list << field;
    }
    return list;
}

}  // namespace kith::oauth
