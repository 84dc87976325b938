#pragma once

#include "base/task.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::net {

class SpoolFile;

enum class Method { get, head, post, put, patch, delete_, options, other };

/// The method of that name (names are case-sensitive, RFC 9110 §9.1); Method::other for one that nobody serves here.
Method to_method(std::string_view name);
/// "GET", …; "OTHER" for Method::other.
std::string_view to_text(Method method);

/// ASCII comparison without case, as header names and host names want it.
bool equal_without_case(std::string_view a, std::string_view b);
/// ASCII letters in lower case, other bytes as they are.
std::string to_lower(std::string_view text);

/// Header fields in the order received. Names compare without case.
class Headers {
public:
    void add(std::string name, std::string value);
    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);
    void remove(std::string_view name);
    /// The first field's value; nothing when there is none.
    std::optional<std::string_view> find(std::string_view name) const;
    std::vector<std::string_view> find_all(std::string_view name) const;
    auto begin() const { return fields_.begin(); }
    auto end() const { return fields_.end(); }
    std::size_t size() const { return fields_.size(); }
    void reserve(std::size_t count) { fields_.reserve(count); }

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

/// A request as received, decoded as far as HTTP goes and no further.
struct Request {
    Method method = Method::other;
    std::string method_name;  ///< as sent, e.g. "GET"
    std::string target;       ///< as sent: path and query, undecoded
    std::string path;         ///< the target up to '?', undecoded (SigV4 and exact matching need the bytes)
    std::string query;        ///< after '?', undecoded, without it
    Headers headers;
    std::string body;
    std::shared_ptr<const SpoolFile> spooled;  ///< the body, when it is too large to lie in memory (spool.hpp)
    std::string host;    ///< the one Host header, lower case, with port if sent; forwarded only by a trusted proxy
    std::string scheme;  ///< "http" or "https", as the client saw it (trusted proxies may say)
    std::string client_address;  ///< numeric address of the client (trusted proxies may say)
    std::string request_id;      ///< UUID made by the server; also in the log and in answers
    /// DER of the certificate whose key the client proved on TLS, here or at a trusted proxy; "" where there is none.
    /// Nothing else is proven about it.
    std::string client_certificate;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
};

/// Answers one request. Never throws for a client's mistake: doors map Error to their own wire form. What is thrown all
/// the same becomes 500 with the request's id and nothing else.
using Handler = std::function<Task<Response>(Request)>;

}  // namespace symbolon::net
