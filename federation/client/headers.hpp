#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::client {

struct Header {
    std::string name;
    std::string value;
};

// Header fields in the order they came; names compare without regard to case (RFC 9110 5.1).
class Headers {
public:
    Headers() = default;
    Headers(std::initializer_list<Header> fields) : fields_(fields) {}

    void add(std::string name, std::string value) {
        fields_.push_back({std::move(name), std::move(value)});
    }
    // The first field of that name.
    std::optional<std::string_view> get(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    void erase(std::string_view name);

    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }

private:
    std::vector<Header> fields_;
};

}  // namespace kith::client
