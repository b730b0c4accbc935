#include "node/api/oauth/pages.hpp"

#include "node/api/oauth/shell.hpp"

#include <array>

namespace kith::oauth {

namespace {

using kainjow::mustache::data;

constexpr const char* sign_in_body = R"(<h1>Sign in</h1>
{{#app}}<p>to use <strong>{{app}}</strong> with your account here</p>{{/app}}
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<form method="post" action="/auth/sign_in">
{{#carry}}<input type="hidden" name="{{key}}" value="{{value}}">
{{/carry}}<label for="username">Name or e-mail address</label>
<input id="username" name="username" value="{{name}}" autocomplete="username" autocapitalize="none" spellcheck="false" required{{^name}} autofocus{{/name}}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required{{#name}} autofocus{{/name}}>
<button type="submit">Sign in</button>
</form>
{{#forgotten}}<p class="aside"><a href="/auth/password/new">Forgot your password?</a></p>
{{/forgotten}}{{#sign_up}}<p class="aside"><a href="/auth/sign_up{{carry_query}}">Make an account</a></p>
{{/sign_up}})";

constexpr const char* code_wanted_body = R"(<h1>Two-factor sign-in</h1>
<p>Type the six digits that your authenticator app shows now, or one of your recovery codes.</p>
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<form method="post" action="/auth/sign_in/code">
{{#carry}}<input type="hidden" name="{{key}}" value="{{value}}">
{{/carry}}<input type="hidden" name="pending" value="{{pending}}">
<label for="code">Code</label>
<input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required autofocus>
<button type="submit">Sign in</button>
</form>
)";

constexpr const char* consent_body = R"(<h1>Allow {{app}}?</h1>
<p>{{#website}}<a href="{{website}}" rel="nofollow noopener noreferrer">{{app}}</a>{{/website}}{{^website}}<strong>{{app}}</strong>{{/website}}
would act for you, <strong>{{name}}</strong> <span class="quiet">@{{acct}}</span>. It could:</p>
<ul class="permissions">
{{#permissions}}<li>{{text}}</li>
{{/permissions}}</ul>
<form method="post" action="/oauth/authorize" class="choice">
{{#carry}}<input type="hidden" name="{{key}}" value="{{value}}">
{{/carry}}<input type="hidden" name="csrf" value="{{csrf}}">
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny" class="secondary">Deny</button>
</form>
<form method="post" action="/auth/sign_out" class="aside">
{{#carry}}<input type="hidden" name="{{key}}" value="{{value}}">
{{/carry}}<input type="hidden" name="csrf" value="{{csrf}}">
<button type="submit" class="link">Not you? Use another account</button>
</form>
)";

constexpr const char* code_body = R"(<h1>Almost done</h1>
<p>Copy this code and paste it into <strong>{{app}}</strong>:</p>
<p><code class="code" id="authorization-code">{{code}}</code></p>
<p class="quiet">It works once, for ten minutes.</p>
)";

constexpr const char* error_body = R"(<h1>That did not work</h1>
<p class="error" role="alert">{{text}}</p>
)";

constexpr const char* notice_body = R"(<h1>{{heading}}</h1>
<p>{{text}}</p>
)";

}  // namespace

std::string sign_in_page(const SignInPage& p) {
    data values;
    set_if_there(values, "app", p.app);
    set_if_there(values, "error", p.error);
    set_if_there(values, "name", p.name);
    values["forgotten"] = data(p.forgotten);
    values["sign_up"] = data(p.sign_up);
    values["carry_query"] = query_of(p.carry);
    values["carry"] = as_data(p.carry);
    return shell_page(p.node, "Sign in", sign_in_body, values);
}

std::string code_wanted_page(const CodePage& p) {
    data values;
    set_if_there(values, "error", p.error);
    values["pending"] = p.pending;
    values["carry"] = as_data(p.carry);
    return shell_page(p.node, "Two-factor sign-in", code_wanted_body, values);
}

std::string consent_page(const ConsentPage& p) {
    data values;
    values["app"] = p.app;
    set_if_there(values, "website", p.website);
    values["name"] = p.name;
    values["acct"] = p.acct;
    values["csrf"] = p.csrf;
    data list{data::type::list};
    for (const auto& permission : p.permissions) {
        data item;
        item["text"] = permission;
        list << item;
    }
    values["permissions"] = std::move(list);
    values["carry"] = as_data(p.carry);
    return shell_page(p.node, "Allow " + p.app, consent_body, values);
}

std::string code_page(std::string_view node, std::string_view app, std::string_view code) {
    data values;
    values["app"] = std::string(app);
    values["code"] = std::string(code);
    return shell_page(node, "Authorization code", code_body, values);
}

std::string notice_page(std::string_view node, std::string_view heading, std::string_view text) {
    data values;
    values["heading"] = std::string(heading);
    values["text"] = std::string(text);
    return shell_page(node, std::string(heading), notice_body, values);
}

std::string error_page(std::string_view node, std::string_view text) {
    data values;
    values["text"] = std::string(text);
    return shell_page(node, "Error", error_body, values);
}

std::string permission_in_words(std::string_view scope) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 47> words{{
        {"read", "see everything in your account"},
        {"write", "change everything in your account, and post"},
        {"follow", "change whom you follow, block and mute"},
        {"push", "send you notifications"},
        {"profile", "see your name and profile"},
        {"read:accounts", "see your profile and settings"},
        {"read:blocks", "see whom you block"},
        {"read:bookmarks", "see what you bookmarked"},
        {"read:collections", "see your collections of accounts"},
        {"read:favourites", "see what you like"},
        {"read:filters", "see your filters"},
        {"read:follows", "see whom you follow"},
        {"read:lists", "see your lists"},
        {"read:mutes", "see whom you mute"},
        {"read:notifications", "see your notifications"},
        {"read:search", "search for you"},
        {"read:statuses", "see the posts that you can see"},
        {"write:accounts", "change your profile and settings"},
        {"write:blocks", "block and unblock"},
        {"write:bookmarks", "bookmark posts"},
        {"write:collections", "make and change collections of accounts"},
        {"write:conversations", "mute and delete conversations"},
        {"write:favourites", "like and unlike"},
        {"write:filters", "change your filters"},
        {"write:follows", "follow and unfollow"},
        {"write:lists", "change your lists"},
        {"write:media", "upload pictures and recordings"},
        {"write:mutes", "mute and unmute"},
        {"write:notifications", "clear your notifications"},
        {"write:reports", "report others to the moderators"},
        {"write:statuses", "post, edit, boost and delete"},
        {"admin:read", "see all that moderators and admins of this node see"},
        {"admin:read:accounts", "see, as a moderator, who has an account and from where"},
        {"admin:read:reports", "see, as a moderator, what was reported"},
        {"admin:read:domain_allows", "see, as an admin, which hosts are let in"},
        {"admin:read:domain_blocks", "see, as an admin, which hosts are blocked"},
        {"admin:read:ip_blocks", "see, as an admin, which network addresses are blocked"},
        {"admin:read:email_domain_blocks", "see, as an admin, which domains of e-mail addresses are blocked"},
        {"admin:read:canonical_email_blocks", "see, as an admin, which e-mail addresses are blocked"},
        {"admin:write", "do all that moderators and admins of this node do"},
        {"admin:write:accounts", "let in, limit and suspend accounts, as a moderator"},
        {"admin:write:reports", "handle reports, as a moderator"},
        {"admin:write:domain_allows", "change, as an admin, which hosts are let in"},
        {"admin:write:domain_blocks", "change, as an admin, which hosts are blocked"},
        {"admin:write:ip_blocks", "change, as an admin, which network addresses are blocked"},
        {"admin:write:email_domain_blocks", "change, as an admin, which domains of e-mail addresses are blocked"},
        {"admin:write:canonical_email_blocks", "change, as an admin, which e-mail addresses are blocked"},
    }};
    for (const auto& [name, text] : words)
        if (name == scope) return std::string(text);
    return std::string(scope);
}

}  // namespace kith::oauth
