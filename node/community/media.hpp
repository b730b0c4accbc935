#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/media.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Pictures, videos and sounds of members, from the upload to the post they hang on. Their files are made by
// node/media; here is who owns them and what is said of them.
namespace kith::community {

// Files as they were kept: names in the store.
struct KeptFile {
    std::string name;
    std::uint64_t bytes = 0;
};
struct KeptPicture {
    KeptFile original, preview;  // no name: there is none
    std::string media_type, blurhash;
    int width = 0, height = 0;   // 0: a sound
    std::optional<double> duration_s;
    std::string details;         // media_details.hpp
};
struct PictureText {
    std::optional<std::string> description;
    std::optional<std::pair<double, double>> focus;  // -1 to 1 each
};
// Code::unprocessable for a description that is too long or a focus outside the picture.
Result<> check_text(const PictureText&);
Result<model::Attachment> add_upload(Context&, Id owner, const KeptPicture&, const PictureText&);
// One whose file is still to be made from `source`, as claim_upload() gives it; with its still where the
// owner sent one. Code::rate_limited where too many of theirs wait.
Result<model::Attachment> add_waiting_upload(Context&, Id owner, const KeptFile& source, const std::string& media_type,
                                             const KeptFile& preview, const std::string& blurhash, const PictureText&);
// Its files are there; a still that the owner sent stays. What was deleted meanwhile stays deleted.
Result<> finish_upload(Context&, const repo::WaitingUpload&, const KeptPicture&);
Result<> set_preview(Context&, Id owner, Id id, const KeptFile& preview, const std::string& blurhash);

// Of an upload, or of a picture of a post of the owner's. Code::not_found for all else.
struct OwnPicture {
    model::Attachment picture;
    repo::UploadState state = repo::UploadState::ready;
    std::string problem;
};
Result<OwnPicture> picture_by_id(Context&, Id owner, Id id);
// Code::unprocessable where it hangs on a post: then the post is edited.
Result<OwnPicture> describe_picture(Context&, Id owner, Id id, const PictureText&);
Result<> remove_upload(Context&, Id owner, Id id);

// Of a member's pictures: Code::unprocessable where they keep as many without a post as they may.
Result<> may_keep_another(Context&, Id owner);
Result<> keep_picture(Context&, Id upload);  // an upload stays until its owner deletes it
// Newest first: uploads and pictures of posts; of somebody, or of everybody here.
Result<Page<repo::OwnPicture>> pictures_of(Context&, std::optional<Id> owner, const PageRequest&);
// By its path, whoever's it is.
Result<std::optional<repo::OwnPicture>> picture_at(Context&, const std::string& path);
Result<std::optional<Id>> own_picture(Context&, Id owner, const std::string& path);
Result<bool> is_upload(Context&, Id owner, Id id);

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

// Of all files, those of other servers included.
Result<std::int64_t> media_bytes(Context&);
// Files whose size is not known yet are measured, some at a time.
Result<> measure_media(Context&, const std::function<Result<std::uint64_t>(const std::string& name)>& size_of);

}  // namespace kith::community
