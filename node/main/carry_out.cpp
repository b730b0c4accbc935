#include "federation/keys/fetch_as.hpp"
#include "node/main/admin.hpp"
#include "node/main/admin_catch_up.hpp"
#include "node/main/admin_domains.hpp"
#include "node/main/admin_emoji.hpp"
#include "node/main/admin_group_moves.hpp"
#include "node/main/admin_moves.hpp"
#include "node/main/admin_relays.hpp"
#include "node/main/node_parts.hpp"

namespace kith {

// Of commands that need the network only what they fetch is done here.
Result<std::string> Node::Parts::carry_out(std::string_view line) {
    auto request = TRY(parse_admin_request(line));
    if (request.name == move_command) {
        request.values["TARGET"] = {TRY(resolver->actor_as_of_now(request.text("TARGET"))).ap_id};
        request.values[std::string(target_was_asked)] = {""};
    }
    if (request.name == group_move_command && !request.text("--to").empty()) {
        request.values["--to"] = {TRY(resolver->actor_as_of_now(request.text("--to"))).ap_id};
        request.values[std::string(target_was_asked)] = {""};
    }
    if (request.name == "peers catch-up") {
        TRY(catch_up->begin(TRY(catch_up_since(request, store->clock->now_ms())),
                            TRY(catch_up_host(request))));
        return std::string("asking; kith peers show HOST tells how it goes\n");
    }
    if (request.name == relay_add_command && request.has("--litepub")) {
        const auto relay = TRY(resolver->actor_as_of_now(request.text("INBOX")));
        request.values["INBOX"] = {relay.inbox};
        request.values["--litepub"] = {relay.ap_id};
    }
    if (request.name == emoji_add_command) return emoji_add(context(), *pictures, request);
    if (request.name == emoji_import_command) return emoji_import(context(), *pictures, request);
    if (request.name == subscribe_command)
        return domain_subscribe(context(), request, list_fetcher(*fetching_signed));
    auto answer = run_admin(context(), request);
    if (request.name == rotate_command) signer->forget_all();
    return answer;
}

}  // namespace kith
