#include "app/tap_server.hpp"

#include "app/listeners.hpp"
#include "base/error.hpp"
#include "net/origin.hpp"
#include "net/respond.hpp"
#include "net/server.hpp"
#include "voice/tap/tap.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace symbolon::app {

namespace {

constexpr std::size_t max_body = 1024 * 1024;  // of a request; platforms send a few kilobytes

net::ServerOptions listener_of(const AssistantOptions& options) {
    net::ServerOptions out;
    auto address = parse_address(options.tap_listen);
    out.listeners.push_back({std::move(address.host), address.port, {}});
    out.threads = 1;
    out.max_body = max_body;
    return out;
}

/// A file that lines are added to, for its owner's eyes only.
class LineFile {
public:
    explicit LineFile(const std::string& path) {
        if (path.empty()) return;
        file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (file_ < 0) throw Error(Errc::invalid_parameter, "--tap-log: the file cannot be written.");
    }
    ~LineFile() {
        if (file_ >= 0) ::close(file_);
    }
    LineFile(const LineFile&) = delete;
    LineFile& operator=(const LineFile&) = delete;

    /// A line that does not fit on the disk is lost; the exchange goes on.
    void add(const std::string& line) const {
        if (file_ < 0) return;
        [[maybe_unused]] const auto written = ::write(file_, line.data(), line.size());
    }

private:
    int file_ = -1;
};

}  // namespace

/// The parts in the order in which they need one another.
struct TapServer::Impl {
    LineFile file;
    voice::TapLog log;
    voice::Tap tap;
    net::Server server;
    std::string url;
    net::OwnHosts own_hosts;

    Impl(const AssistantOptions& options, net::Client& client, const Clock& clock)
        : file(options.tap_log),
          log([this](const std::string& line) { file.add(line); }),
          tap(client, clock, log, options.tap),
          server(listener_of(options), [this](net::Request request) { return serve(std::move(request)); }),
          url(options.tap_url.empty() ? public_url(server.urls().front()) : without_slash(options.tap_url)),
          own_hosts(parse_address(options.tap_listen).host, url) {
        tap.set_own_url(url);
    }

    Task<net::Response> serve(net::Request request) {
        if (!own_hosts.contains(request.host)) {
            co_return net::text(421,
                                "The tap does not answer to that host name. Start it with --tap-url and the name.\n");
        }
        co_return co_await tap.serve(std::move(request));
    }
};

TapServer::TapServer(const AssistantOptions& options, net::Client& client, const Clock& clock)
    : impl_(std::make_unique<Impl>(options, client, clock)) {}
TapServer::~TapServer() = default;

void TapServer::start() {
    impl_->server.start();
}
void TapServer::stop() {
    impl_->server.stop();
}
const voice::TapLog& TapServer::log() const {
    return impl_->log;
}
const std::string& TapServer::url() const {
    return impl_->url;
}
const std::string& TapServer::origin() const {
    return impl_->tap.origin();
}

}  // namespace symbolon::app
