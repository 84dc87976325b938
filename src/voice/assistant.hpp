#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "crypto/random.hpp"
#include "crypto/seal.hpp"
#include "db/database.hpp"
#include "net/client.hpp"
#include "net/http.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace symbolon::voice {

/// How a skill on this machine checks that a request comes from this assistant: what its `local` trust profile is told.
struct RequestSigner {
    std::string chain_url;         ///< where the certificate chain is published
    std::string certificate_name;  ///< the subjectAltName of the leaf
    std::string root_pem;          ///< the root to trust
};

/// Pages that stand beside the assistant's own, as paths, for the links between them; empty: there is none.
struct Beside {
    std::string phone;  ///< where texts arrive
    std::string steps;  ///< what to do, step by step
};

/// How long the assistant waits for others: what the platform waits (voice-account-linking.md §2.6, §7.2 rule 8).
struct Patience {
    std::chrono::milliseconds token_endpoint{4500};
    std::chrono::milliseconds skill{8000};
};

/// Whose requests they seem to be. Others than the defaults are for tests of skills that trust the real platform's
/// name, with a root that they are told to trust.
struct Signing {
    std::string certificate_name = "assistant.symbolon.local";  ///< the subjectAltName of the leaf
    std::string chain_url = {};  ///< said to publish the chain; "": where this assistant publishes it
};

class TapLog;

/// The local voice assistant: what Alexa does when a person links an account, on a laptop. It holds skills and their
/// account-linking configuration, walks a person through linking, keeps the tokens (sealed), and sends signed requests
/// with the access token to the skill. It talks to servers and skills over HTTP alone.
class Assistant {
public:
    struct Parts {
        db::Database& db;  ///< opened with db::Schema::assistant
        const crypto::Sealer& sealer;
        crypto::Random& random;
        const Clock& clock;
        net::Client& client;
        Patience patience = {};
        Signing signing = {};
    };
    /// `base_url`: public URL without trailing slash. Makes its vendor id, bearer token and signing certificate at the
    /// first start and keeps them in the database.
    Assistant(Parts parts, std::string base_url, Beside beside = {});
    ~Assistant();

    /// Answers pages, assets, the skill-management REST API and the redirect URLs.
    Task<net::Response> serve(net::Request request);

    /// What the REST API asks for: Authorization: Bearer <token>.
    const std::string& access_token() const;
    const std::string& vendor_id() const;
    const RequestSigner& signer() const;

    /// Where a tap listens, and in front of what (voice/tap).
    struct TapPlace {
        std::string url;
        std::string origin;
    };
    /// Shows what a tap records at /tap. Before the first request; the log must outlive the assistant.
    void show_tap(const TapLog& log, TapPlace place);

    /// How far the person has come with a skill: for pages that guide.
    struct Progress {
        bool asked = false;  ///< the skill has answered something
        bool linked = false;
        bool answered_with_token = false;  ///< … to a request that carried an access token
    };
    Task<Progress> progress(std::string skill_id);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace symbolon::voice
