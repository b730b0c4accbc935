// A group's team: who may do what, reports, appeals, notes, who asks to be let in, bans that wait for a second
// moderator. What a team sees is nobody else's.
#include "base/core/clock.hpp"
#include "base/json/writer.hpp"
#include "config/limits/groups.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_groups.hpp"
#include "node/community/group_appeals.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_team.hpp"
#include "node/community/relations.hpp"
#include "node/community/reports.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::own_api {

namespace {

using community::AppealView;
using community::GroupRight;
using community::ReportView;
using http::Exchange;
using json::Writer;

// ---- roles

// Anybody may know who is in a team, and what each may do.
Result<> show_team(const ApiContext& api, Exchange& exchange) {
    const auto team = TRY(community::team_of(api.community, TRY(group_of(api, exchange)).id));
    return answer_list(exchange, team, [&](Writer& w, const community::TeamMember& member) {
        w.object().member("role", community::team_role_name(member.role));
        write_actor(w, api, "account", member.actor);
        w.key("rights").array();
        for (const auto& row : community::group_rights)
            if (may(member.role, row.right)) w.value(row.name);
        w.end().end();
    });
}

Result<> show_rights(const ApiContext&, Exchange& exchange) {
    return answer_list(exchange, community::group_rights, [](Writer& w, const community::GroupRightRow& row) {
        w.object().member("right", row.name).member("from", community::team_role_name(row.from)).end();
    });
}

// ---- reports

void write_report(Writer& w, const ApiContext& api, const ReportView& view) {
    const auto& report = view.report;
    w.object().member("id", std::to_string(report.id)).member("comment", report.comment).member("category", report.category);
    w.member("origin_host", report.origin_host);
    write_actor(w, api, "reporter", view.reporter);
    write_actor(w, api, "target", view.target);
    write_actor(w, api, "group", view.group);
    w.key("statuses").array();
    for (const auto& text : view.texts) {
        w.object().member("id", std::to_string(text.post_id)).member("title", text.title).member("text", text.text);
        const auto post = std::find_if(view.posts.begin(), view.posts.end(), [&](const auto& p) { return p.id == text.post_id; });
        w.member("uri", post == view.posts.end() ? std::string() : post->ap_id).end();
    }
    w.end().member("at", format_iso8601(report.created_at));
    write_time(w, "resolved_at", report.resolved_at);
    write_actor(w, api, "resolver", view.resolved_by);
    w.end();
}

Result<> list_reports(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(reader(api, exchange));
    const auto id = TRY(exchange.id_param());
    TRY(api.community.db.read([&](sql::Tx& tx) -> Result<> {
        TRY(community::require_right(tx, TRY(community::require_group(tx, id)), me, GroupRight::see_reports));
        return {};
    }));
    repo::ReportFilter filter;
    filter.resolved = TRY(exchange.params())->flag_or("resolved", false);
    filter.group_id = id;
    const auto page = TRY(community::team_reports(api.community, me, filter, TRY(page_of(exchange, limits::team_queue_page, limits::team_queue_page_max))));
    return answer_list(exchange, page.items, [&](Writer& w, const ReportView& view) {
        if (view.report.target_id != me) write_report(w, api, view);
    });
}

Result<> change_report(const ApiContext& api, Exchange& exchange,
                       Result<ReportView> (*change)(community::Context&, community::Handler, Id)) {
    const auto me = TRY(writer(api, exchange));
    const auto id = TRY(exchange.id_param("report"));
    const auto before = TRY(community::report(api.community, me, id));
    if (before.report.group_id != TRY(exchange.id_param())) return fail(Code::not_found, "Record not found");
    const auto view = TRY(change(api.community, me, id));
    return answer_one(exchange, [&](Writer& w) { write_report(w, api, view); });
}
Result<> resolve_report(const ApiContext& api, Exchange& exchange) { return change_report(api, exchange, community::resolve_report); }
Result<> reopen_report(const ApiContext& api, Exchange& exchange) { return change_report(api, exchange, community::reopen_report); }

// ---- appeals

void write_appeal(Writer& w, const ApiContext& api, const AppealView& view) {
    const auto& appeal = view.appeal;
    w.object().member("id", std::to_string(appeal.id)).member("text", appeal.text).member("at", format_iso8601(appeal.at));
    w.member("state", community::appeal_state(appeal)).member("answer", appeal.answer);
    write_time(w, "decided_at", appeal.decided_at);
    write_actor(w, api, "appellant", view.appellant);
    write_actor(w, api, "decided_by", view.decided_by);
    w.key("act");
    write_act(w, api, view.act);
    w.end();
}

Result<> make_appeal(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto view = TRY(community::appeal(api.community, me, TRY(exchange.id_param()), TRY(exchange.params())->get_or("text", "")));
    return answer_one(exchange, [&](Writer& w) { write_appeal(w, api, view); });
}

Result<> show_appeal(const ApiContext& api, Exchange& exchange) {
    const auto view = TRY(community::appeal_of(api.community, TRY(reader(api, exchange)), TRY(exchange.id_param())));
    return answer_one(exchange, [&](Writer& w) { write_appeal(w, api, view); });
}

Result<> list_appeals(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(reader(api, exchange));
    const auto page = TRY(community::appeals(api.community, me, TRY(exchange.id_param()),
                                             TRY(exchange.params())->flag_or("decided", false), TRY(page_of(exchange, limits::team_queue_page, limits::team_queue_page_max))));
    return answer_list(exchange, page.items, [&](Writer& w, const AppealView& view) { write_appeal(w, api, view); });
}

Result<> decide(const ApiContext& api, Exchange& exchange, community::AppealEnd end) {
    const auto me = TRY(writer(api, exchange));
    const auto view = TRY(community::decide_appeal(api.community, me, TRY(exchange.id_param()), end,
                                                   TRY(exchange.params())->get_or("answer", "")));
    return answer_one(exchange, [&](Writer& w) { write_appeal(w, api, view); });
}
Result<> accept_appeal(const ApiContext& api, Exchange& exchange) { return decide(api, exchange, community::AppealEnd::accepted); }
Result<> refuse_appeal(const ApiContext& api, Exchange& exchange) { return decide(api, exchange, community::AppealEnd::refused); }

// ---- members

Result<> show_member(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(reader(api, exchange));
    const auto file = TRY(community::member_file(api.community, me, TRY(exchange.id_param()), TRY(exchange.id_param("account"))));
    return answer_one(exchange, [&](Writer& w) {
        w.object();
        write_actor(w, api, "account", file.actor);
        w.member("role", community::team_role_name(file.role)).member("strikes", file.strikes).key("notes").array();
        for (std::size_t i = 0; i < file.notes.size(); ++i) {
            w.object().member("id", std::to_string(file.notes[i].id)).member("text", file.notes[i].text);
            w.member("at", format_iso8601(file.notes[i].at));
            write_actor(w, api, "author", file.authors[i]);
            w.end();
        }
        w.end().end();
    });
}

Result<> add_note(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto note = TRY(community::add_member_note(api.community, me, TRY(exchange.id_param()), TRY(exchange.id_param("account")),
                                                     TRY(exchange.params())->get_or("text", "")));
    return answer_one(exchange, [&](Writer& w) {
        w.object().member("id", std::to_string(note.id)).member("text", note.text).member("at", format_iso8601(note.at)).end();
    });
}

Result<> remove_note(const ApiContext& api, Exchange& exchange) {
    TRY(community::remove_member_note(api.community, TRY(writer(api, exchange)), TRY(exchange.id_param()), TRY(exchange.id_param("note"))));
    return answer_nothing(exchange);
}

// ---- who asks to be let in

Result<> may_let_in(const ApiContext& api, Id actor, Id group) {
    return api.community.db.read([&](sql::Tx& tx) -> Result<> {
        TRY(community::require_right(tx, TRY(community::require_group_here(tx, group)), actor, GroupRight::let_in));
        return {};
    });
}

Result<> list_requests(const ApiContext& api, Exchange& exchange) {
    const auto group = TRY(exchange.id_param());
    TRY(may_let_in(api, TRY(reader(api, exchange)), group));
    const auto page = TRY(community::follow_requests(api.community, group, TRY(page_of(exchange, limits::team_queue_page, limits::team_queue_page_max))));
    Writer w;
    w.array();
    for (const auto& person : page.items) {
        w.object().key("account");
        write_actor(w, api, person);
        w.key("answers").array();
        if (const auto given = TRY(community::answers_of(api.community, group, person.id)))
            for (const auto& text : given->answers) w.value(text);
        w.end().end();
    }
    w.end();
    return exchange.json(200, w.take());
}

Result<> answer_request(const ApiContext& api, Exchange& exchange,
                        Result<community::Relationship> (*answer)(community::Context&, Id, Id)) {
    const auto group = TRY(exchange.id_param());
    TRY(may_let_in(api, TRY(writer(api, exchange)), group));
    TRY(answer(api.community, group, TRY(exchange.id_param("account"))));
    return answer_nothing(exchange);
}
Result<> accept_request(const ApiContext& api, Exchange& exchange) { return answer_request(api, exchange, community::authorize_follow); }
Result<> reject_request(const ApiContext& api, Exchange& exchange) { return answer_request(api, exchange, community::reject_follow); }

// ---- bans for good

Result<> list_proposals(const ApiContext& api, Exchange& exchange) {
    const auto proposals = TRY(community::ban_proposals(api.community, TRY(reader(api, exchange)), TRY(exchange.id_param())));
    return answer_list(exchange, proposals, [&](Writer& w, const community::ProposalView& view) {
        w.object().member("id", std::to_string(view.proposal.id)).member("at", format_iso8601(view.proposal.at));
        w.member("reason", view.reason);
        write_actor(w, api, "target", view.target);
        write_actor(w, api, "proposer", view.proposer);
        w.end();
    });
}

}  // namespace

void add_team_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/group_rights", show_rights},
                   {"GET", "/api/kith/v1/groups/:id/team", show_team},
                   {"GET", "/api/kith/v1/groups/:id/reports", list_reports},
                   {"POST", "/api/kith/v1/groups/:id/reports/:report/resolve", resolve_report},
                   {"POST", "/api/kith/v1/groups/:id/reports/:report/reopen", reopen_report},
                   {"GET", "/api/kith/v1/groups/:id/appeals", list_appeals},
                   {"POST", "/api/kith/v1/group_acts/:id/appeal", make_appeal},
                   {"GET", "/api/kith/v1/group_acts/:id/appeal", show_appeal},
                   {"POST", "/api/kith/v1/group_appeals/:id/accept", accept_appeal},
                   {"POST", "/api/kith/v1/group_appeals/:id/refuse", refuse_appeal},
                   {"GET", "/api/kith/v1/groups/:id/members/:account", show_member},
                   {"POST", "/api/kith/v1/groups/:id/members/:account/notes", add_note},
                   {"DELETE", "/api/kith/v1/groups/:id/notes/:note", remove_note},
                   {"GET", "/api/kith/v1/groups/:id/requests", list_requests},
                   {"POST", "/api/kith/v1/groups/:id/requests/:account/accept", accept_request},
                   {"POST", "/api/kith/v1/groups/:id/requests/:account/reject", reject_request},
                   {"GET", "/api/kith/v1/groups/:id/ban_proposals", list_proposals}});
}

}  // namespace kith::own_api
