#include "storage/sql/postgres/values.hpp"

#include "config/limits/storage.hpp"

#include <libpq-fe.h>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

namespace kith::sql::postgres {

namespace {

// Of the server's catalogue (pg_type.dat); they never change.
enum TypeOid : Oid {
    oid_bool = 16,
    oid_bytea = 17,
    oid_int8 = 20,
    oid_int2 = 21,
    oid_int4 = 23,
    oid_oid = 26,
    oid_float4 = 700,
    oid_float8 = 701,
    oid_numeric = 1700,
};

constexpr int text_format = 0;
constexpr int binary_format = 1;

// Appends the text form of what is not a blob, with its NUL.
Result<> append_text(std::vector<char>& arena, const Param& param) {
    auto append = [&](std::string_view text) {
        arena.insert(arena.end(), text.begin(), text.end());
    };
    char digits[32];
    auto number = [&](auto value) {
        const auto end = std::to_chars(digits, std::end(digits), value).ptr;
        return std::string_view(digits, static_cast<std::size_t>(end - digits));
    };
    switch (param.type()) {
        case Param::Type::integer:
            append(number(param.integer()));
            break;
        case Param::Type::real:
            if (!std::isfinite(param.real())) return fail(Code::invalid, "Not a finite number");
            append(number(param.real()));
            break;
        case Param::Type::boolean:
            append(param.integer() ? "1" : "0");
            break;
        case Param::Type::text:
            if (param.text().find('\0') != std::string_view::npos)
                return fail(Code::invalid, "Text with a NUL character");
            append(param.text());
            break;
        case Param::Type::null:
        case Param::Type::blob:
            break;
    }
    arena.push_back('\0');
    return {};
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

// "\x68656c6c6f", as the session's bytea_output = hex has it.
std::string bytes_of(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 2; i + 1 < text.size(); i += 2)
        out += static_cast<char>(hex_digit(text[i]) << 4 | hex_digit(text[i + 1]));
    return out;
}

void add_cell(Rows& rows, Oid type, std::string_view text) {
    switch (type) {
        case oid_bool:
            return rows.add_integer(text == "t");
        case oid_int2:
        case oid_int4:
        case oid_int8:
        case oid_oid:
            return rows.add_integer(parse<std::int64_t>(text).value_or(0));
        case oid_numeric:
            if (auto whole = parse<std::int64_t>(text)) return rows.add_integer(*whole);
            [[fallthrough]];
        case oid_float4:
        case oid_float8:
            return rows.add_real(parse<double>(text).value_or(0));
        case oid_bytea:
            return rows.add_text(bytes_of(text));
        default:
            return rows.add_text(text);
    }
}

}  // namespace

Result<Arguments> Arguments::from(std::span<const Param> params) {
    Arguments out;
    std::vector<std::size_t> offsets;
    for (const auto& param : params) {
        offsets.push_back(out.arena_.size());
        TRY(append_text(out.arena_, param));
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
        const bool blob = params[i].type() == Param::Type::blob;
        const char* value = out.arena_.data() + offsets[i];
        if (params[i].type() == Param::Type::null) value = nullptr;
        if (blob && params[i].text().data()) value = params[i].text().data();
        out.values_.push_back(value);
        out.lengths_.push_back(blob ? static_cast<int>(params[i].text().size()) : 0);
        out.formats_.push_back(blob ? binary_format : text_format);
    }
    return out;
}

Result<Rows> rows_from(const pg_result* answer) {
    const int columns = PQnfields(answer);
    Rows rows(static_cast<std::size_t>(columns));
    for (int row = 0; row < PQntuples(answer); ++row) {
        for (int column = 0; column < columns; ++column) {
            if (PQgetisnull(answer, row, column))
                rows.add_null();
            else
                add_cell(rows, PQftype(answer, column),
                         {PQgetvalue(answer, row, column),
                          static_cast<std::size_t>(PQgetlength(answer, row, column))});
        }
        if (rows.text_bytes() > limits::sql_result_text_bytes_max)
            return fail(Code::too_large, "Too large a result");
    }
    return rows;
}

}  // namespace kith::sql::postgres
