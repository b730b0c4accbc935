#pragma once
#include "node/community/context.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/media.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Pictures of members, from the upload to the post they hang on. Their files are made by node/media;
// here is who owns them and what is said of them.
namespace kith::community {

// Files as they were kept: names in the store.
struct KeptPicture {
    std::string name, preview_name;
    std::string media_type, blurhash;
    int width = 0, height = 0;
};
struct PictureText {
    std::optional<std::string> description;
    std::optional<std::pair<double, double>> focus;  // -1 to 1 each
};
// Code::unprocessable for a description that is too long or a focus outside the picture.
Result<> check_text(const PictureText&);
Result<model::Attachment> add_upload(Context&, Id owner, const KeptPicture&, const PictureText&);
// Of an upload, or of a picture of a post of the owner's. Code::not_found for all else.
Result<model::Attachment> picture_by_id(Context&, Id owner, Id id);
// Code::unprocessable where it hangs on a post: then the post is edited.
Result<model::Attachment> describe_picture(Context&, Id owner, Id id, const PictureText&);
Result<> remove_upload(Context&, Id owner, Id id);

// In the transaction of a post: its pictures are these from now on, uploads or pictures that it has.
// Code::unprocessable for one too many and for one that is not the author's, or hangs elsewhere.
Result<> attach(sql::Tx&, const Context&, const model::Post&, std::span<const Id> pictures);
// They wait for a post until then.
Result<> hold_uploads(sql::Tx&, Id owner, std::span<const Id> uploads, TimeMs until);

// A picture of the profile, in place of what was there; "" for none.
enum class ProfilePicture { avatar, header };
Result<> set_profile_picture(Context&, Id actor, ProfilePicture, const std::string& name);

// The next files that nothing names any more are given to `remove`, and forgotten. False where there
// were none.
Result<bool> sweep_media(Context&, const std::function<Result<>(const std::string& name)>& remove);

}  // namespace kith::community
