// What the worker does: jobs that the database keeps, and what is due again and again.
#include "config/limits/catch_up.hpp"
#include "config/limits/inbox.hpp"
#include "config/limits/mail.hpp"
#include "config/limits/main.hpp"
#include "config/limits/sign_up.hpp"
#include "config/limits/trends.hpp"
#include "federation/keys/fetch_as.hpp"
#include "node/community/farewell.hpp"
#include "node/community/gatherings.hpp"
#include "node/community/group_arrival.hpp"
#include "node/community/group_discovery.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/links.hpp"
#include "node/community/mail.hpp"
#include "node/community/mail_wishes.hpp"
#include "node/community/media.hpp"
#include "node/community/moves.hpp"
#include "node/community/node_moderation.hpp"
#include "node/community/polls.hpp"
#include "node/community/scheduled.hpp"
#include "node/community/settings_import.hpp"
#include "node/community/severances.hpp"
#include "node/community/thread_moves.hpp"
#include "node/community/trends.hpp"
#include "node/community/upkeep.hpp"
#include "node/links/verify.hpp"
#include "node/mail/mailer.hpp"
#include "node/main/admin_domains.hpp"
#include "node/main/node_parts.hpp"
#include "node/main/peer_software.hpp"

namespace kith {

namespace {

using Next = Result<std::optional<jobs::More>>;

// Work that is done at once, …
template <class Step>
jobs::Work once(Step step) {
    return [step](const model::Job& job) -> Next {
        TRY(step(job.payload));
        return std::optional<jobs::More>{};
    };
}

// … in pieces, one right after the other, …
template <class Step>
jobs::Work in_pieces(const Clock& clock, Step step) {
    return [&clock, step](const model::Job& job) -> Next {
        auto more = TRY(step(job.payload));
        if (!more) return std::optional<jobs::More>{};
        return std::optional(jobs::More{.payload = std::move(*more), .not_before = clock.now_ms()});
    };
}

// … or each in its time.
template <class Step>
jobs::Work in_time(Step step) {
    return [step](const model::Job& job) -> Next {
        auto more = TRY(step(job.payload));
        if (!more) return std::optional<jobs::More>{};
        return std::optional(jobs::More{.payload = std::move(more->payload), .not_before = more->not_before});
    };
}

// A step of the domain that wants nothing but its context and its payload.
template <class Step>
auto with(community::Context& context, Step step) {
    return [&context, step](const std::string& payload) { return step(context, payload); };
}

}  // namespace

void Node::Parts::open_jobs() {
    worker = std::make_unique<jobs::Worker>(*store->db, *store->clock, store->ids);
    worker->handle("fan_out", in_pieces(*store->clock, with(context(), community::continue_fan_out)));
    worker->handle(std::string(community::farewell_job), in_pieces(*store->clock, with(context(), community::continue_farewell)));
    worker->handle(community::FollowersSync::job_kind,
                   once([this](const std::string& payload) { return followers_sync->work(payload); }));
    handle_moves();
    handle_letters_and_links();
    handle_polls_and_events();
    repeat_what_is_due();
}

Result<> Node::Parts::refuse_suspended(const std::string& id) {
    if (TRY(blocks->suspended(TRY(Url::parse(id)).host_port()))) return fail(Code::forbidden, "the host is suspended here", id);
    return {};
}

void Node::Parts::handle_moves() {
    auto& c = context();
    const auto& clock = *store->clock;
    worker->handle(std::string(community::close_group_job), in_pieces(clock, with(c, community::continue_closing)));
    worker->handle(std::string(community::move_job), in_pieces(clock, with(c, community::continue_move)));
    worker->handle(std::string(community::rehome_job), in_pieces(clock, with(c, community::continue_rehoming)));
    worker->handle(std::string(community::thread_move_job), in_pieces(clock, with(c, community::continue_thread_move)));
    worker->handle(std::string(community::sever_job), in_pieces(clock, with(c, community::continue_severance)));
    const community::FetchAs fetch_as = [this](Id as, const std::string& id) -> Result<keys::FetchedDocument> {
        TRY(refuse_suspended(id));
        return keys::fetch_document_as(*fetching_signed, store->urls, id, as);
    };
    worker->handle(std::string(community::arrival_job), in_time([&c, fetch_as](const std::string& payload) {
                       return community::continue_arrival(c, fetch_as, payload);
                   }));
    worker->handle(std::string(community::import_job), in_pieces(clock, [this, &c](const std::string& payload) {
                       return community::continue_import(
                           c, payload, {.actor = [this](const std::string& id) { return lookup->resolve_account(id); },
                                        .post = [this](const std::string& id) { return lookup->resolve_status(id); }});
                   }));
}

void Node::Parts::handle_letters_and_links() {
    auto& c = context();
    worker->handle(std::string(community::scheduled_job), once(with(c, community::publish_scheduled)));
    worker->handle(std::string(community::mail_job), once([this](const std::string& payload) -> Result<> {
                       const auto letter = TRY(community::mail_of(payload));
                       return mail::send(store->config, {letter.to, letter.subject, letter.text, letter.stop_url}, *store->clock, store->random);
                   }));
    worker->handle(std::string(community::verify_fields_job),
                   in_pieces(*store->clock, [this, &c](const std::string& payload) -> Result<std::optional<std::string>> {
                       const auto check = TRY(community::field_to_check(c, payload));
                       if (!check) return std::optional<std::string>{};
                       if (links::names_person(*fetching, check->url, check->actor).value_or(false))
                           TRY(community::note_field_verified(c, *check));
                       return std::optional(check->next);
                   }));
}

void Node::Parts::handle_polls_and_events() {
    auto& c = context();
    worker->handle("poll_results", once(with(c, community::send_results)));
    worker->handle("attendees", once(with(c, community::send_attendees)));
    worker->handle("gathering_told", in_pieces(*store->clock, with(c, community::tell_attendees)));
    const auto fetch = [this](const std::string& id) -> Result<keys::FetchedDocument> {
        TRY(refuse_suspended(id));
        return documents->fetch(id);
    };
    worker->handle("poll_end", in_time([&c, fetch](const std::string& payload) { return community::end_poll(c, payload, fetch); }));
}

void Node::Parts::repeat_what_is_due() {
    auto& c = context();
    worker->every("alive", limits::alive_noted_every_ms, [this] { return catch_up->note_alive(); });
    worker->every("bans", limits::bans_looked_at_every_ms, [&c]() -> Result<> {
        while (TRY(community::lift_what_is_over(c))) {}
        return {};
    });
    worker->every("key_pool", hour_ms, [&c] { return community::fill_key_pool(c); });
    worker->every("peer_software", hour_ms, [this] { return ask_peer_software(*store, *fetching_signed); });
    worker->every("letters", limits::mail_due_every_ms, [&c] { return community::write_due_mail(c); });
    worker->every("trends", limits::trends_every_ms, [&c] { return community::refresh_trends(c); });
    worker->every("group discovery", hour_ms, [&c] { return community::compare_groups(c); });
    worker->every("media", hour_ms, [this] { return sweep_files(); });
    worker->every("blocklists", hour_ms, [this, &c] { return community::refresh_blocklists(c, list_fetcher(*fetching_signed)); });
    worker->every("trim", hour_ms, [this, &c]() -> Result<> {
        TRY(community::trim(c));
        while (TRY(pipeline->sweep())) {}
        return {};
    });
}

// Files that nothing names any more, the sizes of those that are new, and what was kept of other servers for long enough.
Result<> Node::Parts::sweep_files() {
    auto& c = context();
    while (TRY(community::sweep_media(c, [this](const std::string& name) { return media_store->remove(name); }))) {}
    TRY(community::measure_media(c, [this](const std::string& name) -> Result<std::uint64_t> {
        return TRY(media_store->open(name)).size;
    }));
    return remote_files->sweep();
}

}  // namespace kith
