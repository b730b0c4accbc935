#pragma once
#include "base/core/result.hpp"
#include "storage/model/post.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Pictures that hang on no post yet, and the files of all pictures.
namespace kith::repo {

struct Upload {
    model::Attachment picture;  // its id will be the attachment's
    Id owner_id = 0;
    TimeMs expires_at = 0;
};
Result<> insert_upload(sql::Tx&, const Upload&);
Result<std::optional<Upload>> find_upload(sql::Tx&, Id owner, Id id);
Result<> describe_upload(sql::Tx&, const model::Attachment&);  // description and focus
Result<> keep_upload(sql::Tx&, Id id, TimeMs until);
Result<bool> remove_upload(sql::Tx&, Id owner, Id id);
Result<> remove_expired_uploads(sql::Tx&, TimeMs now, int limit);

// Of a post: one of its attachments, by whoever wrote the post.
Result<std::optional<model::Attachment>> find_own_attachment(sql::Tx&, Id owner, Id id);
Result<> describe_attachment(sql::Tx&, const model::Attachment&);

// A file of an upload or attachment, or of an actor's profile.
Result<> note_file(sql::Tx&, std::string_view name, std::optional<Id> media, std::optional<Id> actor,
                   TimeMs now);
// Files made before then that nothing names.
Result<std::vector<std::string>> orphaned_files(sql::Tx&, TimeMs before, int limit);
Result<> forget_file(sql::Tx&, std::string_view name);

}  // namespace kith::repo
