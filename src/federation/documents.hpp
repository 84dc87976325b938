#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "net/fetcher.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace symbolon::federation {

/// What providers publish about themselves: discovery documents, keys, SAML metadata. A bounded memory of what was
/// fetched; nothing is kept of a document that could not be fetched. Threads: any.
class Documents {
public:
    static constexpr std::size_t most = 256;

    Documents(net::Fetcher& fetcher, const Clock& clock) : fetcher_(fetcher), clock_(clock) {}

    using Text = std::shared_ptr<const std::string>;
    /// The document, fetched at most `oldest` ago. `part` names it in what clients are told. Fails:
    /// oauth_invalid_request (no answer, or one that is not 200).
    Task<Text> get(std::string url, std::chrono::seconds oldest, std::string part);

private:
    struct Kept {
        Text text;
        Instant fetched{};
    };
    Text find(const std::string& url, std::chrono::seconds oldest);
    void keep(const std::string& url, Text text);

    net::Fetcher& fetcher_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, Kept, std::less<>> kept_;
};

}  // namespace symbolon::federation
