#pragma once
#include "base/core/ids.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::sql {

// Bytes for a BYTEA/BLOB column; text and bytes never mix.
struct Blob {
    std::string_view bytes;
};

// One argument of a statement. It only points at its data, which must live until the call returns:
// made from int64/int/bool/double/string/Blob, std::optional of these (empty = NULL), or nullptr.
class Param {
public:
    enum class Type { null, integer, real, boolean, text, blob };

    Param(std::nullptr_t) {}
    Param(std::int64_t v) : type_(Type::integer), integer_(v) {}
    Param(int v) : type_(Type::integer), integer_(v) {}
    Param(bool v) : type_(Type::boolean), integer_(v) {}
    Param(double v) : type_(Type::real), real_(v) {}
    Param(std::string_view v) : type_(Type::text), text_(v) {}
    Param(const std::string& v) : type_(Type::text), text_(v) {}
    Param(const char* v) : type_(Type::text), text_(v) {}
    Param(Blob v) : type_(Type::blob), text_(v.bytes) {}
    template <class T>
    Param(const std::optional<T>& v) {
        if (v) *this = Param(*v);
    }

    Type type() const { return type_; }
    std::int64_t integer() const { return integer_; }
    double real() const { return real_; }
    std::string_view text() const { return text_; }

private:
    Type type_ = Type::null;
    std::int64_t integer_ = 0;
    double real_ = 0;
    std::string_view text_;
};

// A result, whole and on our side: one arena for the text of all its cells. Both drivers fill it.
class Rows {
public:
    class Row {
    public:
        bool is_null(std::size_t column) const;
        // Integers and reals read as each other (rounded towards zero). NULL and a column of
        // another type read as 0, 0.0, false, "": a schema mismatch shows in tests.
        std::int64_t integer(std::size_t column) const;
        double real(std::size_t column) const;
        bool boolean(std::size_t column) const { return integer(column) != 0; }
        std::string_view text(std::size_t column) const;  // also of a blob
        std::string str(std::size_t column) const { return std::string(text(column)); }
        std::optional<std::int64_t> maybe_integer(std::size_t column) const;
        std::optional<std::string> maybe_text(std::size_t column) const;

    private:
        friend class Rows;
        Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
        const Rows* rows_;
        std::size_t index_;
    };

    class Iterator {
    public:
        Iterator(const Rows& rows, std::size_t index) : rows_(rows), index_(index) {}
        Row operator*() const { return rows_[index_]; }
        Iterator& operator++() { return ++index_, *this; }
        bool operator!=(const Iterator& other) const { return index_ != other.index_; }

    private:
        const Rows& rows_;
        std::size_t index_;
    };

    std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
    bool empty() const { return size() == 0; }
    Row operator[](std::size_t index) const { return Row(*this, index); }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

    // For drivers: cells are appended row by row.
    explicit Rows(std::size_t columns = 0) : columns_(columns) {}
    void add_null();
    void add_integer(std::int64_t);
    void add_real(double);
    void add_text(std::string_view);
    std::size_t text_bytes() const { return arena_.size(); }  // for the bound on a result

private:
    struct Cell {
        Param::Type type = Param::Type::null;
        union {
            std::int64_t integer;
            double real;
            struct {
                std::uint32_t offset, length;
            } text;
        };
        Cell() : integer(0) {}
    };
    const Cell& cell(std::size_t row, std::size_t column) const;

    std::size_t columns_;
    std::vector<Cell> cells_;
    std::string arena_;
};

}  // namespace kith::sql
