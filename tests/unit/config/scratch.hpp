#pragma once
#include "config/config.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace kith::test {

// A fresh directory that goes with the test.
class Scratch {
public:
    Scratch() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "kith-config-XXXXXX").string();
        directory_ = mkdtemp(pattern.data());
    }
    ~Scratch() { std::filesystem::remove_all(directory_); }
    Scratch(const Scratch&) = delete;

    const std::filesystem::path& path() const { return directory_; }

    // Sources with this text as the configuration file, and nothing else.
    Sources file(const std::string& text) const {
        std::ofstream(directory_ / "kith.toml") << text;
        Sources sources = none();
        sources.file = directory_ / "kith.toml";
        return sources;
    }
    Sources none() const {
        Sources sources;
        sources.working_directory = directory_;
        return sources;
    }

private:
    std::filesystem::path directory_;
};

// What is wrong with a configuration that should have loaded.
inline std::string why(const Result<Config>& config) {
    return config ? std::string() : config.error().detail;
}

}  // namespace kith::test
