#include "aws/door.hpp"

#include "aws/errors.hpp"
#include "aws/operation.hpp"
#include "base/log.hpp"
#include "crypto/sigv4.hpp"
#include "net/respond.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace symbolon::aws {

namespace json = boost::json;

namespace {

constexpr std::string_view target_prefix = "AWSCognitoIdentityProviderService.";
constexpr std::string_view service = "cognito-idp";
constexpr std::size_t max_depth = 32;

/// Browsers call the API directly, without cookies: any origin may (cognito-api.md §1.1).
void allow_any_origin(net::Response& response) {
    response.headers.set("Access-Control-Allow-Origin", "*");
    response.headers.set("Access-Control-Expose-Headers", "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");
}

net::Response preflight() {
    net::Response response;
    response.headers.set("Access-Control-Allow-Methods", "POST, OPTIONS");
    response.headers.set("Access-Control-Allow-Headers",
                         "content-type, x-amz-target, x-amz-user-agent, cache-control, amz-sdk-invocation-id, "
                         "amz-sdk-request, authorization, x-amz-date, x-amz-security-token, x-amz-content-sha256");
    response.headers.set("Access-Control-Max-Age", "172800");
    return response;
}

const Operation& get_operation(const net::Request& request) {
    const auto target = request.headers.find("x-amz-target");
    if (!target || !target->starts_with(target_prefix)) throw Error(Errc::unknown_operation);
    const auto* operation = find_operation(target->substr(target_prefix.size()));
    if (operation == nullptr) throw Error(Errc::unknown_operation);
    return *operation;
}

void check_signature(const net::Request& request, const Context& context, Instant now) {
    crypto::sigv4::SignedRequest signed_request;
    signed_request.method = request.method_name;
    signed_request.path = request.path;
    signed_request.query = request.query;
    for (const auto& [name, value] : request.headers) signed_request.headers.emplace_back(name, value);
    signed_request.body = request.body;
    crypto::sigv4::verify(signed_request, service, now, context.options.find_secret);
}

json::object parse_body(std::string_view body) {
    if (body.empty()) return {};
    json::parse_options options;
    options.max_depth = max_depth;
    json::error_code problem;
    auto value = json::parse(body, problem, {}, options);
    if (problem) throw Error(Errc::invalid_json, "", problem.message());
    if (!value.is_object()) throw Error(Errc::invalid_json, "Unexpected field type");
    return std::move(value.get_object());
}

net::Response answer_response(const Answer& answer) {
    net::Response response;
    response.headers.set("Content-Type", "application/x-amz-json-1.1");
    if (answer) response.body = json::serialize(*answer);
    return response;
}

}  // namespace

struct Door::Impl {
    Context context;

    Task<Answer> run(const net::Request& request) {
        const auto now = context.services.clock.now();
        const auto& operation = get_operation(request);
        if (operation.access == Access::administrator) check_signature(request, context, now);
        auto body = parse_body(request.body);
        Call call{context, now, {request.client_address, {}}};
        co_return co_await operation.run(std::move(call), std::move(body));
    }

    Task<net::Response> answer(net::Request request) {
        try {
            const auto result = co_await run(request);
            co_return answer_response(result);
        } catch (const Error& e) {
            if (wire(e.code).status >= 500) {
                log::error("api_error",
                           {{"request_id", request.request_id}, {"message", e.message}, {"detail", e.detail}});
            }
            co_return error_response(e);
        }
    }
};

Door::Door(Context context) : impl_(std::make_unique<Impl>(Impl{context})) {}
Door::~Door() = default;

Task<net::Response> Door::serve(net::Request request) {
    net::Response response;
    if (request.method == net::Method::options) {
        response = preflight();
    } else {
        const auto request_id = request.request_id;
        response = co_await impl_->answer(std::move(request));
        response.headers.set("Content-Type", "application/x-amz-json-1.1");
        response.headers.set("x-amzn-RequestId", request_id);
        response.headers.set("Cache-Control", "no-store");
    }
    allow_any_origin(response);
    co_return response;
}

}  // namespace symbolon::aws
