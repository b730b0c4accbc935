#include "node/community/media.hpp"

#include "base/text/utf8.hpp"
#include "config/limits/media.hpp"
#include "node/community/events.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <cmath>

namespace kith::community {

using model::Attachment;
using sql::Tx;

namespace {

Failure invalid(std::string what) {
    return fail(Code::unprocessable, "Validation failed: " + std::move(what));
}

std::string path_of(const std::string& name) { return "/media/" + name; }

void apply(Attachment& picture, const PictureText& text) {
    if (text.description) picture.description = *text.description;
    if (text.focus) {
        picture.focus_x = text.focus->first;
        picture.focus_y = text.focus->second;
    }
}

}  // namespace

Result<> check_text(const PictureText& text) {
    if (text.description && utf8::length(*text.description) > limits::media_description_characters_max)
        return invalid("Description is too long (maximum is " +
                       std::to_string(limits::media_description_characters_max) + " characters)");
    const auto inside = [](double value) { return std::isfinite(value) && std::abs(value) <= 1; };
    if (text.focus && !(inside(text.focus->first) && inside(text.focus->second)))
        return invalid("Focus must be two numbers from -1 to 1");
    return {};
}

Result<Attachment> add_upload(Context& context, Id owner, const KeptPicture& kept, const PictureText& text) {
    TRY(check_text(text));
    return context.db.write([&](Tx& tx) -> Result<Attachment> {
        const auto now = context.clock.now_ms();
        Attachment picture;
        picture.id = context.ids.next();
        picture.media_type = kept.media_type;
        picture.url = path_of(kept.name);
        picture.preview_url = path_of(kept.preview_name);
        picture.blurhash = kept.blurhash;
        picture.width = kept.width;
        picture.height = kept.height;
        apply(picture, text);
        TRY(repo::insert_upload(tx, {picture, owner, now + limits::media_unattached_ms}));
        for (const auto& name : {kept.name, kept.preview_name})
            TRY(repo::note_file(tx, name, picture.id, {}, now));
        return picture;
    });
}

Result<Attachment> picture_by_id(Context& context, Id owner, Id id) {
    return context.db.read([=](Tx& tx) -> Result<Attachment> {
        if (auto upload = TRY(repo::find_upload(tx, owner, id))) return std::move(upload->picture);
        if (auto attached = TRY(repo::find_own_attachment(tx, owner, id))) return std::move(*attached);
        return fail(Code::not_found, "Record not found");
    });
}

Result<Attachment> describe_picture(Context& context, Id owner, Id id, const PictureText& text) {
    TRY(check_text(text));
    return context.db.write([&](Tx& tx) -> Result<Attachment> {
        auto upload = TRY(repo::find_upload(tx, owner, id));
        if (!upload) {
            // What a post says it says to everybody: it is changed by an edit of the post.
            const auto attached = TRY(repo::find_own_attachment(tx, owner, id));
            return attached ? Result<Attachment>(invalid("Media is attached to a post already"))
                            : Result<Attachment>(fail(Code::not_found, "Record not found"));
        }
        apply(upload->picture, text);
        TRY(repo::describe_upload(tx, upload->picture));
        return std::move(upload->picture);
    });
}

Result<> remove_upload(Context& context, Id owner, Id id) {
    return context.db.write([=](Tx& tx) -> Result<> {
        if (TRY(repo::remove_upload(tx, owner, id))) return {};
        if (TRY(repo::find_own_attachment(tx, owner, id)))
            return invalid("Media is attached to a post already");
        return fail(Code::not_found, "Record not found");
    });
}

Result<> attach(Tx& tx, const Context&, const model::Post& post, std::span<const Id> pictures) {
    if (pictures.size() > limits::media_per_post_max)
        return invalid("Cannot attach more than " + std::to_string(limits::media_per_post_max) + " files");
    std::vector<Attachment> wanted;
    const auto present = TRY(repo::attachments_of(tx, std::span(&post.id, 1)));
    for (const auto id : pictures) {
        const auto kept = std::find_if(present.begin(), present.end(),
                                       [id](const auto& row) { return row.attachment.id == id; });
        if (kept != present.end()) {
            wanted.push_back(kept->attachment);
            continue;
        }
        auto upload = TRY(repo::find_upload(tx, post.actor_id, id));
        if (!upload) return invalid("Media with ID " + std::to_string(id) + " not found or already attached");
        TRY(repo::remove_upload(tx, post.actor_id, id));
        wanted.push_back(std::move(upload->picture));
    }
    TRY(repo::clear_attachments(tx, post.id));
    int position = 0;
    for (const auto& picture : wanted) TRY(repo::add_attachment(tx, post.id, position++, picture));
    return {};
}

Result<> hold_uploads(Tx& tx, Id owner, std::span<const Id> uploads, TimeMs until) {
    if (uploads.size() > limits::media_per_post_max)
        return invalid("Cannot attach more than " + std::to_string(limits::media_per_post_max) + " files");
    for (const auto id : uploads) {
        if (!TRY(repo::find_upload(tx, owner, id)))
            return invalid("Media with ID " + std::to_string(id) + " not found or already attached");
        TRY(repo::keep_upload(tx, id, until + limits::media_unattached_ms));
    }
    return {};
}

Result<> set_profile_picture(Context& context, Id id, ProfilePicture which, const std::string& name) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto actor = TRY(repo::find_actor(tx, id));
        if (!actor || actor->deleted_at) return fail(Code::not_found, "Record not found");
        (which == ProfilePicture::avatar ? actor->avatar_url : actor->header_url) =
            name.empty() ? "" : path_of(name);
        actor->updated_at = context.clock.now_ms();
        TRY(repo::update_actor(tx, *actor));
        if (!name.empty()) TRY(repo::note_file(tx, name, {}, id, actor->updated_at));
        return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = id});
    });
}

Result<bool> sweep_media(Context& context, const std::function<Result<>(const std::string&)>& remove) {
    const auto now = context.clock.now_ms();
    TRY(context.db.write(
        [now](Tx& tx) { return repo::remove_expired_uploads(tx, now, limits::media_sweep_rows); }));
    const auto names = TRY(context.db.read([now](Tx& tx) {
        return repo::orphaned_files(tx, now - limits::media_orphan_ms, limits::media_sweep_rows);
    }));
    // The file first: what is forgotten could not be found again.
    for (const auto& name : names) {
        TRY(remove(name));
        TRY(context.db.write([&](Tx& tx) { return repo::forget_file(tx, name); }));
    }
    return !names.empty();
}

}  // namespace kith::community
