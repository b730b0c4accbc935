#include "node/api/member/security_page.hpp"

#include "node/api/oauth/shell.hpp"

namespace kith::member {

namespace {

using community::Device;
using kainjow::mustache::data;
using oauth::set_if_there;
using oauth::shell_page;

constexpr const char* security_body = R"(<h1>Sign-in and security</h1>
<p class="quiet">@{{acct}}</p>
{{#notice}}<p role="status">{{notice}}</p>{{/notice}}
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<h2>Two-factor sign-in</h2>
{{#enabled}}<p>It is on: besides your password a code of your authenticator app is asked for.
You have {{codes_left}} left.</p>
<form method="post" action="/settings/security/recovery_codes">
<input type="hidden" name="csrf" value="{{csrf}}">
<label for="renew_password">Password</label>
<input id="renew_password" name="password" type="password" autocomplete="current-password" required>
<label for="renew_code">Code</label>
<input id="renew_code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required>
<div class="choice"><button type="submit">Make new recovery codes</button>
<button type="submit" class="secondary" formaction="/settings/security/second_factor/off">Switch it off</button></div>
</form>
{{/enabled}}{{^enabled}}<p>It is off. With it, a code of an authenticator app on your telephone is asked for besides your password.</p>
<form method="post" action="/settings/security/second_factor">
<input type="hidden" name="csrf" value="{{csrf}}">
<label for="start_password">Password</label>
<input id="start_password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Set it up</button>
</form>
{{/enabled}}<h2>Where you are signed in</h2>
<ul class="plain devices">
{{#devices}}<li><strong>{{name}}</strong>{{#here}} <span class="quiet">this browser</span>{{/here}}<br>
<span class="quiet">since {{made}}{{#used}}, last used {{used}}{{/used}}{{#agent}}, {{agent}}{{/agent}}</span>
<form method="post" action="/settings/security/sign_out">
<input type="hidden" name="csrf" value="{{csrf}}">
<input type="hidden" name="{{kind}}" value="{{id}}">
<button type="submit" class="link">Sign out</button>
</form></li>
{{/devices}}</ul>
<form method="post" action="/settings/security/sign_out_others">
<input type="hidden" name="csrf" value="{{csrf}}">
<button type="submit" class="secondary">Sign out everywhere else</button>
</form>
<h2>Password</h2>
<p class="quiet">A new password signs you out everywhere else.</p>
<form method="post" action="/settings/security/password">
<input type="hidden" name="csrf" value="{{csrf}}">
<label for="old_password">Password now</label>
<input id="old_password" name="password" type="password" autocomplete="current-password" required>
<label for="new_password">New password</label>
<input id="new_password" name="new_password" type="password" autocomplete="new-password" required>
<label for="new_password_again">New password again</label>
<input id="new_password_again" name="new_password_again" type="password" autocomplete="new-password" required>
<button type="submit">Change it</button>
</form>
)";

constexpr const char* set_up_body = R"(<h1>Set up two-factor sign-in</h1>
<p>Scan this with your authenticator app, or type the key into it:</p>
{{{qr}}}
<p><code class="code" id="totp-secret">{{secret}}</code></p>
<p class="quiet"><a href="{{uri}}">Open it in an app on this device</a></p>
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
<form method="post" action="/settings/security/second_factor/confirm">
<input type="hidden" name="csrf" value="{{csrf}}">
<label for="code">The code that the app shows now</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required autofocus>
<button type="submit">Switch it on</button>
</form>
<p class="aside"><a href="/settings/security">Not now</a></p>
)";

constexpr const char* recovery_body = R"(<h1>Your recovery codes</h1>
<p>Write these down and keep them safe. Each signs you in once when your app is lost. They are shown this once; codes you had before
are good no more.</p>
<ul class="plain">
{{#codes}}<li><code class="recovery-code">{{code}}</code></li>
{{/codes}}</ul>
<p class="aside"><a href="/settings/security">Done</a></p>
)";

std::string day_of(TimeMs at) { return format_iso8601(at).substr(0, 10); }

data lines_of(const SecurityPage& page) {
    data list{data::type::list};
    for (const auto& device : page.devices) {
        const bool browser = device.kind == Device::Kind::browser;
        data line;
        line["name"] = browser ? "Browser" : device.row.name;
        line["kind"] = browser ? "session" : "token";
        line["id"] = std::to_string(device.row.id);
        line["here"] = data(browser && device.row.id == page.this_session);
        line["made"] = day_of(device.row.made_at);
        set_if_there(line, "used", device.row.used_at ? day_of(*device.row.used_at) : "");
        set_if_there(line, "agent", device.row.user_agent);
        list << line;
    }
    return list;
}

}  // namespace

std::string security_page(const SecurityPage& page) {
    data values;
    values["acct"] = page.acct;
    values["csrf"] = page.csrf;
    set_if_there(values, "notice", page.notice);
    set_if_there(values, "error", page.error);
    values["enabled"] = data(page.second_factor.enabled);
    const auto left = page.second_factor.recovery_codes_left;
    values["codes_left"] = std::to_string(left) + (left == 1 ? " recovery code" : " recovery codes");
    values["devices"] = lines_of(page);
    return shell_page(page.node, "Sign-in and security", security_body, values);
}

std::string set_up_page(const SetUpPage& page) {
    data values;
    values["csrf"] = page.csrf;
    set_if_there(values, "error", page.error);
    values["secret"] = page.offered.secret;
    values["uri"] = page.offered.uri;
    values["qr"] = page.qr_svg;
    return shell_page(page.node, "Set up two-factor sign-in", set_up_body, values);
}

std::string recovery_codes_page(std::string_view node, const std::vector<std::string>& codes) {
    data list{data::type::list};
    for (const auto& code : codes) {
        data line;
        line["code"] = code;
        list << line;
    }
    data values;
    values["codes"] = std::move(list);
    return shell_page(node, "Recovery codes", recovery_body, values);
}

}  // namespace kith::member
