#include "node/main/admin_relays.hpp"

#include "base/json/writer.hpp"
#include "base/text/url.hpp"
#include "node/community/relays.hpp"

namespace kith {

namespace {

std::string_view state_name(model::RelayState state) {
    switch (state) {
        case model::RelayState::pending:
            return "asked";
        case model::RelayState::accepted:
            return "accepted";
        case model::RelayState::refused:
            return "refused";
    }
    return "";
}

}  // namespace

Result<std::string> relay_add(community::Context& context, const AdminRequest& r) {
    if (r.has("--litepub") && !Url::parse(r.text("--litepub")))
        return fail(Code::unavailable, "only a running node finds the relay's inbox: start it with kith serve");
    TRY(community::join_relay(context, r.text("INBOX"), r.text("--litepub")));
    return std::string("asked; the relay may take its time to answer\n");
}

Result<std::string> relay_remove(community::Context& context, const AdminRequest& r) {
    TRY(community::leave_relay(context, r.text("INBOX")));
    return std::string("left\n");
}

Result<std::string> relay_list(community::Context& context, const AdminRequest& r) {
    const auto relays = TRY(community::relays(context));
    if (r.has("--json")) {
        json::Writer w;
        w.array();
        for (const auto& relay : relays) {
            w.object().member("inbox", relay.inbox).member("state", state_name(relay.state));
            w.member("since", format_iso8601(relay.answered_at.value_or(relay.created_at))).end();
        }
        w.end();
        return w.take() + "\n";
    }
    std::string out;
    for (const auto& relay : relays)
        out += relay.inbox + "  " + std::string(state_name(relay.state)) + " since " +
               format_iso8601(relay.answered_at.value_or(relay.created_at)) + "\n";
    return out.empty() ? std::string("this node uses no relay\n") : out;
}

}  // namespace kith
