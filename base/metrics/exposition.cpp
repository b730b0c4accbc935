#include "base/metrics/exposition.hpp"

#include <charconv>
#include <cmath>

namespace kith::metrics {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '"')
            out += "\\\"";
        else if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
}

// A help text is not quoted: its quotes stay as they are.
void append_help(std::string& out, std::string_view text) {
    for (char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
}

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

void append_head(std::string& out, std::string_view name, std::string_view help,
                 std::string_view type) {
    out.append("# HELP ").append(name).append(" ");
    append_help(out, help);
    out.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

// `bound` is the value of the label le; empty for what has none.
void append_sample(std::string& out, std::string_view name, const std::vector<std::string>& labels,
                   const std::vector<std::string>& values, std::string_view bound,
                   std::string_view value) {
    out += name;
    std::string inside;
    const auto add = [&](std::string_view label, std::string_view text) {
        inside.append(inside.empty() ? "" : ",").append(label).append("=\"");
        append_escaped(inside, text);
        inside += '"';
    };
    for (std::size_t i = 0; i < labels.size(); ++i) add(labels[i], values[i]);
    if (!bound.empty()) add("le", bound);
    if (!inside.empty()) out.append("{").append(inside).append("}");
    out.append(" ").append(value).append("\n");
}

}  // namespace

void expose_family(std::string& out, std::string_view name, std::string_view help,
                   const Family<Counter>& family) {
    append_head(out, name, help, "counter");
    family.each([&](const auto& values, const Counter& counter) {
        append_sample(out, name, family.label_names(), values, {}, std::to_string(counter.value()));
    });
}

void expose_family(std::string& out, std::string_view name, std::string_view help,
                   const Family<Gauge>& family) {
    append_head(out, name, help, "gauge");
    family.each([&](const auto& values, const Gauge& gauge) {
        append_sample(out, name, family.label_names(), values, {}, number(gauge.value()));
    });
}

void expose_family(std::string& out, std::string_view name, std::string_view help,
                   const Family<Histogram>& family) {
    append_head(out, name, help, "histogram");
    const auto bucket_name = std::string(name) + "_bucket";
    const auto& labels = family.label_names();
    family.each([&](const auto& values, const Histogram& histogram) {
        const auto [cumulative, sum] = histogram.read();
        for (std::size_t i = 0; i < cumulative.size(); ++i) {
            const bool last = i + 1 == cumulative.size();
            append_sample(out, bucket_name, labels, values,
                          last ? "+Inf" : number(histogram.bounds()[i]),
                          std::to_string(cumulative[i]));
        }
        append_sample(out, std::string(name) + "_sum", labels, values, {}, number(sum));
        append_sample(out, std::string(name) + "_count", labels, values, {},
                      std::to_string(cumulative.back()));
    });
}

}  // namespace kith::metrics
