#include "node/community/media.hpp"

#include "base/text/utf8.hpp"
#include "config/limits/media.hpp"
#include "node/community/events.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

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

namespace {

void put_files(Attachment& picture, const KeptPicture& kept) {
    picture.media_type = kept.media_type;
    picture.url = path_of(kept.original.name);
    if (!kept.preview.name.empty()) {
        picture.preview_url = path_of(kept.preview.name);
        picture.blurhash = kept.blurhash;
    }
    if (kept.width > 0) picture.width = kept.width;
    if (kept.height > 0) picture.height = kept.height;
    picture.duration_s = kept.duration_s;
    picture.details = kept.details;
}

Result<> note_files(Tx& tx, const Context& context, Id media, std::initializer_list<KeptFile> files) {
    for (const auto& file : files)
        if (!file.name.empty()) TRY(repo::note_file(tx, file.name, media, {}, context.clock.now_ms(), file.bytes));
    return {};
}

}  // namespace

Result<Attachment> add_upload(Context& context, Id owner, const KeptPicture& kept, const PictureText& text) {
    TRY(check_text(text));
    return context.db.write([&](Tx& tx) -> Result<Attachment> {
        Attachment picture;
        picture.id = context.ids.next();
        put_files(picture, kept);
        apply(picture, text);
        TRY(repo::insert_upload(tx, {.picture = picture,
                                     .owner_id = owner,
                                     .expires_at = context.clock.now_ms() + limits::media_unattached_ms,
                                     .source = {},
                                     .problem = {}}));
        TRY(note_files(tx, context, picture.id, {kept.original, kept.preview}));
        return picture;
    });
}

Result<Attachment> add_waiting_upload(Context& context, Id owner, const KeptFile& source, const std::string& media_type,
                                      const KeptFile& preview, const std::string& blurhash, const PictureText& text) {
    TRY(check_text(text));
    return context.db.write([&](Tx& tx) -> Result<Attachment> {
        if (TRY(repo::count_waiting_uploads(tx, owner)) >= limits::uploads_waiting_max)
            return fail(Code::rate_limited, "Too many files are still being processed; try again in a moment");
        Attachment picture;
        picture.id = context.ids.next();
        picture.media_type = media_type;
        if (!preview.name.empty()) picture.preview_url = path_of(preview.name);
        picture.blurhash = blurhash;
        apply(picture, text);
        TRY(repo::insert_upload(tx, {.picture = picture,
                                     .owner_id = owner,
                                     .expires_at = context.clock.now_ms() + limits::media_unattached_ms,
                                     .state = repo::UploadState::waiting,
                                     .source = source.name,
                                     .problem = {}}));
        TRY(note_files(tx, context, picture.id, {source, preview}));
        return picture;
    });
}

Result<> finish_upload(Context& context, const repo::WaitingUpload& waiting, const KeptPicture& kept) {
    return context.db.write([&](Tx& tx) -> Result<> {
        // Read anew: the owner may have described it meanwhile, or sent a still.
        const auto& was = waiting.upload;
        const auto now = TRY(repo::find_upload(tx, was.owner_id, was.picture.id));
        auto picture = now ? now->picture : was.picture;
        const auto sent = picture.preview_url;
        const auto sent_blurhash = picture.blurhash;
        put_files(picture, kept);
        if (!sent.empty()) {
            picture.preview_url = sent;
            picture.blurhash = sent_blurhash;
        }
        TRY(repo::finish_upload(tx, picture));
        // Also of what is gone: files that nothing names are found by these rows, and swept.
        return note_files(tx, context, picture.id, {kept.original, kept.preview});
    });
}

Result<> set_preview(Context& context, Id owner, Id id, const KeptFile& preview, const std::string& blurhash) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto upload = TRY(repo::find_upload(tx, owner, id));
        if (!upload) return fail(Code::not_found, "Record not found");
        if (upload->picture.media_type.starts_with("image/"))
            return invalid("Thumbnail is for videos and sounds only");
        TRY(repo::set_preview(tx, id, path_of(preview.name), blurhash));
        return note_files(tx, context, id, {preview});
    });
}

Result<OwnPicture> picture_by_id(Context& context, Id owner, Id id) {
    return context.db.read([=](Tx& tx) -> Result<OwnPicture> {
        if (auto upload = TRY(repo::find_upload(tx, owner, id)))
            return OwnPicture{std::move(upload->picture), upload->state, std::move(upload->problem)};
        if (auto attached = TRY(repo::find_own_attachment(tx, owner, id)))
            return OwnPicture{.picture = std::move(*attached), .problem = {}};
        return fail(Code::not_found, "Record not found");
    });
}

Result<OwnPicture> describe_picture(Context& context, Id owner, Id id, const PictureText& text) {
    TRY(check_text(text));
    return context.db.write([&](Tx& tx) -> Result<OwnPicture> {
        auto upload = TRY(repo::find_upload(tx, owner, id));
        if (!upload) {
            // What a post says it says to everybody: it is changed by an edit of the post.
            const auto attached = TRY(repo::find_own_attachment(tx, owner, id));
            return attached ? Result<OwnPicture>(invalid("Media is attached to a post already"))
                            : Result<OwnPicture>(fail(Code::not_found, "Record not found"));
        }
        apply(upload->picture, text);
        TRY(repo::describe_upload(tx, upload->picture));
        return OwnPicture{std::move(upload->picture), upload->state, std::move(upload->problem)};
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

Result<> may_keep_another(Context& context, Id owner) {
    const auto kept = TRY(context.db.read([owner](Tx& tx) { return repo::count_uploads(tx, owner); }));
    return kept < limits::media_uploads_max ? Result<>{} : Result<>(invalid("You keep as many pictures as you may; delete some"));
}

Result<> keep_picture(Context& context, Id upload) {
    return context.db.write([&](Tx& tx) { return repo::keep_upload(tx, upload, context.clock.now_ms() + limits::media_kept_ms); });
}

Result<Page<repo::OwnPicture>> pictures_of(Context& context, std::optional<Id> owner, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<repo::OwnPicture>> {
        Page<repo::OwnPicture> page;
        page.items = TRY(repo::own_pictures(tx, owner, {}, window_of(request)));
        if (!page.items.empty()) set_cursors(page, page.items.front().id, page.items.back().id, page.items.size(), request);
        return page;
    });
}

Result<std::optional<repo::OwnPicture>> picture_at(Context& context, const std::string& path) {
    auto found = TRY(context.db.read([&](Tx& tx) { return repo::own_pictures(tx, {}, path, {.limit = 1}); }));
    return found.empty() ? std::optional<repo::OwnPicture>{} : std::optional(std::move(found.front()));
}

Result<std::optional<Id>> own_picture(Context& context, Id owner, const std::string& path) {
    const auto found = TRY(context.db.read([&](Tx& tx) { return repo::own_pictures(tx, owner, path, {.limit = 1}); }));
    return found.empty() ? std::optional<Id>{} : std::optional(found.front().id);
}

Result<bool> is_upload(Context& context, Id owner, Id id) {
    return context.db.read([&](Tx& tx) -> Result<bool> { return TRY(repo::find_upload(tx, owner, id)).has_value(); });
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
        if (upload->state == repo::UploadState::waiting)
            return invalid("Media with ID " + std::to_string(id) + " is still being processed; try again in a moment");
        if (upload->state == repo::UploadState::failed) return fail(Code::unprocessable, upload->problem);
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

Result<std::int64_t> media_bytes(Context& context) {
    return context.db.read([](Tx& tx) { return repo::media_bytes(tx); });
}

Result<> measure_media(Context& context, const std::function<Result<std::uint64_t>(const std::string&)>& size_of) {
    const auto names = TRY(
        context.db.read([](Tx& tx) { return repo::unmeasured_files(tx, limits::media_sweep_rows); }));
    // One that is not there weighs nothing; it is swept when nothing names it.
    for (const auto& name : names)
        if (const auto bytes = size_of(name); bytes && *bytes > 0)
            TRY(context.db.write([&](Tx& tx) { return repo::measure_file(tx, name, *bytes); }));
    return {};
}

}  // namespace kith::community
