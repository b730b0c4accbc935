#pragma once
#include "node/community/context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What admins set while the node runs. All else about it stands in its configuration.
namespace kith::community {

struct SiteSettings {
    bool set = false;                     // an admin has said something
    bool groups_by_team_only = false;     // nobody else makes groups
    bool mail_reports = false;            // moderators get a mail of each report, …
    bool mail_applications = false;       // … and of each application
    std::string application_question;     // what those who ask to be let in answer
    std::string content_warning;          // shown before anything else
    std::string default_theme = "browser";
    std::string default_listing = "all", default_listing_mode = "list";
    std::string default_post_sort = "active", default_comment_sort = "hot";
    int default_page = 20;
    int invites_per_member = 0;
    std::vector<std::string> blocked_urls;  // no thread leads there: hosts, or beginnings of URLs without their scheme
    std::string icon, banner;               // paths of pictures in the store; "" for none
    std::optional<TimeMs> updated_at;
};
Result<SiteSettings> site_settings(sql::Tx&);
Result<SiteSettings> site_settings(Context&);

// By an admin; a field that is absent stays. Code::forbidden, and Code::unprocessable for what is too long or none
// of the choices.
struct SiteChange {
    std::optional<bool> groups_by_team_only, mail_reports, mail_applications;
    std::optional<std::string> application_question, content_warning, default_theme, default_listing, default_listing_mode,
        default_post_sort, default_comment_sort;
    std::optional<std::int64_t> default_page, invites_per_member;
    std::optional<std::vector<std::string>> blocked_urls;
    std::optional<std::string> about, terms;  // the documents (documents.hpp), in markdown
};
Result<> change_site(Context&, Id admin, const SiteChange&);

// A name in the store, or "" for none; the one before is swept away.
enum class SitePicture { icon, banner };
Result<> set_site_picture(Context&, Id admin, SitePicture, const std::string& name);

// Whether a thread may lead there.
bool is_url_blocked(const SiteSettings&, std::string_view url);

}  // namespace kith::community
