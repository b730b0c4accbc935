#include "federation/signature/structured_fields.hpp"

#include <algorithm>
#include <charconv>

#include "base/crypto/encoding.hpp"
#include "base/text/strings.hpp"
#include "config/limits/signature.hpp"

namespace kith::signature::fields {
namespace {

Failure malformed(std::string_view why) {
    return fail(Code::invalid, "malformed structured field: " + std::string(why));
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_key_char(char c) {
    return is_lower(c) || text::is_digit(c) || c == '_' || c == '-' || c == '.' || c == '*';
}
bool is_token_char(char c) {
    return text::is_alpha(c) || text::is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~:/").find(c) != std::string_view::npos;
}

// A reader that is at some place of the text. Every function takes its part off the front.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    bool accept(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    void skip(std::string_view blanks) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    }

    Result<std::string> key() {
        if (rest_.empty() || !(is_lower(rest_.front()) || rest_.front() == '*'))
            return malformed("a key does not begin with a letter");
        return std::string(take_while(is_key_char));
    }

    Result<BareItem> bare_item() {
        if (rest_.empty()) return malformed("a value is missing");
        const char c = rest_.front();
        if (c == '"') return string();
        if (c == ':') return bytes();
        if (c == '?') return boolean();
        if (c == '-' || text::is_digit(c)) return integer();
        if (text::is_alpha(c) || c == '*')
            return BareItem{.kind = BareItem::Kind::token,
                            .text = std::string(take_while(is_token_char))};
        return malformed("a value is of no known type");
    }

    Result<Parameters> parameters() {
        Parameters out;
        while (accept(';')) {
            skip(" ");
            Parameter parameter{TRY(key()), {}};
            if (accept('=')) parameter.value = TRY(bare_item());
            if (find(out, parameter.key)) return malformed("a parameter occurs twice");
            if (out.size() == limits::structured_parameters_max)
                return malformed("too many parameters");
            out.push_back(std::move(parameter));
        }
        return out;
    }

    Result<Item> item() {
        Item out{TRY(bare_item()), {}};
        out.parameters = TRY(parameters());
        return out;
    }

    // After its "(".
    Result<std::vector<Item>> inner_list() {
        std::vector<Item> out;
        for (;;) {
            skip(" ");
            if (accept(')')) return out;
            if (out.size() == limits::signed_headers_max) return malformed("a list is too long");
            out.push_back(TRY(item()));
            if (!rest_.starts_with(' ') && !rest_.starts_with(')'))
                return malformed("no space between the items of a list");
        }
    }

private:
    template <class Is>
    std::string_view take_while(Is is) {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is);
        const auto taken = rest_.substr(0, std::size_t(end - rest_.begin()));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    Result<BareItem> string() {
        rest_.remove_prefix(1);
        std::string out;
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return BareItem{.kind = BareItem::Kind::string, .text = std::move(out)};
            if (c == '\\') {
                if (!rest_.starts_with('"') && !rest_.starts_with('\\'))
                    return malformed("an unknown escape");
                out += rest_.front();
                rest_.remove_prefix(1);
            } else if (c < 0x20 || c > 0x7e) {
                return malformed("a string holds more than printable ASCII");
            } else {
                out += c;
            }
        }
        return malformed("a string does not end");
    }

    Result<BareItem> bytes() {
        rest_.remove_prefix(1);
        const auto end = rest_.find(':');
        if (end == rest_.npos) return malformed("a byte sequence does not end");
        auto decoded = crypto::base64_decode(rest_.substr(0, end));
        if (!decoded) return malformed("a byte sequence is not base64");
        rest_.remove_prefix(end + 1);
        return BareItem{.kind = BareItem::Kind::bytes, .text = std::move(*decoded)};
    }

    Result<BareItem> boolean() {
        rest_.remove_prefix(1);
        if (accept('1')) return BareItem{};
        if (accept('0')) return BareItem{.boolean = false};
        return malformed("a boolean is neither 0 nor 1");
    }

    Result<BareItem> integer() {
        constexpr std::size_t digits_max = 15;
        const auto sign = rest_.starts_with('-') ? std::size_t{1} : std::size_t{0};
        const auto end = std::min(rest_.find_first_not_of("0123456789", sign), rest_.size());
        const auto digits = rest_.substr(0, end);
        if (digits.size() == sign || digits.size() - sign > digits_max ||
            rest_.substr(end).starts_with('.'))
            return malformed("a number is not a whole one of 15 digits");
        BareItem out{.kind = BareItem::Kind::integer};
        std::from_chars(digits.data(), digits.data() + digits.size(), out.integer);
        rest_.remove_prefix(end);
        return out;
    }

    std::string_view rest_;
};

Result<Member> parse_member(Reader& reader) {
    Member member;
    member.key = TRY(reader.key());
    if (!reader.accept('=')) {
        member.items.push_back({{}, TRY(reader.parameters())});
    } else if (reader.accept('(')) {
        member.is_list = true;
        member.items = TRY(reader.inner_list());
        member.parameters = TRY(reader.parameters());
    } else {
        member.items.push_back(TRY(reader.item()));
    }
    return member;
}

void write_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

void write(std::string& out, const BareItem& item) {
    switch (item.kind) {
        case BareItem::Kind::integer:
            out += std::to_string(item.integer);
            break;
        case BareItem::Kind::string:
            write_quoted(out, item.text);
            break;
        case BareItem::Kind::token:
            out += item.text;
            break;
        case BareItem::Kind::bytes:
            out += ':' + crypto::base64_encode(item.text) + ':';
            break;
        case BareItem::Kind::boolean:
            out += item.boolean ? "?1" : "?0";
            break;
    }
}

void write(std::string& out, const Parameters& parameters) {
    for (const auto& [key, value] : parameters) {
        out += ';' + key;
        if (value == BareItem{}) continue;  // true
        out += '=';
        write(out, value);
    }
}

}  // namespace

BareItem string_item(std::string_view text) {
    return {.kind = BareItem::Kind::string, .text = std::string(text)};
}

BareItem integer_item(std::int64_t number) {
    return {.kind = BareItem::Kind::integer, .integer = number};
}

const BareItem* find(const Parameters& parameters, std::string_view key) {
    const auto at = std::find_if(parameters.begin(), parameters.end(),
                                 [key](const Parameter& p) { return p.key == key; });
    return at == parameters.end() ? nullptr : &at->value;
}

Result<Dictionary> parse_dictionary(std::string_view text) {
    constexpr std::string_view optional_white_space = " \t";
    if (text.size() > limits::signature_header_chars_max) return malformed("it is too long");
    Dictionary out;
    Reader reader(text);
    reader.skip(" ");
    while (!reader.at_end()) {
        auto member = TRY(parse_member(reader));
        if (std::any_of(out.begin(), out.end(),
                        [&](const Member& known) { return known.key == member.key; }))
            return malformed("a key occurs twice");
        if (out.size() == limits::structured_members_max) return malformed("too many members");
        out.push_back(std::move(member));
        reader.skip(optional_white_space);
        if (reader.at_end()) break;
        if (!reader.accept(',')) return malformed("no comma between members");
        reader.skip(optional_white_space);
        if (reader.at_end()) return malformed("it ends with a comma");
    }
    return out;
}

std::string serialize(const Item& item) {
    std::string out;
    write(out, item.value);
    write(out, item.parameters);
    return out;
}

std::string serialize_list(const std::vector<Item>& items, const Parameters& parameters) {
    std::string out = "(";
    for (const auto& item : items) {
        if (out.size() > 1) out += ' ';
        out += serialize(item);
    }
    out += ')';
    write(out, parameters);
    return out;
}

}  // namespace kith::signature::fields
