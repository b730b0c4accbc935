#include "federation/inbox/pipeline.hpp"

#include <algorithm>
#include <utility>

#include "base/core/log.hpp"
#include "base/core/stop_point.hpp"
#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/text/url.hpp"
#include "config/address.hpp"
#include "config/limits/inbox.hpp"
#include "federation/inbox/relayed.hpp"
#include "federation/vocab/followers_sync.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/inbox.hpp"
#include "storage/repo/relays.hpp"

namespace kith::inbox {

// How far a request came, and what is known of it by then.
struct Pipeline::Progress {
    Phase phase = Phase::framed;
    std::string key_id, signer_ap_id, actor_ap_id, activity_ap_id;
    std::string announce;   // of what a relay forwards: what is stored in its place
    bool ignored = false;   // it forwards what is no post
};

namespace {

using vocab::ActivityType;

int status_of(Code code) {
    switch (code) {
        case Code::unauthorized:
            return 401;
        case Code::forbidden:
            return 403;
        case Code::too_large:
            return 413;
        case Code::unsupported:
            return 415;
        case Code::unprocessable:
            return 422;
        case Code::rate_limited:
            return 429;
        case Code::internal:
            return 500;
        case Code::unavailable:
        case Code::timeout:
            return 503;
        default:
            return 400;
    }
}

// Some servers use the id of a Follow, Like, Announce or Block again after its Undo
// (federation.md 1.3).
repo::Repetition repetition_of(ActivityType type) {
    switch (type) {
        case ActivityType::follow:
        case ActivityType::like:
        case ActivityType::dislike:
        case ActivityType::announce:
        case ActivityType::block:
        case ActivityType::undo:
            return repo::Repetition::judged_anew;
        default:
            return repo::Repetition::ignored;
    }
}

// What changes an actor may have changed its keys.
bool concerns_keys(const vocab::Activity& activity) {
    return activity.object_id == activity.actor &&
           (activity.type == ActivityType::update || activity.type == ActivityType::delete_);
}

// A proxy that does not say for whom it speaks has all the world's address.
bool is_loopback(std::string_view address) {
    static const Network networks[] = {*parse_network("127.0.0.0/8"), *parse_network("::1")};
    const auto ip = parse_ip_address(address);
    return ip && std::any_of(std::begin(networks), std::end(networks),
                             [&](const Network& network) { return network.contains(*ip); });
}

}  // namespace

Pipeline::Pipeline(const PipelineContext& context)
    : context_(context),
      blocks_(context.db, context.clock),
      documents_(context.clock),
      refusals_(context.db, context.clock, context.ids),
      addresses_(context.clock,
                 {limits::inbox_per_address_burst, limits::inbox_per_address_per_second},
                 limits::inbox_addresses_max),
      hosts_(context.clock, {limits::inbox_per_host_burst, limits::inbox_per_host_per_second},
             limits::inbox_hosts_max),
      sources_{context.documents, documents_, blocks_, context.clock},
      lanes_(context.db, sources_, context.sink, counters_, refusals_,
             [&keys = context.keys](const Work& work) {
                 if (concerns_keys(work.parsed.activity)) keys.forget(work.parsed.activity.actor);
             }) {}

Answer Pipeline::receive(const Request& request) {
    Progress progress;
    const auto passed = pass(request, progress);
    if (!passed) return refuse(progress, passed.error());
    return {};
}

Answer Pipeline::refuse(const Progress& progress, const Error& error) {
    counters_.add(progress.phase, Outcome::refused);
    const int status = status_of(error.code);
    const auto key_url = Url::parse(progress.key_id);
    log::debug("inbox.refused", {{"phase", to_string(progress.phase)},
                                 {"status", status},
                                 {"reason", error.safe_text},
                                 {"detail", error.detail}});
    refusals_.add({.phase = std::string(to_string(progress.phase)),
                   .reason = error.safe_text,
                   .status = status,
                   .host = key_url ? key_url->host_port() : std::string(),
                   .key_id = progress.key_id,
                   .actor_ap_id = progress.actor_ap_id,
                   .activity_ap_id = progress.activity_ap_id});
    Answer answer{status, status == 429 || status == 503 ? limits::inbox_retry_after_s : 0, {}};
    if (status == 401)
        answer.accept_signature = signature::accept_signature_field(signature::Body::some);
    return answer;
}

Result<> Pipeline::pass(const Request& request, Progress& progress) {
    TRY(framed(request));
    counters_.add(Phase::framed, Outcome::passed);

    progress.phase = Phase::screened;
    const bool limited =
        context_.rate_limits == RateLimits::on && !is_loopback(request.client_address);
    const auto signature = TRY(screened(request, blocks_, limited ? &addresses_ : nullptr));
    progress.key_id = signature::key_id_of(signature);
    counters_.add(Phase::screened, Outcome::passed);

    progress.phase = Phase::parsed;
    auto read = TRY(parsed(request.body));
    progress.actor_ap_id = read.activity.actor;
    progress.activity_ap_id = read.activity.id;
    counters_.add(Phase::parsed, Outcome::passed);

    progress.phase = Phase::digested;
    const auto now = context_.clock.now_ms();
    TRY(digested(request, signature, context_.urls, now));
    counters_.add(Phase::digested, Outcome::passed);

    progress.phase = Phase::keyed;
    if (is_farewell(read.activity) && !TRY(knows(read.activity.actor))) return {};
    TRY(admit(request, read, signature, now, progress));
    if (progress.ignored) return {};

    progress.phase = Phase::accepted;
    TRY(accept(progress.announce.empty() ? request.body : progress.announce, std::move(read), now));
    counters_.add(Phase::accepted, Outcome::passed);
    synchronize(request, signature, progress);
    return {};
}

// FEP-8fcf: only what the signature covers, and only from the actor itself.
void Pipeline::synchronize(const Request& request, const signature::RequestSignature& signature,
                           const Progress& progress) {
    if (!context_.synchronize || progress.signer_ap_id != progress.actor_ap_id ||
        !signature::covers(signature, "collection-synchronization"))
        return;
    if (const auto header =
            signature::header_value(request.head, vocab::collection_synchronization))
        context_.synchronize(progress.actor_ap_id, *header);
}

// Phases 5 and 6, and the budget of the host that is certain only now.
Result<> Pipeline::admit(const Request& request, Parsed& read,
                         const signature::RequestSignature& signature, TimeMs now,
                         Progress& progress) {
    auto sender = TRY(keyed(context_.keys, signature));
    counters_.add(Phase::keyed, Outcome::passed);

    progress.phase = Phase::verified;
    if (read.activity.actor != sender.actor_ap_id) TRY(take_from_relay(read, sender, progress));
    sender = TRY(verified(request, signature, read, std::move(sender), context_.keys,
                          context_.urls, now));
    progress.signer_ap_id = sender.actor_ap_id;
    counters_.add(Phase::verified, Outcome::passed);
    if (context_.rate_limits == RateLimits::on && hosts_.take(sender.host) > 0)
        return fail(Code::rate_limited, "the host sends too much", sender.host);
    return {};
}

// The request's signature is verified after that, against the relay's key.
Result<> Pipeline::take_from_relay(Parsed& read, const keys::Sender& sender, Progress& progress) {
    if (!TRY(context_.db.read(
            [&](sql::Tx& tx) { return repo::is_relay(tx, sender.actor_ap_id); })))
        return {};
    auto announce = TRY(relayed(read.activity, sender.actor_ap_id));
    progress.ignored = !announce.is_of_post;
    progress.announce = std::move(announce.body);
    read = std::move(announce.parsed);
    return {};
}

// 7: on disk, then in its lane, and only then answered.
Result<> Pipeline::accept(std::string_view body, Parsed read, TimeMs now) {
    auto work = TRY(store(body, std::move(read), now));
    if (!work) return {};
    stop_point("inbox.accepted");
    lanes_.add(std::move(work));
    return {};
}

// Nothing where it was here before.
Result<std::shared_ptr<Work>> Pipeline::store(std::string_view body, Parsed read, TimeMs now) {
    const auto& activity = read.activity;
    const auto repetition = repetition_of(activity.type);
    auto work = std::make_shared<Work>(
        model::InboxActivity{.id = context_.ids.next(),
                             .actor_ap_id = activity.actor,
                             .ap_id = activity.id,
                             .type = activity.type_name,
                             .lane = lane_of(read.document.root()).text(),
                             .body = std::string(body),
                             .body_hash = crypto::hex_encode(crypto::sha256(body)),
                             .received_at = now,
                             .not_before = now},
        std::move(read));
    const auto stored = TRY(context_.db.write([work, repetition](sql::Tx& tx) {
        return repo::accept_activity(tx, work->row, repetition);
    }));
    if (stored == repo::Acceptance::busy)
        return fail(Code::unavailable, "an activity with this id is being worked on",
                    work->row.ap_id);
    if (stored == repo::Acceptance::replay) return std::shared_ptr<Work>();
    return work;
}

Result<bool> Pipeline::take_found(const std::string& actor_ap_id, std::string_view body,
                                  Fetcher& fetcher) {
    auto read = TRY(parsed(body));
    TRY(has_authority(read.document.root(), read.activity, actor_ap_id, context_.urls));
    auto work = TRY(store(body, std::move(read), context_.clock.now_ms()));
    if (!work) return false;
    // What is not plainly applied is for the lanes: they refuse, or try again later.
    if (prepare(context_.sink, *work, fetcher)) {
        lanes_.add(std::move(work));
        return false;
    }
    const auto applied = context_.db.write([&sink = context_.sink, work](sql::Tx& tx) -> Result<> {
        TRY(sink.apply(tx, work->inbound(), *work->plan));
        return repo::close_applied(tx, work->row.id);
    });
    if (applied) counters_.add(Phase::applied, Outcome::passed);
    if (!applied) lanes_.add(std::move(work));
    return applied.has_value();
}

Result<bool> Pipeline::knows(const std::string& actor_ap_id) {
    return TRY(context_.db.read(
                   [&](sql::Tx& tx) { return repo::find_actor_by_ap_id(tx, actor_ap_id); }))
        .has_value();
}

std::string Pipeline::waits_for(std::string_view signature_input, std::string_view signature,
                                std::string_view body) {
    const auto read = signature::read_signature(signature_input, signature);
    if (!read) return {};
    const auto& key_id = signature::key_id_of(*read);
    const auto url = Url::parse(key_id);
    if (!url || !context_.keys.must_fetch(key_id)) return {};
    if (const auto blocked = blocks_.suspended(url->host_port()); !blocked || *blocked) return {};
    // Nothing is fetched for those who say goodbye; small, because a dying server tells everybody.
    if (body.size() <= limits::inbox_farewell_bytes_max)
        if (const auto said = parsed(body); said && is_farewell(said->activity)) return {};
    return url->host_port();
}

void Pipeline::fetch_key(std::string_view signature_input, std::string_view signature,
                         std::function<void()> done) {
    const auto read = signature::read_signature(signature_input, signature);
    if (!read) return done();
    context_.keys.prefetch(signature::key_id_of(*read), std::move(done));
}

Result<bool> Pipeline::sweep() {
    const auto before = context_.clock.now_ms() - limits::inbox_rows_ms;
    const auto deleted = TRY(context_.db.write([before](sql::Tx& tx) {
        return repo::delete_closed_activities(tx, before, limits::inbox_rows_deleted_at_once);
    }));
    return deleted == limits::inbox_rows_deleted_at_once;
}

}  // namespace kith::inbox
