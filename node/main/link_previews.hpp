#pragma once
#include "node/api/lemmy/api_context.hpp"
#include "node/links/reader.hpp"

namespace kith {

// The reader of links, as Lemmy's API asks for what pages say.
class ReaderPreviews final : public lemmy::LinkPreviews {
public:
    explicit ReaderPreviews(links::Reader& reader) : reader_(reader) {}
    Result<model::Link> preview_of(const std::string& url) override { return reader_.preview(url); }

private:
    links::Reader& reader_;
};

}  // namespace kith
