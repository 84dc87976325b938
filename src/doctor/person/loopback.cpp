#include "doctor/person/loopback.hpp"

#include "base/error.hpp"
#include "net/respond.hpp"
#include "net/server.hpp"

#include <utility>

namespace symbolon::doctor {

namespace {

Url parse_loopback(const std::string& redirect_uri) {
    auto url = parse_url(redirect_uri);
    if (!url || url->scheme != "http" || !is_loopback_host(url->host))
        throw Error(Errc::invalid_parameter,
                    "The doctor can listen at a loopback redirect URI only, e.g. http://127.0.0.1:8510/callback.");
    return std::move(*url);
}

net::ServerOptions options_for(const Url& url) {
    net::Listener listener;
    if (url.host == "::1") listener.address = "::1";
    listener.port = url.port;
    net::ServerOptions out;
    out.listeners.push_back(std::move(listener));
    out.threads = 1;
    out.drain_limit = std::chrono::milliseconds(200);
    return out;
}

}  // namespace

LoopbackPerson::LoopbackPerson(const std::string& redirect_uri, std::chrono::seconds patience,
                               std::function<void(const std::string&)> tell)
    : browser_({parse_loopback(redirect_uri)}, patience, std::move(tell)) {
    auto* browser = &browser_;
    server_ = std::make_unique<net::Server>(options_for(parse_loopback(redirect_uri)),
                                            [browser](net::Request request) -> Task<net::Response> {
                                                auto answer = browser->serve(request);
                                                if (!answer) answer = net::text(404, "Nothing is here.\n");
                                                co_return std::move(*answer);
                                            });
    server_->start();
}

LoopbackPerson::~LoopbackPerson() {
    browser_.end();
    server_->stop();
}

}  // namespace symbolon::doctor
