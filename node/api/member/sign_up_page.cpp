#include "node/api/member/sign_up_page.hpp"

#include "config/limits/community.hpp"
#include "node/api/oauth/shell.hpp"

namespace kith::member {

namespace {

using kainjow::mustache::data;

constexpr const char* body = R"(<h1>Make an account</h1>
<p class="quiet">on {{host}}</p>
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<form method="post" action="/auth/sign_up">
{{#carry}}<input type="hidden" name="{{key}}" value="{{value}}">
{{/carry}}<label for="username">Name</label>
<input id="username" name="username" value="{{name}}" autocomplete="username" autocapitalize="none" spellcheck="false" required{{#username_error}} aria-invalid="true"{{/username_error}} aria-describedby="username-hint username-error">
<p class="hint quiet" id="username-hint">Letters, digits and underscores. It cannot be changed later.</p>
{{#username_error}}<p class="error" id="username-error" role="alert">This name {{username_error}}.</p>{{/username_error}}
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" value="{{email}}" autocomplete="email" required{{#email_error}} aria-invalid="true"{{/email_error}} aria-describedby="email-error">
{{#email_error}}<p class="error" id="email-error" role="alert">This address {{email_error}}.</p>{{/email_error}}
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="{{password_min}}" required{{#password_error}} aria-invalid="true"{{/password_error}} aria-describedby="password-hint password-error">
<p class="hint quiet" id="password-hint">At least {{password_min}} characters.</p>
{{#password_error}}<p class="error" id="password-error" role="alert">The password {{password_error}}.</p>{{/password_error}}
{{#asks_reason}}<label for="reason">Why do you want to join?</label>
<textarea id="reason" name="reason" rows="4"{{#reason_error}} aria-invalid="true"{{/reason_error}} aria-describedby="reason-hint reason-error">{{reason}}</textarea>
<p class="hint quiet" id="reason-hint">A moderator reads it before you are let in.</p>
{{#reason_error}}<p class="error" id="reason-error" role="alert">The reason {{reason_error}}.</p>{{/reason_error}}
{{/asks_reason}}{{#asks_invite}}<label for="invite_code">Invite code{{^needs_invite}}, if you have one{{/needs_invite}}</label>
<input id="invite_code" name="invite_code" value="{{invite}}" autocomplete="off" autocapitalize="none" spellcheck="false"{{#invite_code_error}} aria-invalid="true"{{/invite_code_error}} aria-describedby="invite_code-error">
{{#invite_code_error}}<p class="error" id="invite_code-error" role="alert">The invite code {{invite_code_error}}.</p>{{/invite_code_error}}
{{/asks_invite}}{{#captcha_png}}<label for="captcha_answer">The letters in this picture</label>
<p><img src="data:image/png;base64,{{captcha_png}}" alt="Letters that programs cannot read"></p>
<input type="hidden" name="captcha_id" value="{{captcha_id}}">
<input id="captcha_answer" name="captcha_answer" autocomplete="off" autocapitalize="characters" spellcheck="false" required{{#captcha_error}} aria-invalid="true"{{/captcha_error}} aria-describedby="captcha-error">
{{#captcha_error}}<p class="error" id="captcha-error" role="alert">What you read {{captcha_error}}.</p>{{/captcha_error}}
{{/captcha_png}}{{#has_rules}}<h2>What everybody here agrees to</h2>
<ol class="rules">
{{#rules}}<li>{{text}}{{#hint}}<br><span class="quiet">{{hint}}</span>{{/hint}}</li>
{{/rules}}</ol>
{{/has_rules}}<label class="tick"><input type="checkbox" name="agreement" value="true" required{{#agreed}} checked{{/agreed}}{{#agreement_error}} aria-invalid="true"{{/agreement_error}} aria-describedby="agreement-error"> I agree to {{#has_rules}}these rules{{/has_rules}}{{^has_rules}}the rules of this node{{/has_rules}}</label>
{{#agreement_error}}<p class="error" id="agreement-error" role="alert">The rules {{agreement_error}}.</p>{{/agreement_error}}
<button type="submit">Make the account</button>
</form>
<p class="aside"><a href="/auth/sign_in{{carry_query}}">You have one already? Sign in</a></p>
)";

data rules_of(const SignUpPage& page) {
    data list{data::type::list};
    for (const auto& rule : page.rules) {
        data line;
        line["text"] = rule.text;
        oauth::set_if_there(line, "hint", rule.hint);
        list << line;
    }
    return list;
}

}  // namespace

std::string sign_up_page(const SignUpPage& page) {
    data values;
    values["host"] = page.host;
    oauth::set_if_there(values, "error", page.error);
    values["name"] = page.name;
    values["email"] = page.email;
    values["reason"] = page.reason;
    values["invite"] = page.invite;
    values["password_min"] = std::to_string(limits::password_characters_min);
    values["asks_reason"] = data(page.asks_reason);
    values["asks_invite"] = data(page.asks_invite);
    values["agreed"] = data(page.agreed);
    values["needs_invite"] = data(page.needs_invite);
    oauth::set_if_there(values, "captcha_png", page.captcha_png);
    values["captcha_id"] = page.captcha_id;
    values["has_rules"] = data(!page.rules.empty());
    values["rules"] = rules_of(page);
    for (const auto* field : {"username", "email", "password", "reason", "invite_code", "captcha", "agreement"})
        values.set(std::string(field) + "_error", data(false));
    for (const auto& error : page.errors) values.set(std::string(error.field) + "_error", data(error.text));
    values["carry"] = oauth::as_data(page.carry);
    values["carry_query"] = oauth::query_of(page.carry);
    return oauth::shell_page(page.node, "Make an account", body, values);
}

}  // namespace kith::member
