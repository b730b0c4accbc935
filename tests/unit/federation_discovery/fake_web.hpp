#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/text/strings.hpp"
#include "federation/client/transport.hpp"

// Other servers, in memory: answers by URL, everything else is 404. Redirects are as the real transport
// gives them: followed.
class FakeWeb final : public kith::client::Transport {
public:
    void serve(const std::string& url, std::string body, std::string content_type, int status = 200) {
        std::lock_guard lock(mutex_);
        pages_[url] = {status, std::move(content_type), std::move(body)};
    }

    // A WebFinger answer of `host` to `handle` ("name@host").
    void answer(const std::string& host, const std::string& handle, const std::string& subject,
                const std::vector<std::string>& actors, const std::string& content_type = "application/jrd+json") {
        std::string links;
        for (const auto& actor : actors) {
            if (!links.empty()) links += ",";
            links += R"({"rel":"self","type":"application/activity+json","href":")" + actor + R"("})";
        }
        serve(url_of(host, handle), R"({"subject":"acct:)" + subject + R"(","links":[)" + links + "]}", content_type);
    }

    static std::string url_of(const std::string& host, const std::string& handle) {
        return "https://" + host + "/.well-known/webfinger?resource=" + kith::text::percent_encode("acct:" + handle);
    }

    void send(kith::client::Request request, Done done) override {
        kith::client::Response response;
        {
            std::lock_guard lock(mutex_);
            asked.push_back(request.url.str());
            const auto page = pages_.find(request.url.str());
            response.status = page == pages_.end() ? 404 : page->second.status;
            if (page != pages_.end()) {
                if (!page->second.content_type.empty()) response.headers.add("Content-Type", page->second.content_type);
                response.body = page->second.body;
            }
        }
        response.final_url = request.url;
        done(std::move(response));
    }

    std::vector<std::string> asked;

private:
    struct Page {
        int status;
        std::string content_type, body;
    };
    std::mutex mutex_;
    std::map<std::string, Page> pages_;
};
