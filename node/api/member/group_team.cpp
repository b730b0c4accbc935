// What waits for a group's team, as a page for those whose role lets them see it: /c/NAME/team. It works without
// JavaScript. What may be done is judged by the community's functions; to everybody else there is no such page.
#include "base/html/to_text.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/api/member/routes.hpp"
#include "node/api/oauth/browser_session.hpp"
#include "node/api/oauth/page_answers.hpp"
#include "node/api/oauth/shell.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_appeals.hpp"
#include "node/community/group_queue.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_team.hpp"
#include "node/community/relations.hpp"
#include "node/community/reports.hpp"
#include "node/http/exchange.hpp"
#include "node/http/middleware.hpp"
#include "storage/repo/group_profiles.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace kith::member {

namespace {

using community::Context;
using community::GroupRight;
using http::Exchange;
using kainjow::mustache::data;
using oauth::set_if_there;

constexpr const char* team_body = R"(<h1>Team of <a href="{{group_url}}">{{group}}</a></h1>
<p class="quiet">@{{acct}}, {{role}} · <a href="{{group_url}}/moderation">what was done</a></p>
{{#notice}}<p role="status">{{notice}}</p>{{/notice}}
{{#error}}<p class="error" role="alert">{{error}}</p>{{/error}}
{{#see_reports}}<h2>Reports</h2>
{{^reports}}<p class="quiet">None is open.</p>{{/reports}}
<ul class="plain devices">
{{#reports}}<li><strong>{{target}}</strong> <span class="quiet">reported by {{reporter}}, {{day}}</span>
<p>{{comment}}</p>
{{#texts}}<blockquote>{{#title}}<strong>{{title}}</strong><br>{{/title}}{{text}}</blockquote>
{{/texts}}<form method="post" action="{{here}}/report">
<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="id" value="{{id}}">
<button type="submit">Resolved</button>
</form></li>
{{/reports}}</ul>
{{/see_reports}}
{{#approve}}<h2>Posts that wait</h2>
{{^posts}}<p class="quiet">None waits.</p>{{/posts}}
<ul class="plain devices">
{{#posts}}<li><strong>{{author}}</strong> <span class="quiet">{{day}}: {{why}}</span>
<blockquote>{{#title}}<strong>{{title}}</strong><br>{{/title}}{{text}}{{#link}}<br>{{link}}{{/link}}{{#pictures}}<br>Picture: {{description}} {{url}}{{/pictures}}</blockquote>
<form method="post" action="{{here}}/post">
<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="id" value="{{id}}">
<button type="submit" name="do" value="approve">Let it out</button>
</form>
<form method="post" action="{{here}}/post">
<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="id" value="{{id}}">
<label for="post_{{id}}">Why not</label>
<input id="post_{{id}}" name="reason" maxlength="{{reason_max}}" required>
<button type="submit" name="do" value="refuse" class="secondary">Refuse it</button>
</form></li>
{{/posts}}</ul>
{{/approve}}
{{#let_in}}<h2>Who asks to join</h2>
{{^requests}}<p class="quiet">Nobody does.</p>{{/requests}}
<ul class="plain devices">
{{#requests}}<li><strong>{{person}}</strong>
{{#answers}}<p class="quiet">{{question}}</p>
<blockquote>{{answer}}</blockquote>
{{/answers}}<form method="post" action="{{here}}/request">
<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="id" value="{{id}}">
<button type="submit" name="do" value="accept">Let in</button>
<button type="submit" name="do" value="reject" class="secondary">Refuse</button>
</form></li>
{{/requests}}</ul>
{{/let_in}}
{{#decide_appeals}}<h2>Appeals</h2>
{{^appeals}}<p class="quiet">None waits.</p>{{/appeals}}
<ul class="plain devices">
{{#appeals}}<li><strong>{{appellant}}</strong> <span class="quiet">{{day}}, against: {{act}}</span>
<blockquote>{{text}}</blockquote>
<form method="post" action="{{here}}/appeal">
<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="id" value="{{id}}">
<button type="submit" name="do" value="accept">Take the act back</button>
</form>
<form method="post" action="{{here}}/appeal">
<input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="id" value="{{id}}">
<label for="appeal_{{id}}">Why it stands</label>
<input id="appeal_{{id}}" name="reason" maxlength="{{reason_max}}" required>
<button type="submit" name="do" value="refuse" class="secondary">Refuse</button>
</form></li>
{{/appeals}}</ul>
{{/decide_appeals}}
)";

struct Page {
    Context& context;
    Exchange& exchange;
    const http::Params& params;
    const oauth::SignedIn& who;
    model::Actor group;
    model::TeamRole role;

    std::string path() const { return "/c/" + group.username + "/team"; }
    bool may(GroupRight right) const { return community::may(role, right); }
};

std::string acct(const Page& p, const model::Actor& actor) { return "@" + community::acct_of(p.context, actor); }
std::string day(TimeMs at) { return format_iso8601(at).substr(0, 10); }

data item(const Page& p, Id id) {
    data row;
    row.set("id", std::to_string(id));
    row.set("csrf", p.who.session.csrf_token);
    row.set("here", p.path());
    row.set("reason_max", std::to_string(limits::moderation_reason_characters_max));
    return row;
}

community::PageRequest newest() { return {.max_id = {}, .since_id = {}, .min_id = {}, .limit = limits::team_queue_page}; }

// Whom a report is about does not decide it.
Result<data> reports(const Page& p) {
    data out{data::type::list};
    repo::ReportFilter filter;
    filter.resolved = false;
    filter.group_id = p.group.id;
    for (const auto& view : TRY(community::team_reports(p.context, p.who.actor.id, filter, newest())).items) {
        if (view.report.target_id == p.who.actor.id) continue;
        auto row = item(p, view.report.id);
        row.set("target", acct(p, view.target));
        row.set("reporter", view.report.origin_host.empty() ? acct(p, view.reporter) : view.report.origin_host);
        row.set("day", day(view.report.created_at));
        row.set("comment", view.report.comment);
        data texts{data::type::list};
        for (const auto& said : view.texts) {
            data text;
            set_if_there(text, "title", said.title);
            text.set("text", said.text);
            texts << text;
        }
        row.set("texts", texts);
        out << row;
    }
    return out;
}

// The text alone; of pictures the address, and nothing of another server is fetched.
Result<data> posts(const Page& p) {
    data out{data::type::list};
    for (const auto& waiting : TRY(community::waiting_posts(p.context, p.who.actor.id, p.group.id, newest())).items) {
        auto row = item(p, waiting.post.id);
        row.set("author", acct(p, waiting.author));
        row.set("day", day(waiting.post.received_at));
        row.set("why", waiting.held.why);
        set_if_there(row, "title", waiting.post.title.empty() ? waiting.post.summary : waiting.post.title);
        row.set("text", html::to_text(waiting.post.content));
        set_if_there(row, "link", waiting.post.link_url);
        data pictures{data::type::list};
        for (const auto& picture : waiting.attachments) {
            data one;
            one.set("url", p.context.urls.file(picture.url));
            one.set("description", picture.description);
            pictures << one;
        }
        row.set("pictures", pictures);
        out << row;
    }
    return out;
}

Result<data> requests(const Page& p) {
    data out{data::type::list};
    const auto questions = TRY(p.context.db.read([&](sql::Tx& tx) { return repo::group_profile(tx, p.group.id); })).questions;
    for (const auto& person : TRY(community::follow_requests(p.context, p.group.id, newest())).items) {
        auto row = item(p, person.id);
        row.set("person", acct(p, person));
        data answers{data::type::list};
        const auto given = TRY(community::answers_of(p.context, p.group.id, person.id));
        for (std::size_t i = 0; given && i < given->answers.size(); ++i) {
            data answer;
            answer.set("question", i < questions.size() ? questions[i] : std::string());
            answer.set("answer", given->answers[i]);
            answers << answer;
        }
        row.set("answers", answers);
        out << row;
    }
    return out;
}

Result<data> appeals(const Page& p) {
    data out{data::type::list};
    for (const auto& view : TRY(community::appeals(p.context, p.who.actor.id, p.group.id, false, newest())).items) {
        if (view.appeal.actor_id == p.who.actor.id) continue;
        auto row = item(p, view.appeal.id);
        row.set("appellant", acct(p, view.appellant));
        row.set("day", day(view.appeal.at));
        std::string act(community::group_act_name(view.act.act.kind));
        std::replace(act.begin(), act.end(), '_', ' ');
        row.set("act", act + ". " + view.act.act.reason);
        row.set("text", view.appeal.text);
        out << row;
    }
    return out;
}

Result<> show(const Page& p, int status, const std::string& error) {
    data values;
    const auto title = p.group.name.empty() ? p.group.username : p.group.name;
    values.set("group", title);
    values.set("group_url", "/c/" + p.group.username);
    values.set("acct", p.who.actor.username);
    values.set("role", std::string(community::team_role_name(p.role)));
    set_if_there(values, "notice", p.params.get_or("done", "") == "yes" ? "Done." : "");
    set_if_there(values, "error", error);
    const auto section = [&](const char* right, const char* name, bool shown, auto load) -> Result<> {
        values.set(right, data(shown));
        if (shown) values.set(name, TRY(load(p)));
        return {};
    };
    TRY(section("see_reports", "reports", p.may(GroupRight::see_reports), reports));
    TRY(section("approve", "posts", p.may(GroupRight::approve), posts));
    TRY(section("let_in", "requests", p.may(GroupRight::let_in), requests));
    TRY(section("decide_appeals", "appeals", p.may(GroupRight::decide_appeals), appeals));
    return oauth::answer_page(p.exchange, status,
                              oauth::shell_page(p.context.config.server.title, "Team of " + title, team_body, values));
}

Failure not_found() { return fail(Code::not_found, "Record not found"); }

// ---- what the forms do

Result<> do_report(const Page& p, Id id, std::string_view) {
    const auto before = TRY(community::report(p.context, p.who.actor.id, id));
    if (before.report.group_id != p.group.id) return not_found();
    TRY(community::resolve_report(p.context, p.who.actor.id, id));
    return {};
}

Result<> do_post(const Page& p, Id id, std::string_view what) {
    community::NewGroupAct act;
    act.kind = what == "approve" ? model::GroupActKind::approve_post : model::GroupActKind::remove_post;
    act.group_id = p.group.id;
    act.post_id = id;
    act.reason = std::string(p.params.get_or("reason", ""));
    TRY(community::moderate(p.context, p.who.actor.id, act));
    return {};
}

Result<> do_request(const Page& p, Id person, std::string_view what) {
    TRY(p.context.db.read([&](sql::Tx& tx) -> Result<> {
        TRY(community::require_right(tx, p.group, p.who.actor.id, GroupRight::let_in));
        return {};
    }));
    TRY((what == "accept" ? community::authorize_follow : community::reject_follow)(p.context, p.group.id, person));
    return {};
}

Result<> do_appeal(const Page& p, Id id, std::string_view what) {
    const auto end = what == "accept" ? community::AppealEnd::accepted : community::AppealEnd::refused;
    TRY(community::decide_appeal(p.context, p.who.actor.id, id, end, p.params.get_or("reason", "")));
    return {};
}

using Deed = Result<> (*)(const Page&, Id, std::string_view);

// The page with what went wrong, where the form was somebody's own.
Result<> take_form(const Page& p, Deed deed, const std::vector<std::string_view>& choices) {
    const auto id = p.params.id("id");
    const auto what = p.params.get_or("do", "");
    if (!id || (!choices.empty() && std::find(choices.begin(), choices.end(), what) == choices.end()))
        return show(p, 422, "The form is not complete.");
    if (const auto done = deed(p, *id, what); !done)
        return done.error().code == Code::internal ? Result<>(tl::unexpected(done.error())) : show(p, http::status_of(done.error().code), done.error().safe_text);
    return p.exchange.redirect(p.path() + "?done=yes", 303);
}

// Nobody else learns that there is such a page: not who is signed in nowhere, and no member without a role.
template <class Method>
Result<> with_team(Context& context, Exchange& exchange, Method method) {
    http::protect_page(exchange);
    const auto missing = [&] { return oauth::refuse_page(context, exchange, 404, "There is no such page."); };
    const auto& params = *TRY(exchange.params());
    const auto who = TRY(oauth::signed_in(context, exchange));
    if (!who) return missing();
    const auto group = community::actor_by_acct(context, exchange.param("name"));
    if (!group || !group->local || !group->is_group()) return missing();
    const auto role = TRY(context.db.read([&](sql::Tx& tx) { return community::team_role(tx, *group, who->actor.id); }));
    if (role == model::TeamRole::none) return missing();
    if (exchange.method() == "POST" && !oauth::is_own_form(params.get_or("csrf", ""), *who))
        return oauth::refuse_foreign_form(context, exchange);
    return method(Page{context, exchange, params, *who, *group, role});
}

}  // namespace

void add_group_team_routes(http::Router& router, Context& context) {
    router.add("GET", "/c/:name/team",
               [&context](Exchange& x) { return with_team(context, x, [](const Page& p) { return show(p, 200, {}); }); });
    const auto form = [&](const std::string& path, Deed deed, std::initializer_list<std::string_view> choices) {
        router.add("POST", "/c/:name/team/" + path, [&context, deed, choices = std::vector(choices)](Exchange& x) {
            return with_team(context, x, [&](const Page& p) { return take_form(p, deed, choices); });
        });
    };
    form("report", do_report, {});
    form("post", do_post, {"approve", "refuse"});
    form("request", do_request, {"accept", "reject"});
    form("appeal", do_appeal, {"accept", "refuse"});
}

}  // namespace kith::member
