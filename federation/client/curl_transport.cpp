#include "federation/client/curl_transport.hpp"

#include "federation/client/curl_loop.hpp"

namespace kith::client {
namespace {

bool curl_is_ready() {
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    return initialised == CURLE_OK;
}

}  // namespace

std::string user_agent(std::string_view version, std::string_view origin) {
    return "kith/" + std::string(version) + " (+" + std::string(origin) + "/)";
}

Result<std::unique_ptr<CurlTransport>> CurlTransport::open(ClientSettings settings,
                                                           RequestSigner* signer) {
    if (!curl_is_ready()) return fail(Code::internal, "no HTTP client", "curl_global_init failed");
    CURLM* const multi = curl_multi_init();
    CURLSH* const share = curl_share_init();
    if (!multi || !share) {
        curl_multi_cleanup(multi);
        curl_share_cleanup(share);
        return fail(Code::internal, "no HTTP client", "curl has no memory");
    }
    // No lock functions: the handles that share are all used by one thread.
    curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    return std::unique_ptr<CurlTransport>(
        new CurlTransport(std::make_unique<Loop>(std::move(settings), signer, multi, share)));
}

CurlTransport::CurlTransport(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

CurlTransport::~CurlTransport() = default;

void CurlTransport::send(Request request, Done done) {
    loop_->send(std::move(request), std::move(done));
}

const ClientCounters& CurlTransport::counters() const { return loop_->counters(); }

}  // namespace kith::client
