#pragma once

#include "base/clock.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "net/client.hpp"
#include "net/http.hpp"
#include "voice/assistant.hpp"

#include <memory>
#include <string>

namespace symbolon::voice::test {

/// A request to the assistant, without the network.
net::Response send(Assistant& assistant, net::Method method, std::string target, std::string body,
                   net::Headers headers);

/// An assistant with a clock that stands still, and a way to ask it. Its signing certificate is made once a process,
/// because making keys is the slowest thing here.
struct House {
    ManualClock clock{from_ms(1'790'000'000'000)};
    crypto::SeededRandom random{7};
    crypto::Sealer sealer{Bytes(32, 1), random};
    std::unique_ptr<db::Database> db = db::open("sqlite::memory:", db::Schema::assistant);
    net::Client client{1};
    bool certified = keep_certificate();
    Assistant assistant{{*db, sealer, random, clock, client}, "http://127.0.0.1:1"};

    net::Response ask(net::Method method, std::string target, std::string body = {}, std::string token = {},
                      net::Headers headers = {});
    /// With the assistant's own bearer token.
    net::Response rest(net::Method method, std::string target, std::string body = {}, net::Headers headers = {});
    /// A skill with account linking set up; its id.
    std::string make_skill();

private:
    bool keep_certificate();
};

}  // namespace symbolon::voice::test
