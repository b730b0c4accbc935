#pragma once
#include "base/core/result.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Pictures and recordings that hang on no post yet, and the files of all of them.
namespace kith::repo {

enum class UploadState { ready = 0, waiting = 1, failed = 2 };  // waiting: its file is still to be made

struct Upload {
    model::Attachment picture;  // its id will be the attachment's
    Id owner_id = 0;
    TimeMs expires_at = 0;
    UploadState state = UploadState::ready;
    std::string source;   // of what waits: the file as it was uploaded
    std::string problem;  // of what failed, for its owner
};
Result<> insert_upload(sql::Tx&, const Upload&);

// What waits, each leased until `lease_until`, the oldest first; `attempts` counts this one.
struct WaitingUpload {
    Upload upload;
    int attempts = 0;
};
Result<bool> has_waiting_upload(sql::Tx&, TimeMs now);
Result<std::optional<WaitingUpload>> claim_upload(sql::Tx&, TimeMs now, TimeMs lease_until);
Result<std::int64_t> count_waiting_uploads(sql::Tx&, Id owner);
Result<> postpone_upload(sql::Tx&, Id, TimeMs until);
Result<> release_uploads(sql::Tx&);  // after a kill, by a single-process node
// Its file is there, or could not be made. What its owner said of it meanwhile stays. False where it was
// deleted.
Result<bool> finish_upload(sql::Tx&, const model::Attachment&);
Result<bool> fail_upload(sql::Tx&, Id, std::string_view problem);
// A still in the place of what it had.
Result<> set_preview(sql::Tx&, Id, std::string_view url, std::string_view blurhash);
Result<std::optional<Upload>> find_upload(sql::Tx&, Id owner, Id id);
Result<> describe_upload(sql::Tx&, const model::Attachment&);  // description and focus
Result<> keep_upload(sql::Tx&, Id id, TimeMs until);
Result<bool> remove_upload(sql::Tx&, Id owner, Id id);
Result<> remove_expired_uploads(sql::Tx&, TimeMs now, int limit);

Result<std::int64_t> count_uploads(sql::Tx&, Id owner);
// Uploads, and pictures of one's posts, newest first; with `path` those with this one.
struct OwnPicture {
    Id id = 0;
    std::string url;
    std::optional<Id> post_id;
    Id owner_id = 0;
};
// Of somebody, or of everybody here.
Result<std::vector<OwnPicture>> own_pictures(sql::Tx&, std::optional<Id> owner, std::string_view path, const Window&);

// Of a post: one of its attachments, by whoever wrote the post.
Result<std::optional<model::Attachment>> find_own_attachment(sql::Tx&, Id owner, Id id);
Result<> describe_attachment(sql::Tx&, const model::Attachment&);

// A file of an upload or attachment, or of an actor's profile; 0 bytes: not measured yet.
Result<> note_file(sql::Tx&, std::string_view name, std::optional<Id> media, std::optional<Id> actor, TimeMs now,
                   std::uint64_t bytes = 0);
Result<std::vector<std::string>> unmeasured_files(sql::Tx&, int limit);
Result<> measure_file(sql::Tx&, std::string_view name, std::uint64_t bytes);
Result<std::int64_t> media_bytes(sql::Tx&);  // of all files, those of other servers included
// Files made before then that nothing names.
Result<std::vector<std::string>> orphaned_files(sql::Tx&, TimeMs before, int limit);
Result<> forget_file(sql::Tx&, std::string_view name);

}  // namespace kith::repo
