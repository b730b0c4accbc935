#include "node/community/accounts.hpp"

#include "base/crypto/password.hpp"
#include "base/html/plain.hpp"
#include "base/json/writer.hpp"
#include "base/text/email.hpp"
#include "base/text/fold.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "base/text/url.hpp"
#include "config/limits/community.hpp"
#include "config/limits/links.hpp"
#include "config/limits/media.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/custom_emoji.hpp"
#include "node/community/devices.hpp"
#include "node/community/events.hpp"
#include "node/community/farewell.hpp"
#include "node/community/links.hpp"
#include "node/community/sign_up.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/sign_ups.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::EventKind;
using model::User;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

// One @, both sides there, plain ASCII: what a mail server will take (checklist line 43).
Result<> check_email(std::string_view email) {
    if (!text::is_email_address(email))
        return fail(Code::unprocessable, "that is not an e-mail address", std::string(email));
    return {};
}

struct Person {
    Actor actor;
    User user;
};

Result<Person> person_by_name(Tx& tx, std::string_view name) {
    auto actor = TRY(repo::find_actor_by_name(tx, text::fold(name), ""));
    if (!actor || actor->deleted_at) return not_found();
    auto user = TRY(repo::find_user_by_actor(tx, actor->id));
    if (!user) return not_found();
    return Person{*actor, *user};
}

Result<Actor> living(std::optional<Actor> actor) {
    if (!actor || actor->suspended_at) return not_found();
    if (actor->deleted_at)
        return actor->local ? Result<Actor>(fail(Code::gone, "Gone")) : Result<Actor>(not_found());
    return *actor;
}

// Who is linked to can see that they are meant (microformats.org/wiki/rel-me).
void add_me(std::string& html) {
    constexpr std::string_view rel = "rel=\"";
    for (auto at = html.find(rel); at != html.npos; at = html.find(rel, at + rel.size())) html.insert(at + rel.size(), "me ");
}

// What was verified stays so where the link stays.
std::string fields_json(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view before) {
    const auto old = json::Document::parse(before);
    json::Writer w;
    w.array();
    for (const auto& [name, value] : fields) {
        if (text::trim(name).empty() && text::trim(value).empty()) continue;
        auto html = html::plain_to_html(value);
        // A field is one line: without the paragraph around it.
        if (html.starts_with("<p>") && html.ends_with("</p>"))
            html = html.substr(3, html.size() - 7);
        add_me(html);
        w.object().member("name", name).member("value", html).member("source", value);
        if (old)
            for (auto field : old->root())
                if (field["source"].string_or("") == value)
                    if (const auto verified_at = field["verified_at"].maybe_string()) {
                        w.member("verified_at", *verified_at);
                        break;
                    }
        w.end();
    }
    w.end();
    return w.take();
}

Result<> check_profile(const ProfileChange& change) {
    if (change.display_name &&
        utf8::length(*change.display_name) > limits::display_name_characters_max)
        return fail(Code::unprocessable,
                    "Validation failed: Display name is too long (maximum is " +
                        std::to_string(limits::display_name_characters_max) + " characters)");
    if (change.note && utf8::length(*change.note) > limits::note_characters_max)
        return fail(Code::unprocessable, "Validation failed: Note is too long (maximum is " +
                                             std::to_string(limits::note_characters_max) +
                                             " characters)");
    if (change.fields && change.fields->size() > limits::profile_fields_max)
        return fail(Code::unprocessable, "Validation failed: at most " +
                                             std::to_string(limits::profile_fields_max) +
                                             " profile fields");
    for (const auto& [name, value] :
         change.fields.value_or(std::vector<std::pair<std::string, std::string>>{}))
        if (utf8::length(name) > limits::profile_field_characters_max ||
            utf8::length(value) > limits::profile_field_characters_max)
            return fail(Code::unprocessable, "Validation failed: a profile field is too long");
    for (const auto* text : {&change.avatar_description, &change.header_description})
        if (*text && utf8::length(**text) > limits::media_description_characters_max)
            return fail(Code::unprocessable, "Validation failed: Description is too long");
    return {};
}

// Labels begin and end with a letter or digit (RFC 1123 2.1): "-" is no place to come from, though a peer may
// be called worse.
bool is_host_name(std::string_view host) {
    if (host.starts_with('[')) return true;
    const auto parts = text::split(host.substr(0, host.find(':')), '.');
    return std::all_of(parts.begin(), parts.end(), [](std::string_view label) {
        const auto fits = [](char c) { return text::is_alpha(c) || text::is_digit(c); };
        return !label.empty() && fits(label.front()) && fits(label.back());
    });
}

// As hosts, each once: people write URLs as well.
Result<std::vector<std::string>> attribution_domains_of(const std::vector<std::string>& given) {
    std::vector<std::string> out;
    for (const auto& text : given) {
        auto name = text::trim(text);
        if (name.empty()) continue;
        const auto url = Url::parse(name);
        auto host = url ? Result<std::string>(url->host_port()) : normalize_host(name);
        if (!host || !is_host_name(*host)) return fail(Code::unprocessable, "Validation failed: Attribution domains is invalid: " + std::string(name));
        if (std::find(out.begin(), out.end(), *host) == out.end()) out.push_back(std::move(*host));
    }
    if (out.size() > limits::attribution_domains_max)
        return fail(Code::unprocessable, "Validation failed: Attribution domains are at most " +
                                             std::to_string(limits::attribution_domains_max));
    return out;
}

Result<> change_settings(Tx& tx, Id actor, const ProfileChange& change) {
    if (!change.show_media && !change.show_media_replies && !change.show_featured && !change.attribution_domains && !change.quote_audience)
        return {};
    auto settings = TRY(repo::profile_settings(tx, actor));
    settings.show_media = change.show_media.value_or(settings.show_media);
    settings.show_media_replies = change.show_media_replies.value_or(settings.show_media_replies);
    settings.show_featured = change.show_featured.value_or(settings.show_featured);
    settings.quote_audience = change.quote_audience.value_or(settings.quote_audience);
    if (change.attribution_domains) settings.attribution_domains = TRY(attribution_domains_of(*change.attribution_domains));
    return repo::put_profile_settings(tx, actor, settings);
}

}  // namespace

Result<User> create_person(Context& context, const NewPerson& wanted) {
    TRY(check_new_name(wanted.name));
    TRY(check_email(wanted.email));
    TRY(check_new_password(wanted.password));
    auto hash = TRY(crypto::password_hash(wanted.password, context.random));
    TRY(stock_key_pool(context, 1));
    return context.db.write([&context, wanted, hash](Tx& tx) -> Result<User> {
        auto folded = text::to_lower_ascii(std::string_view(wanted.email));
        if (TRY(repo::find_user_by_email(tx, folded)))
            return fail(Code::unprocessable, "the e-mail address is in use");
        auto actor = new_local_actor(context, model::ActorKind::person, wanted.name);
        actor.discoverable = true;
        actor.indexable = false;
        TRY(store_local_actor(tx, context, actor));
        if (wanted.waiting) TRY(repo::set_suspended(tx, actor.id, actor.created_at));
        User user;
        user.id = context.ids.next();
        user.actor_id = actor.id;
        user.email = wanted.email;
        user.password_hash = hash;
        user.role = wanted.role;
        user.created_at = actor.created_at;
        user.language = wanted.language;
        if (!wanted.waiting) user.confirmed_at = actor.created_at;
        TRY(repo::insert_user(tx, user, folded));
        return user;
    });
}

Result<User> sign_in(Context& context, std::string_view email_or_name, std::string_view password) {
    auto refused = [] {
        return fail(Code::unauthorized, "The name or the password is wrong");
    };
    auto user = TRY(context.db.read([&](Tx& tx) -> Result<std::optional<User>> {
        if (email_or_name.find('@') != email_or_name.npos)
            return repo::find_user_by_email(tx, text::to_lower_ascii(email_or_name));
        auto actor = TRY(repo::find_actor_by_name(tx, text::fold(email_or_name), ""));
        return actor ? repo::find_user_by_actor(tx, actor->id)
                     : Result<std::optional<User>>(std::nullopt);
    }));
    if (!user) {
        crypto::password_verify_absent(password);
        return refused();
    }
    if (!crypto::password_verify(password, user->password_hash) || user->disabled_at)
        return refused();
    if (!user->confirmed_at) return fail(Code::unauthorized, TRY(waits_for(context, user->id)));
    return *user;
}

Result<> set_password(Context& context, std::string_view name, std::string_view password) {
    TRY(check_new_password(password));
    auto hash = TRY(crypto::password_hash(password, context.random));
    return context.db.write([&context, name = std::string(name), hash](Tx& tx) -> Result<> {
        auto person = TRY(person_by_name(tx, name));
        person.user.password_hash = hash;
        TRY(repo::update_user(tx, person.user));
        return sign_out_everywhere(tx, person.user.id, context.clock.now_ms());
    });
}

Result<> suspend_person(Context& context, std::string_view name) {
    return context.db.write([&context, name = std::string(name)](Tx& tx) -> Result<> {
        auto person = TRY(person_by_name(tx, name));
        auto now = context.clock.now_ms();
        person.user.disabled_at = now;
        TRY(repo::update_user(tx, person.user));
        TRY(repo::set_suspended(tx, person.actor.id, now));
        TRY(sign_out_everywhere(tx, person.user.id, now));
        return emit(tx, context, {.kind = EventKind::actor_updated, .actor_id = person.actor.id});
    });
}

Result<> unsuspend_person(Context& context, std::string_view name) {
    return context.db.write([&context, name = std::string(name)](Tx& tx) -> Result<> {
        auto person = TRY(person_by_name(tx, name));
        person.user.disabled_at.reset();
        TRY(repo::update_user(tx, person.user));
        TRY(repo::set_suspended(tx, person.actor.id, {}));
        return emit(tx, context, {.kind = EventKind::actor_updated, .actor_id = person.actor.id});
    });
}

Result<> delete_person(Context& context, std::string_view name) {
    return context.db.write([&context, name = std::string(name)](Tx& tx) -> Result<> {
        return say_farewell(tx, context, TRY(person_by_name(tx, name)).actor);
    });
}

Result<> flag_bot(Context& context, std::string_view acct, bool bot) {
    auto actor = TRY(actor_by_acct(context, acct));
    return context.db.write([&context, actor, bot](Tx& tx) -> Result<> {
        auto changed = actor;
        changed.bot = bot;
        changed.updated_at = context.clock.now_ms();
        TRY(repo::update_actor(tx, changed));
        return changed.local
                   ? emit(tx, context, {.kind = EventKind::actor_updated, .actor_id = actor.id})
                   : Result<>{};
    });
}

Result<Actor> update_profile(Context& context, Id actor_id, const ProfileChange& change) {
    TRY(check_profile(change));
    return context.db.write([&context, actor_id, change](Tx& tx) -> Result<Actor> {
        auto actor = TRY(living(TRY(repo::find_actor(tx, actor_id))));
        if (change.display_name) actor.name = *change.display_name;
        if (change.note) {
            actor.source = *change.note;
            actor.summary = html::plain_to_html(*change.note);
        }
        if (change.locked) actor.locked = *change.locked;
        if (change.bot) actor.bot = *change.bot;
        if (change.discoverable) actor.discoverable = change.discoverable;
        if (change.indexable) actor.indexable = change.indexable;
        if (change.fields) actor.fields = fields_json(*change.fields, actor.fields);
        if (change.fields && !change.fields->empty()) TRY(queue_field_checks(tx, context, actor_id));
        if (change.avatar_description) actor.avatar_description = *change.avatar_description;
        if (change.header_description) actor.header_description = *change.header_description;
        TRY(change_settings(tx, actor_id, change));
        TRY(note_own_emojis(tx, actor));
        actor.updated_at = context.clock.now_ms();
        TRY(repo::update_actor(tx, actor));
        if (auto user = TRY(repo::find_user_by_actor(tx, actor_id))) {
            if (change.default_visibility) user->default_visibility = *change.default_visibility;
            if (change.default_sensitive) user->default_sensitive = *change.default_sensitive;
            if (change.language) user->language = *change.language;
            TRY(repo::update_user(tx, *user));
        }
        TRY(emit(tx, context, {.kind = EventKind::actor_updated, .actor_id = actor_id}));
        return actor;
    });
}

Result<model::ProfileSettings> profile_settings(Context& context, Id actor_id) {
    return context.db.read([&](Tx& tx) { return repo::profile_settings(tx, actor_id); });
}

Result<Actor> actor_by_id(Context& context, Id id) {
    return living(TRY(context.db.read([&](Tx& tx) { return repo::find_actor(tx, id); })));
}

Result<Actor> living_or_suspended(Context& context, Id id) {
    return context.db.read([&](Tx& tx) -> Result<Actor> {
        auto actor = TRY(repo::find_actor(tx, id));
        if (!actor || !actor->suspended_at || actor->deleted_at) return living(std::move(actor));
        const auto sign_up = TRY(repo::find_sign_up_of_actor(tx, id));
        return sign_up && sign_up->waits() ? Result<Actor>(not_found()) : Result<Actor>(std::move(*actor));
    });
}

Result<Actor> actor_by_acct(Context& context, std::string_view acct) {
    if (acct.starts_with('@')) acct.remove_prefix(1);
    auto at = acct.find('@');
    std::string host;
    if (at != acct.npos) {
        auto normal = normalize_host(acct.substr(at + 1));
        if (!normal) return not_found();
        host = *normal;
        if (host == context.config.server.host || host == context.config.server.account_domain)
            host.clear();
    }
    auto name = text::fold(acct.substr(0, at));
    return living(
        TRY(context.db.read([&](Tx& tx) { return repo::find_actor_by_name(tx, name, host); })));
}

Result<Actor> actor_by_ap_id(Context& context, std::string_view ap_id) {
    return living(
        TRY(context.db.read([&](Tx& tx) { return repo::find_actor_by_ap_id(tx, ap_id); })));
}

Result<User> user_by_id(Context& context, Id id) {
    auto user = TRY(context.db.read([&](Tx& tx) { return repo::find_user(tx, id); }));
    if (!user) return not_found();
    return *user;
}

Result<Actor> instance_actor(Context& context) {
    auto known = TRY(context.db.read(
        [&](Tx& tx) { return repo::find_actor_by_ap_id(tx, context.urls.instance_actor()); }));
    if (known) return *known;
    TRY(stock_key_pool(context, 1));
    return context.db.write([&context](Tx& tx) -> Result<Actor> {
        if (auto made = TRY(repo::find_actor_by_ap_id(tx, context.urls.instance_actor())))
            return *made;
        // Its name is the host: no person can take it, because of the dot (FEP-d556).
        auto actor =
            new_local_actor(context, model::ActorKind::application, context.config.server.host);
        actor.name = context.config.server.title;
        TRY(store_local_actor(tx, context, actor));
        return actor;
    });
}

std::string acct_of(const Context&, const Actor& actor) {
    return actor.local ? actor.username : actor.username + "@" + actor.host;
}

}  // namespace kith::community
