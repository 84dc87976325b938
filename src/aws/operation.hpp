#pragma once

#include "aws/door.hpp"
#include "aws/shapes.hpp"
#include "base/clock.hpp"
#include "base/shape/codec.hpp"
#include "base/shape/description.hpp"
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
    feedback,       ///< FBK: proven by FeedbackToken
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
    const ChosenIds* chosen = nullptr;  ///< null: ids are made by chance
};

/// One call of an operation that is a plain function over one transaction.
struct Scope {
    db::Transaction& tx;
    Context& context;
    Instant now{};
    const ChosenIds* chosen = nullptr;  ///< null: ids are made by chance
};

/// Nothing: an empty body.
using Answer = std::optional<boost::json::object>;

struct Operation {
    std::string_view name;
    Access access;
    Task<Answer> (*run)(Call call, boost::json::object body);
    const Description& (*request)();   ///< what the body may hold
    std::optional<Effect> effect;      ///< nothing: of one that waits
    const Description* (*response)();  ///< what the answer holds; gives null where its body is empty
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

template <class Response>
const Description* describe_answer() {
    if constexpr (std::is_same_v<Response, NoBody>) {
        return nullptr;
    } else {
        return &description_of<Response>();
    }
}

/// The request. One whose members can say a thing in two ways has a `normalize(body)` that leaves one of them.
template <class Request>
Request decode_request(boost::json::object body) {
    if constexpr (requires { Request::normalize(body); }) Request::normalize(body);
    return decode<Request>(body);
}

/// What a request says to hooks, and of where the person is who asks.
template <class Request>
void take_metadata(signin::Caller& caller, const Request& request) {
    if constexpr (requires { request.ClientMetadata->begin(); }) {
        const auto& given = request.ClientMetadata;
        if (given) caller.metadata = {given->begin(), given->end()};
    }
    if constexpr (requires { to_attributes(request.ValidationData); }) {
        caller.validation_data = to_attributes(request.ValidationData);
    }
    if constexpr (requires { request.UserContextData->EncodedData; }) {
        const auto& told = request.UserContextData;
        if (told) caller.fingerprint = told->EncodedData.value_or("");
        if (told) caller.told_address = told->IpAddress.value_or("");
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
    using Takes = Request;
    using Gives = Response;

    template <Effect effect>
    static Task<Answer> run(Call call, boost::json::object body) {
        const auto request = decode_request<Request>(std::move(body));
        auto& db = call.context.services.db;
        const auto work = [&](db::Transaction& tx) {
            return function(Scope{tx, call.context, call.now, call.chosen}, request);
        };
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
    using Takes = Request;
    using Gives = Response;

    static Task<Answer> run(Call call, boost::json::object body) {
        auto request = decode_request<Request>(std::move(body));
        take_metadata(call.caller, request);
        const Response response = co_await function(std::move(call), std::move(request));
        co_return encode_answer(response);
    }
};

}  // namespace detail

/// A line of the table: an operation that is a plain function in one transaction …
template <auto function, Effect effect>
constexpr Operation operation(std::string_view name, Access access) {
    using Adapter = detail::Adapter<function>;
    return {name,
            access,
            &Adapter::template run<effect>,
            &description_of<typename Adapter::Takes>,
            effect,
            &detail::describe_answer<typename Adapter::Gives>};
}

/// … and one that waits.
template <auto function>
constexpr Operation operation(std::string_view name, Access access) {
    using Adapter = detail::Adapter<function>;
    return {name,          access,
            &Adapter::run, &description_of<typename Adapter::Takes>,
            std::nullopt,  &detail::describe_answer<typename Adapter::Gives>};
}

}  // namespace symbolon::aws
