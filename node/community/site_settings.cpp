#include "node/community/site_settings.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/announcements.hpp"
#include "config/limits/lemmy_api.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/documents.hpp"
#include "node/community/team.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/media.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace kith::community {

using sql::Tx;

namespace {

constexpr std::string_view name_of_row = "site";
constexpr std::array<std::string_view, 4> listings{"all", "local", "subscribed", "moderator_view"};
constexpr std::array<std::string_view, 3> listing_modes{"list", "card", "small_card"};
constexpr std::array<std::string_view, 9> post_sorts{"active", "hot", "new", "old", "top", "most_comments", "new_comments", "controversial", "scaled"};
constexpr std::array<std::string_view, 5> comment_sorts{"hot", "top", "new", "old", "controversial"};

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

std::string written(const SiteSettings& s) {
    json::Writer w;
    w.object().member("groups_by_team_only", s.groups_by_team_only).member("mail_reports", s.mail_reports);
    w.member("mail_applications", s.mail_applications).member("application_question", s.application_question);
    w.member("content_warning", s.content_warning).member("default_theme", s.default_theme).member("default_listing", s.default_listing);
    w.member("default_listing_mode", s.default_listing_mode).member("default_post_sort", s.default_post_sort);
    w.member("default_comment_sort", s.default_comment_sort).member("default_page", s.default_page);
    w.member("invites_per_member", s.invites_per_member).key("blocked_urls").array();
    for (const auto& url : s.blocked_urls) w.value(url);
    w.end().member("icon", s.icon).member("banner", s.banner).member("updated_at", s.updated_at).end();
    return w.take();
}

SiteSettings read(const json::View& v) {
    SiteSettings s;
    s.set = true;
    const auto flag = [&](std::string_view name) { return v[name].maybe_boolean().value_or(false); };
    const auto text = [&](std::string_view name, std::string& to) { to = std::string(v[name].string_or(to)); };
    s.groups_by_team_only = flag("groups_by_team_only");
    s.mail_reports = flag("mail_reports");
    s.mail_applications = flag("mail_applications");
    text("application_question", s.application_question);
    text("content_warning", s.content_warning);
    text("default_theme", s.default_theme);
    text("default_listing", s.default_listing);
    text("default_listing_mode", s.default_listing_mode);
    text("default_post_sort", s.default_post_sort);
    text("default_comment_sort", s.default_comment_sort);
    s.default_page = int(v["default_page"].maybe_integer().value_or(s.default_page));
    s.invites_per_member = int(v["invites_per_member"].maybe_integer().value_or(0));
    for (const auto& url : v["blocked_urls"]) s.blocked_urls.emplace_back(url.string_or(""));
    text("icon", s.icon);
    text("banner", s.banner);
    s.updated_at = v["updated_at"].maybe_integer();
    return s;
}

Result<> store(Tx& tx, const Context& context, SiteSettings s) {
    s.updated_at = context.clock.now_ms();
    return repo::put_setting(tx, name_of_row, written(s));
}

Result<> take_text(std::string& to, const std::optional<std::string>& from, std::string_view what, std::size_t most) {
    if (!from) return {};
    if (utf8::length(*from) > most) return invalid(std::string(what) + " is too long");
    to = *from;
    return {};
}

Result<> take_choice(std::string& to, const std::optional<std::string>& from, std::string_view what, std::span<const std::string_view> among) {
    if (!from) return {};
    if (std::find(among.begin(), among.end(), *from) == among.end()) return invalid(std::string(what) + " is none of the choices");
    to = *from;
    return {};
}

// Without scheme and "www.", in lower case up to the path.
std::string address_of(std::string_view url) {
    auto rest = text::trim(url);
    for (const std::string_view scheme : {"https://", "http://"})
        if (rest.starts_with(scheme)) rest.remove_prefix(scheme.size());
    if (rest.starts_with("www.")) rest.remove_prefix(4);
    while (rest.ends_with('/')) rest.remove_suffix(1);
    const auto slash = std::min(rest.find('/'), rest.size());
    return text::to_lower_ascii(rest.substr(0, slash)) + std::string(rest.substr(slash));
}

Result<> take_urls(SiteSettings& s, const std::optional<std::vector<std::string>>& urls) {
    if (!urls) return {};
    if (urls->size() > limits::blocked_urls_max) return invalid("there are too many blocked URLs");
    s.blocked_urls.clear();
    for (const auto& url : *urls) {
        const auto address = address_of(url);
        if (address.empty() || address.size() > limits::blocked_url_bytes_max || address.find(' ') != address.npos)
            return invalid("\"" + url.substr(0, 80) + "\" is no URL");
        s.blocked_urls.push_back(address);
    }
    return {};
}

Result<> apply(SiteSettings& s, const SiteChange& change) {
    s.groups_by_team_only = change.groups_by_team_only.value_or(s.groups_by_team_only);
    s.mail_reports = change.mail_reports.value_or(s.mail_reports);
    s.mail_applications = change.mail_applications.value_or(s.mail_applications);
    TRY(take_text(s.application_question, change.application_question, "Application question", limits::site_text_characters_max));
    TRY(take_text(s.content_warning, change.content_warning, "Content warning", limits::site_text_characters_max));
    TRY(take_text(s.default_theme, change.default_theme, "Default theme", limits::preference_text_bytes_max));
    TRY(take_choice(s.default_listing, change.default_listing, "default_post_listing_type", listings));
    TRY(take_choice(s.default_listing_mode, change.default_listing_mode, "default_post_listing_mode", listing_modes));
    TRY(take_choice(s.default_post_sort, change.default_post_sort, "default_post_sort_type", post_sorts));
    TRY(take_choice(s.default_comment_sort, change.default_comment_sort, "default_comment_sort_type", comment_sorts));
    if (change.default_page) {
        if (*change.default_page < 1 || *change.default_page > limits::lemmy_page_max) return invalid("default_items_per_page is out of range");
        s.default_page = int(*change.default_page);
    }
    if (change.invites_per_member) {
        if (*change.invites_per_member < 0 || *change.invites_per_member > limits::invites_per_member_max)
            return invalid("max_invites_per_user_allowed is out of range");
        s.invites_per_member = int(*change.invites_per_member);
    }
    return take_urls(s, change.blocked_urls);
}

}  // namespace

Result<SiteSettings> site_settings(Tx& tx) {
    const auto stored = TRY(repo::setting(tx, name_of_row));
    if (!stored) return SiteSettings{};
    return read(TRY(json::Document::parse(*stored)).root());
}

Result<SiteSettings> site_settings(Context& context) {
    return context.db.read([](Tx& tx) { return site_settings(tx); });
}

Result<> change_site(Context& context, Id admin, const SiteChange& change) {
    // Documents are checked by writing them; nothing else is changed where one is refused.
    TRY(require_role(context, admin, model::UserRole::admin));
    auto after = TRY(site_settings(context));
    TRY(apply(after, change));
    const auto changed = [&](DocumentKind kind, const std::optional<std::string>& text) {
        if (!text) return false;
        const auto before = document(context, kind);
        return before ? before->text != *text : !text::trim(*text).empty();
    };
    if (changed(DocumentKind::about, change.about)) TRY(set_document(context, DocumentKind::about, *change.about, 0));
    if (changed(DocumentKind::terms, change.terms)) TRY(set_document(context, DocumentKind::terms, *change.terms, context.clock.now_ms()));
    return context.db.write([&context, change](Tx& tx) -> Result<> {
        auto now = TRY(site_settings(tx));
        TRY(apply(now, change));
        return store(tx, context, std::move(now));
    });
}

Result<> set_site_picture(Context& context, Id admin, SitePicture which, const std::string& name) {
    return context.db.write([&context, admin, which, name](Tx& tx) -> Result<> {
        TRY(require_role(tx, admin, model::UserRole::admin));
        auto settings = TRY(site_settings(tx));
        auto& path = which == SitePicture::icon ? settings.icon : settings.banner;
        constexpr std::string_view below = "/media/";
        if (path.starts_with(below)) TRY(repo::note_file(tx, path.substr(below.size()), {}, {}, context.clock.now_ms()));
        path = name.empty() ? "" : std::string(below) + name;
        return store(tx, context, std::move(settings));
    });
}

bool is_url_blocked(const SiteSettings& settings, std::string_view url) {
    if (settings.blocked_urls.empty() || url.empty()) return false;
    const auto address = address_of(url);
    const auto host = address.substr(0, std::min(address.find_first_of("/:?#"), address.size()));
    return std::any_of(settings.blocked_urls.begin(), settings.blocked_urls.end(), [&](const auto& blocked) {
        if (blocked.find('/') != blocked.npos) return address.starts_with(blocked);
        return host == blocked || address == blocked || (host.size() > blocked.size() && host.ends_with("." + blocked));
    });
}

}  // namespace kith::community
