#include "base/text/csv.hpp"

namespace kith::csv {

namespace {

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::vector<std::vector<std::string>> all() {
        std::vector<std::vector<std::string>> rows;
        while (at_ < text_.size()) {
            auto row = one();
            if (row.size() > 1 || !row.front().empty()) rows.push_back(std::move(row));
        }
        return rows;
    }

private:
    std::vector<std::string> one() {
        std::vector<std::string> row{field()};
        while (at_ < text_.size() && text_[at_] == ',') {
            ++at_;
            row.push_back(field());
        }
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] == '\n') ++at_;
        return row;
    }

    std::string field() {
        if (at_ < text_.size() && text_[at_] == '"') return quoted();
        const auto end = text_.find_first_of(",\r\n", at_);
        const auto from = at_;
        at_ = end == text_.npos ? text_.size() : end;
        return std::string(text_.substr(from, at_ - from));
    }

    std::string quoted() {
        std::string out;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] != '"') {
                out += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                out += text_[++at_];
            } else {
                ++at_;
                break;
            }
        }
        // What follows the quote belongs to nothing.
        const auto end = text_.find_first_of(",\r\n", at_);
        at_ = end == text_.npos ? text_.size() : end;
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<std::vector<std::string>> parse(std::string_view text) { return Reader(text).all(); }

std::string line(const std::vector<std::string>& fields) {
    std::string out;
    for (const auto& field : fields) {
        if (&field != &fields.front()) out += ',';
        if (field.find_first_of(",\"\r\n") == field.npos) {
            out += field;
            continue;
        }
        out += '"';
        for (char c : field) out.append(c == '"' ? 2 : 1, c);
        out += '"';
    }
    return out + "\n";
}

}  // namespace kith::csv
