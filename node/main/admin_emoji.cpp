#include "node/main/admin_emoji.hpp"

#include "config/limits/emoji.hpp"
#include "config/limits/media.hpp"
#include "node/community/custom_emoji.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace kith {

namespace {

Result<std::string> add(community::Context& context, media::Pictures& pictures, const std::string& shortcode,
                        const std::string& file, const std::string& category) {
    const auto bytes = TRY(read_file(file, limits::media_bytes_max));
    const auto kept = TRY(pictures.take_cut(bytes, limits::emoji_side, limits::emoji_side));
    TRY(community::add_custom_emoji(context, shortcode, "/media/" + kept.name, category));
    return ":" + shortcode + ":\n";
}

}  // namespace

Result<std::string> emoji_add(community::Context& context, media::Pictures& pictures, const AdminRequest& r) {
    return add(context, pictures, r.text("SHORTCODE"), r.text("FILE"), r.text("--category"));
}

// Every picture of a directory, by its name; what cannot be taken is named and left out.
Result<std::string> emoji_import(community::Context& context, media::Pictures& pictures, const AdminRequest& r) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(r.text("FILE"), error))
        if (entry.is_regular_file(error)) files.push_back(entry.path());
    if (error) return fail(Code::not_found, "cannot read the directory " + r.text("FILE"));
    std::sort(files.begin(), files.end());
    std::string out;
    bool any = false;
    for (const auto& file : files) {
        const auto added = add(context, pictures, file.stem().string(), file.string(), r.text("--category"));
        any = any || added;
        out += added ? *added : file.filename().string() + ": " + added.error().safe_text + "\n";
    }
    if (files.empty()) return std::string("there are no files in it\n");
    if (!any) return fail(Code::unprocessable, "none of the files could be taken", out.substr(0, out.size() - 1));
    return out;
}

Result<std::string> emoji_without_node(community::Context&, const AdminRequest&) {
    return fail(Code::unavailable, "only a running node takes pictures in: start it with kith serve");
}

Result<std::string> emoji_remove(community::Context& context, const AdminRequest& r) {
    TRY(community::retire_custom_emoji(context, r.text("SHORTCODE")));
    return std::string("removed; posts that have it keep it\n");
}

Result<std::string> emoji_list(community::Context& context, const AdminRequest&) {
    std::string out;
    for (const auto& emoji : TRY(community::custom_emojis(context)))
        out += ":" + emoji.shortcode + ":  " + emoji.url + (emoji.category.empty() ? "" : "  " + emoji.category) + "\n";
    return out.empty() ? std::string("this node has no emoji of its own\n") : out;
}

}  // namespace kith
