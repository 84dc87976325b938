#pragma once

#include "base/clock.hpp"
#include "base/task.hpp"
#include "directory/catalog.hpp"
#include "net/fetcher.hpp"
#include "net/form.hpp"
#include "oauth/client_keys.hpp"
#include "signin/sign_in.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// Authorization requests as JWTs that the client signed (RFC 9101, OpenID Connect Core §6), and may have encrypted to
/// the pool. Nothing unsigned is taken.
namespace symbolon::oauth {

/// A request object that was taken: its claims as parameters, which alone count from then on (RFC 9101 §6.3).
/// Otherwise why it was not.
struct RefusedRequestObject {
    std::string error;  ///< invalid_request_object | invalid_request_uri
    std::string description;
};
using RequestObject = std::variant<net::Form, RefusedRequestObject>;

/// What a request object is checked against, beside its signature.
struct RequestObjectRules {
    const directory::Client& client;
    std::string_view issuer;  ///< of this server, for this pool
    Instant now;
};

/// The parameters of a request object whose signature is proven already.
RequestObject read_request_object(const crypto::jose::ParsedJwt& jwt, const RequestObjectRules& rules);

/// Reads request objects, by value or from where the client has registered that they are. Threads: any.
class RequestObjects {
public:
    static constexpr std::size_t max_size = 16 * 1024;  ///< bytes

    RequestObjects(ClientKeys& keys, net::Fetcher& fetcher, directory::Catalog& catalog, const Clock& clock)
        : keys_(keys), fetcher_(fetcher), catalog_(catalog), clock_(clock) {}

    Task<RequestObject> read(signin::ClientPtr client, std::string issuer, std::string text);
    /// The same of one that is at a URL, which has to be one of the client's `request_uris`, byte for byte.
    Task<RequestObject> fetch(signin::ClientPtr client, std::string issuer, std::string url);

private:
    Task<std::optional<std::string>> decrypt(signin::ClientPtr client, std::string text);

    ClientKeys& keys_;
    net::Fetcher& fetcher_;
    directory::Catalog& catalog_;
    const Clock& clock_;
};

}  // namespace symbolon::oauth
