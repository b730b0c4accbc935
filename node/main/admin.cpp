#include "node/main/admin.hpp"

#include "base/crypto/digest.hpp"
#include "base/json/writer.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/groups.hpp"
#include "node/community/key_rotation.hpp"
#include "node/community/second_factor.hpp"
#include "node/main/admin_catch_up.hpp"
#include "node/main/admin_domains.hpp"
#include "node/main/admin_emoji.hpp"
#include "node/main/admin_group_moves.hpp"
#include "node/main/admin_moves.hpp"
#include "node/main/admin_ops.hpp"
#include "node/main/admin_peers.hpp"
#include "node/main/admin_relays.hpp"
#include "node/main/admin_reports.hpp"
#include "node/main/admin_sign_up.hpp"
#include "node/main/admin_words.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/oauth.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>

namespace kith {

namespace {

using community::Context;
using Run = std::function<Result<std::string>(Context&, const AdminRequest&)>;

constexpr std::string_view command_line_app = "command line";

Result<std::string> user_add(Context& context, const AdminRequest& r) {
    community::NewPerson person{
        .name = r.text("NAME"), .email = r.text("--email"), .password = r.text("--password")};
    auto role = r.text("--role");
    person.role = role == "admin"       ? model::UserRole::admin
                  : role == "moderator" ? model::UserRole::moderator
                                        : model::UserRole::member;
    TRY(community::create_person(context, person));
    return "created @" + person.name + "@" + context.config.server.account_domain + "\n";
}

Result<std::string> user_password(Context& context, const AdminRequest& r) {
    TRY(community::set_password(context, r.text("NAME"), r.text("--password")));
    return std::string("password set; every session and token has ended\n");
}

Result<std::string> user_reset_second_factor(Context& context, const AdminRequest& r) {
    const auto actor = TRY(community::actor_by_acct(context, r.text("NAME")));
    const auto user = TRY(context.db.read([&](sql::Tx& tx) { return repo::find_user_by_actor(tx, actor.id); }));
    if (!user) return fail(Code::not_found, "no local account has that name");
    TRY(community::remove_second_factor(context, *user));
    return std::string("two-factor sign-in is off\n");
}

Result<std::string> user_suspend(Context& context, const AdminRequest& r) {
    TRY(r.has("--undo") ? community::unsuspend_person(context, r.text("NAME"))
                        : community::suspend_person(context, r.text("NAME")));
    return std::string(r.has("--undo") ? "no longer suspended\n" : "suspended\n");
}

Result<std::string> user_delete(Context& context, const AdminRequest& r) {
    TRY(community::delete_person(context, r.text("NAME")));
    return std::string("deleted; the name is not given again\n");
}

Result<std::string> user_flag(Context& context, const AdminRequest& r) {
    TRY(community::flag_bot(context, r.text("NAME"), !r.has("--undo")));
    return std::string(r.has("--undo") ? "no longer flagged as a bot\n" : "flagged as a bot\n");
}

Result<std::string> user_rotate_keys(Context& context, const AdminRequest& r) {
    const int wanted = r.has("NAME") + r.has("--all") + r.has("--instance");
    if (wanted != 1) return fail(Code::unprocessable, "give a NAME, --all or --instance");
    if (r.has("--all"))
        return "new keys for " + std::to_string(TRY(community::rotate_all_keys(context))) +
               " actors\n";
    TRY(r.has("--instance") ? community::rotate_instance_keys(context)
                            : community::rotate_keys(context, r.text("NAME")));
    return std::string("new keys; peers are told\n");
}

Result<std::string> group_add(Context& context, const AdminRequest& r) {
    auto owner = TRY(community::actor_by_acct(context, r.text("--owner")));
    auto group = TRY(community::create_group(
        context, owner.id,
        {.name = r.text("NAME"),
         .title = r.text("--title"),
         .description = r.text("--description"),
         .posting = r.text("--posting") == "members"      ? model::PostingPolicy::members
                    : r.text("--posting") == "moderators" ? model::PostingPolicy::moderators
                                                          : model::PostingPolicy::everyone,
         .approval = r.has("--approval"),
         .by_operator = true}));
    return "created " + group.ap_id + "\n";
}

Result<std::string> group_member(Context& context, const AdminRequest& r) {
    auto group = TRY(community::actor_by_acct(context, r.text("NAME")));
    auto actor = TRY(community::actor_by_acct(context, r.text("ACTOR")));
    static const std::array<std::pair<std::string_view, model::GroupRole>, 4> roles{
        {{"owner", model::GroupRole::owner},
         {"moderator", model::GroupRole::moderator},
         {"greeter", model::GroupRole::greeter},
         {"member", model::GroupRole::member}}};
    auto role = std::find_if(roles.begin(), roles.end(),
                             [&](const auto& pair) { return pair.first == r.text("--role"); });
    if (role == roles.end())
        return fail(Code::unprocessable, "--role is owner, moderator, greeter or member");
    TRY(community::set_role(context, group.id, actor.id, role->second));
    return community::acct_of(context, actor) + " is " + std::string(role->first) + " of " +
           group.username + "\n";
}

// The application that tokens made here belong to.
Result<Id> command_line_client(sql::Tx& tx, Context& context) {
    if (auto app = TRY(repo::find_app_by_client_id(tx, command_line_app))) return app->id;
    model::OAuthApp app{
        context.ids.next(),       std::string(command_line_app), "", "kith command line", "", "",
        "read write follow push", context.clock.now_ms()};
    TRY(repo::insert_app(tx, app));
    return app.id;
}

Result<std::string> token_create(Context& context, const AdminRequest& r) {
    auto actor = TRY(community::actor_by_acct(context, r.text("NAME")));
    auto scopes = r.has("--scopes") ? r.text("--scopes") : std::string("read write follow");
    for (auto scope : text::split(scopes, ' '))
        if (!scope.empty() && !oauth::is_known_scope(scope))
            return fail(Code::unprocessable,
                        "unknown scope \"" + std::string(scope) +
                            "\"; scopes are read, write, follow, push, admin:read, admin:write and "
                            "their parts");
    auto secret = context.random.token(32);
    TRY(context.db.write([&](sql::Tx& tx) -> Result<> {
        auto user = TRY(repo::find_user_by_actor(tx, actor.id));
        if (!user) return fail(Code::not_found, "no local account has that name");
        model::OAuthToken token;
        token.id = context.ids.next();
        token.token_hash = crypto::hash_secret(secret);
        token.app_id = TRY(command_line_client(tx, context));
        token.user_id = user->id;
        token.scopes = scopes;
        token.created_at = context.clock.now_ms();
        return repo::insert_token(tx, token);
    }));
    return secret + "\n";
}

const std::map<std::string, Run>& commands() {
    static const std::map<std::string, Run> table{
        {"user add", user_add},
        {"user password", user_password},
        {"user reset-second-factor", user_reset_second_factor},
        {"user suspend", user_suspend},
        {"user delete", user_delete},
        {"user waiting", user_waiting},
        {"user approve", user_approve},
        {"user reject", user_reject},
        {"invite create", invite_create},
        {"invite list", invite_list},
        {"invite revoke", invite_revoke},
        {"user flag", user_flag},
        {"user alias add", alias_add},
        {"user alias remove", alias_remove},
        {std::string(move_command), user_move},
        {std::string(rotate_command), user_rotate_keys},
        {"group add", group_add},
        {"group member", group_member},
        {std::string(group_move_command), group_move},
        {"group take-over", group_take_over},
        {"group moves", group_moves},
        {"token create", token_create},
        {"peers list", peers_list},
        {"peers show", peers_show},
        {"peers catch-up", catch_up_without_node},
        {"post delivery", post_delivery},
        {"refusals", refusals_list},
        {"rule add", rule_add},
        {"rule remove", rule_remove},
        {"rule list", rule_list},
        {"announcement add", announcement_add},
        {"announcement remove", announcement_remove},
        {"announcement list", announcement_list},
        {"document set", document_set},
        {std::string(emoji_add_command), emoji_without_node},
        {std::string(emoji_import_command), emoji_without_node},
        {"emoji remove", emoji_remove},
        {"emoji list", emoji_list},
        {"document show", document_show},
        {"relay add", relay_add},
        {"relay remove", relay_remove},
        {"relay list", relay_list},
        {"report list", report_list},
        {"report show", report_show},
        {"report resolve", report_resolve},
        {"ops import-events", ops_import},
        {"ops report", ops_report},
        {"ops opt-out", ops_opt_out},
        {"domain block", domain_block},
        {"domain unblock", domain_unblock},
        {"domain list", domain_list},
        {"domain export", domain_export},
        {"domain import", domain_import},
        {"domain allow", domain_allow},
        {"domain disallow", domain_disallow},
        {std::string(subscribe_command), subscribe_without_node},
        {"domain unsubscribe", domain_unsubscribe},
        {"domain subscriptions", domain_subscriptions},
    };
    return table;
}

// The sentence of the API names nothing, because its client knows what it asked for.
constexpr std::string_view nothing_found = "Record not found";

std::string what_was_not_found(Context& context, const AdminRequest& r) {
    const auto told = [&r](const std::string& key) { return "not found: " + key + " \"" + r.text(key) + "\""; };
    for (const std::string key : {"--owner", "--group", "NAME"})
        if (r.has(key) && !community::actor_by_acct(context, r.text(key))) return told(key);
    for (const std::string key : {"ACTOR", "ID", "POST", "NAME"})
        if (r.has(key)) return told(key);
    return std::string(nothing_found);
}

}  // namespace

std::string AdminRequest::text(const std::string& key) const {
    auto found = values.find(key);
    return found == values.end() || found->second.empty() ? std::string() : found->second.front();
}

Result<std::string> run_admin(Context& context, const AdminRequest& request) {
    auto found = commands().find(request.name);
    if (found == commands().end())
        return fail(Code::invalid,
                    "unknown command \"" + request.name + "\": is the node an older one?");
    auto answer = found->second(context, request);
    if (!answer && answer.error().safe_text == nothing_found) return fail(Code::not_found, what_was_not_found(context, request));
    return answer;
}

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(Code::not_found, "cannot read " + path);
    std::string bytes(bytes_max + 1, '\0');
    file.read(bytes.data(), std::streamsize(bytes.size()));
    bytes.resize(std::size_t(file.gcount()));
    if (file.bad()) return fail(Code::not_found, "cannot read " + path);  // a directory opens, and is not read
    if (bytes.size() > bytes_max)
        return fail(Code::too_large, path + " is larger than " + std::to_string(bytes_max) + " bytes");
    return bytes;
}

std::string to_json(const AdminRequest& request) {
    json::Writer w;
    w.object().member("name", request.name).key("values").object();
    for (const auto& [key, values] : request.values) {
        w.key(key).array();
        for (const auto& value : values) w.value(value);
        w.end();
    }
    w.end().end();
    return w.take();
}

Result<AdminRequest> parse_admin_request(std::string_view text) {
    auto document = TRY(json::Document::parse(text));
    AdminRequest request;
    request.name = TRY(document["name"].string());
    auto values = document["values"];
    for (std::size_t i = 0; i < values.member_count(); ++i)
        for (auto value : values.member(i))
            request.values[std::string(values.member_name(i))].emplace_back(value.string_or(""));
    return request;
}

}  // namespace kith
