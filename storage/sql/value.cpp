#include "storage/sql/value.hpp"

#include <limits>

namespace kith::sql {

namespace {

// A cast of a double out of range would be undefined.
std::int64_t whole(double value) {
    constexpr double bound = 9223372036854775808.0;  // 2^63
    if (value >= bound) return std::numeric_limits<std::int64_t>::max();
    if (value < -bound) return std::numeric_limits<std::int64_t>::min();
    return value == value ? static_cast<std::int64_t>(value) : 0;
}

}  // namespace

const Rows::Cell& Rows::cell(std::size_t row, std::size_t column) const {
    static const Cell nothing;
    if (column >= columns_ || row >= size()) return nothing;
    return cells_[row * columns_ + column];
}

void Rows::add_null() { cells_.emplace_back(); }

void Rows::add_integer(std::int64_t value) {
    auto& cell = cells_.emplace_back();
    cell.type = Param::Type::integer;
    cell.integer = value;
}

void Rows::add_real(double value) {
    auto& cell = cells_.emplace_back();
    cell.type = Param::Type::real;
    cell.real = value;
}

void Rows::add_text(std::string_view value) {
    auto& cell = cells_.emplace_back();
    cell.type = Param::Type::text;
    cell.text.offset = static_cast<std::uint32_t>(arena_.size());
    cell.text.length = static_cast<std::uint32_t>(value.size());
    arena_ += value;
}

bool Rows::Row::is_null(std::size_t column) const {
    return rows_->cell(index_, column).type == Param::Type::null;
}

std::int64_t Rows::Row::integer(std::size_t column) const {
    const auto& cell = rows_->cell(index_, column);
    if (cell.type == Param::Type::integer) return cell.integer;
    return cell.type == Param::Type::real ? whole(cell.real) : 0;
}

double Rows::Row::real(std::size_t column) const {
    const auto& cell = rows_->cell(index_, column);
    if (cell.type == Param::Type::real) return cell.real;
    return cell.type == Param::Type::integer ? static_cast<double>(cell.integer) : 0.0;
}

std::string_view Rows::Row::text(std::size_t column) const {
    const auto& cell = rows_->cell(index_, column);
    if (cell.type != Param::Type::text) return "";
    return std::string_view(rows_->arena_).substr(cell.text.offset, cell.text.length);
}

std::optional<std::int64_t> Rows::Row::maybe_integer(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string> Rows::Row::maybe_text(std::size_t column) const {
    if (is_null(column)) return std::nullopt;
    return str(column);
}

}  // namespace kith::sql
