#include "federation/keys/fetch_as.hpp"

#include <future>
#include <memory>
#include <utility>

#include "base/text/url.hpp"
#include "federation/client/activity_json.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::keys {
namespace {

using Done = std::function<void(Result<FetchedDocument>)>;

// What one answer is worth: the document, or another id of the same origin to ask for.
struct Verdict {
    FetchedDocument document;
    bool ask_its_own_id = false;
};

// Who may fail today and answer tomorrow is unavailable, whatever it said.
Error as_fetch_error(Error error) {
    if (error.code == Code::rate_limited) error.code = Code::unavailable;
    return error;
}

Result<Verdict> judge(const Url& asked, client::Outcome outcome) {
    auto answer = client::activity_json_answer(std::move(outcome));
    if (!answer) return tl::unexpected(as_fetch_error(std::move(answer).error()));
    auto document = TRY(json::Document::parse(answer->body));
    auto id = vocab::id_of(document["id"]);
    const auto url = Url::parse(id);
    if (!url) return fail(Code::invalid, "the document has no id", asked.str());
    const bool itself = id == asked.str() && same_origin(*url, answer->final_url);
    if (!itself && !same_origin(*url, asked))
        return fail(Code::invalid, "the document says that it is of another origin",
                    asked.str() + " says " + id);
    if (itself && vocab::has_type(document.root(), "Tombstone"))
        return fail(Code::gone, "Gone", "a Tombstone at " + id);
    return Verdict{{std::move(id), std::move(answer->body), std::move(document)}, !itself};
}

struct Fetch {
    client::Transport& transport;
    const Urls& urls;
    TimeMs timeout_ms;
    Done done;
    Id signer = 0;  // the instance actor
};

Result<Url> fetchable(const Urls& urls, std::string_view id) {
    auto parsed = TRY(Url::parse(id));
    if (parsed.host_port() == urls.host())
        return fail(Code::forbidden, "our own documents are not fetched", std::string(id));
    return TRY(Url::parse(parsed.without_fragment()));
}

enum class Round { first, by_its_own_id };

void ask(std::shared_ptr<Fetch> fetch, const Url& url, Round round) {
    client::FetchOptions options;
    options.timeout_ms = fetch->timeout_ms;
    options.identity->actor_id = fetch->signer;
    fetch->transport.send(
        client::activity_json_request(url, options), [fetch, url, round](client::Outcome outcome) {
            auto verdict = judge(url, std::move(outcome));
            if (!verdict) return fetch->done(tl::unexpected(std::move(verdict).error()));
            if (!verdict->ask_its_own_id) return fetch->done(std::move(verdict->document));
            auto own = fetchable(fetch->urls, verdict->document.id);
            if (!own) return fetch->done(tl::unexpected(std::move(own).error()));
            if (round == Round::by_its_own_id || *own == url)
                return fetch->done(fail(Code::invalid,
                                        "the document has another id than was asked for",
                                        url.str() + " says " + verdict->document.id));
            ask(fetch, *own, Round::by_its_own_id);
        });
}

}  // namespace

namespace {

void begin(client::Transport& transport, const Urls& urls, std::string_view id, Id signer,
           TimeMs timeout_ms, Done done) {
    auto url = fetchable(urls, id);
    if (!url) return done(tl::unexpected(std::move(url).error()));
    ask(std::make_shared<Fetch>(Fetch{transport, urls, timeout_ms, std::move(done), signer}), *url,
        Round::first);
}

}  // namespace

void fetch_document_later(client::Transport& transport, const Urls& urls, std::string_view id,
                          TimeMs timeout_ms, Done done) {
    begin(transport, urls, id, 0, timeout_ms, std::move(done));
}

Result<FetchedDocument> fetch_document_as(client::Transport& transport, const Urls& urls,
                                          std::string_view id, Id local_actor, TimeMs timeout_ms) {
    std::promise<Result<FetchedDocument>> promise;
    auto outcome = promise.get_future();
    begin(transport, urls, id, local_actor, timeout_ms,
          [&](Result<FetchedDocument> result) { promise.set_value(std::move(result)); });
    return outcome.get();
}

Result<FetchedDocument> fetch_document(client::Transport& transport, const Urls& urls,
                                       std::string_view id, TimeMs timeout_ms) {
    return fetch_document_as(transport, urls, id, 0, timeout_ms);
}

}  // namespace kith::keys
