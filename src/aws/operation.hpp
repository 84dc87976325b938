#pragma once

#include "aws/door.hpp"
#include "aws/shapes.hpp"
#include "base/clock.hpp"
#include "base/shape/codec.hpp"
#include "base/task.hpp"
#include "db/transaction.hpp"
#include "signin/services.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

/// How an operation of the API is written: a request struct, a function, a response struct, and one line in the table
/// at the end of its family's file. Decoding, all constraint errors in one message, the transaction, encoding and the
/// authorization class follow from these.
namespace symbolon::aws {

/// Who may call (cognito-api.md §1.7).
enum class Access {
    administrator,  ///< IAM: a valid SigV4 signature
    client,         ///< PUB: named by ClientId, proven by SecretHash where the client has a secret
    token,          ///< TOK: proven by AccessToken
};

enum class Effect { reads, writes };

/// The response of operations that answer with an empty body (Content-Length: 0), which is not the same as {}.
struct NoBody {};

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

/// One call of an operation that waits (hashes, sends, signs).
struct Call {
    Context& context;
    Instant now{};
    signin::Caller caller;
};

/// One call of an operation that is a plain function over one transaction.
struct Scope {
    db::Transaction& tx;
    Context& context;
    Instant now{};
};

/// Nothing: an empty body.
using Answer = std::optional<boost::json::object>;

struct Operation {
    std::string_view name;
    Access access;
    Task<Answer> (*run)(Call call, boost::json::object body);
};

/// Every operation, by name.
std::span<const Operation> operations();
/// Null when there is none of that name (case-sensitive).
const Operation* find_operation(std::string_view name);

namespace detail {

template <class Response>
Answer encode_answer(const Response& response) {
    if constexpr (std::is_same_v<Response, NoBody>) {
        return std::nullopt;
    } else {
        return encode(response);
    }
}

/// What a change of a pool's configuration makes stale.
template <class Request>
void forget_cached(Context& context, const Request& request) {
    if constexpr (requires { request.UserPoolId; }) {
        context.services.catalog.forget(PoolId(request.UserPoolId.str()));
    }
}

template <auto function>
struct Adapter;

template <class Request, class Response, Response (*function)(Scope, const Request&)>
struct Adapter<function> {
    template <Effect effect>
    static Task<Answer> run(Call call, boost::json::object body) {
        const auto request = decode<Request>(body);
        auto& db = call.context.services.db;
        const auto work = [&](db::Transaction& tx) { return function(Scope{tx, call.context, call.now}, request); };
        if constexpr (effect == Effect::reads) {
            const Response response = co_await db.read(work);
            co_return encode_answer(response);
        } else {
            const Response response = co_await db.write(work);
            forget_cached(call.context, request);
            co_return encode_answer(response);
        }
    }
};

template <class Request, class Response, Task<Response> (*function)(Call, Request)>
struct Adapter<function> {
    static Task<Answer> run(Call call, boost::json::object body) {
        auto request = decode<Request>(body);
        const Response response = co_await function(std::move(call), std::move(request));
        co_return encode_answer(response);
    }
};

}  // namespace detail

/// A line of the table: an operation that is a plain function in one transaction …
template <auto function, Effect effect>
constexpr Operation operation(std::string_view name, Access access) {
    return {name, access, &detail::Adapter<function>::template run<effect>};
}

/// … and one that waits.
template <auto function>
constexpr Operation operation(std::string_view name, Access access) {
    return {name, access, &detail::Adapter<function>::run};
}

}  // namespace symbolon::aws
