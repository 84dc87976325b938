#include "fuzz.hpp"
#include "net/server/intake.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <vector>

using namespace symbolon;

namespace {

constexpr std::size_t max_header = 1024;
constexpr std::size_t max_body = 4096;

struct Reading {
    std::vector<net::Request> requests;
    bool refused = false;
};

/// What the bytes come to when `step` of them arrive at a time.
Reading read(std::string_view bytes, std::size_t step) {
    net::Intake intake(max_header, max_body);
    Reading reading;
    while (true) {
        switch (intake.advance()) {
            case net::Intake::Step::refused:
                reading.refused = true;
                return reading;
            case net::Intake::Step::ready:
                reading.requests.push_back(intake.take());
                if (!intake.keep_alive()) return reading;
                break;
            case net::Intake::Step::wants_continue:
            case net::Intake::Step::more: {
                if (bytes.empty()) return reading;
                const auto room = intake.room();
                fuzz::require(room.size() > 0, "an intake that wants more has room");
                const auto count = std::min({step, room.size(), bytes.size()});
                boost::asio::buffer_copy(room, boost::asio::buffer(bytes.data(), count));
                intake.commit(count);
                bytes.remove_prefix(count);
            }
        }
    }
}

bool is_same(const net::Request& a, const net::Request& b) {
    return a.method == b.method && a.target == b.target && a.path == b.path && a.query == b.query && a.host == b.host &&
           a.body == b.body && std::ranges::equal(a.headers, b.headers);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = fuzz::text_of(data, size);
    const auto whole = read(bytes, bytes.size());
    const auto dripped = read(bytes, 1);
    fuzz::require(whole.refused == dripped.refused, "how the bytes arrive does not decide whether they are refused");
    fuzz::require(std::ranges::equal(whole.requests, dripped.requests, is_same),
                  "how the bytes arrive does not decide what they say");
    for (const auto& request : whole.requests) {
        fuzz::require(request.body.size() <= max_body, "bodies are bounded");
        fuzz::require(request.headers.find_all("host").size() <= 1, "a request has one host");
        fuzz::require(!request.headers.find("Content-Length") || !request.headers.find("Transfer-Encoding"),
                      "a request has one framing");
    }
    return 0;
}
