#include "aws/door.hpp"

#include "aws/call_record.hpp"
#include "aws/errors.hpp"
#include "aws/files.hpp"
#include "aws/named.hpp"
#include "aws/operation.hpp"
#include "aws/permissions.hpp"
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
constexpr std::string_view outcome_ok = "ok";
constexpr std::size_t max_depth = 32;
constexpr std::size_t max_branding = 2 * 1024 * 1024;  // bytes of a request that brings pictures

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

/// Null when the request names no operation of ours.
const Operation* find_called(const net::Request& request) {
    const auto target = request.headers.find("x-amz-target");
    if (!target || !target->starts_with(target_prefix)) return nullptr;
    return find_operation(target->substr(target_prefix.size()));
}

const Operation& get_operation(const net::Request& request) {
    const auto* operation = find_called(request);
    if (operation == nullptr) throw Error(Errc::unknown_operation);
    return *operation;
}

crypto::sigv4::SignedRequest to_signed(const net::Request& request) {
    crypto::sigv4::SignedRequest out;
    out.method = request.method_name;
    out.path = request.path;
    out.query = request.query;
    for (const auto& [name, value] : request.headers) out.headers.emplace_back(name, value);
    out.body = request.body;
    return out;
}

/// What is known of an administrator's call, for the audit log.
struct Audited {
    bool wanted = false;  ///< others' calls are not written down
    AuditEntry entry;
};

signin::Caller caller_of(const net::Request& request) {
    signin::Caller caller{.address = request.client_address, .browser = {}};
    caller.user_agent = request.headers.find("User-Agent").value_or("");
    caller.request_id = request.request_id;
    return caller;
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

    /// The key that signed the request. Fails: missing_signature, incomplete_signature, unknown_access_key,
    /// wrong_signature.
    Task<std::shared_ptr<const directory::AccessKey>> authenticate(const net::Request& request, Instant now,
                                                                   AuditEntry& entry) {
        const auto signed_request = to_signed(request);
        const auto id = crypto::sigv4::claimed_access_key_id(signed_request);
        entry.access_key_id = loggable_id(id);
        std::shared_ptr<const directory::AccessKey> key;
        if (context.options.keys != nullptr) key = co_await context.options.keys->find(id);
        const auto find_secret = [&](std::string_view claimed) -> std::optional<std::string> {
            if (!key || key->id != claimed) return std::nullopt;
            return std::string(key->secret.reveal());
        };
        crypto::sigv4::verify(signed_request, service, now, find_secret);
        co_return key;
    }

    Task<Answer> run(const net::Request& request, Audited& audited) {
        const auto now = context.services.clock.now();
        const auto& operation = get_operation(request);
        const bool administrators = operation.access == Access::administrator;
        std::shared_ptr<const directory::AccessKey> key;
        if (administrators) {
            audited.wanted = true;
            audited.entry.operation = operation.name;
            key = co_await authenticate(request, now, audited.entry);
        }
        auto body = parse_body(request.body);
        if (administrators) {
            name_subjects(audited.entry, context.services.sealer, operation, body);
            co_await authorize(context, *key, operation, body);
        }
        Call call{context, now, caller_of(request)};
        auto answer = co_await operation.run(std::move(call), std::move(body));
        if (administrators && answer) name_made(audited.entry, *answer);
        co_return answer;
    }

    void write_down(const Audited& audited, std::string_view outcome) {
        if (!audited.wanted || context.options.audit == nullptr) return;
        auto entry = audited.entry;
        entry.outcome = outcome;
        context.options.audit->write(entry);
    }

    Task<net::Response> answer(net::Request request) {
        Audited audited;
        audited.entry.time = context.services.clock.now();
        audited.entry.client_address = request.client_address;
        audited.entry.request_id = request.request_id;
        try {
            const auto result = co_await run(request, audited);
            write_down(audited, outcome_ok);
            co_return answer_response(result);
        } catch (const Error& e) {
            write_down(audited, wire(e.code).type);
            if (wire(e.code).status >= 500) {
                log::error("api_error",
                           {{"request_id", request.request_id}, {"message", e.message}, {"detail", e.detail}});
            }
            co_return error_response(e);
        } catch (...) {  // a call that ran out of time may have had its effect
            write_down(audited, wire(Errc::internal).type);
            throw;
        }
    }

    Task<Answer> call(std::string caller, std::string name, json::object body, ChosenIds chosen) {
        const auto* operation = find_operation(name);
        if (operation == nullptr) throw Error(Errc::unknown_operation, "There is no operation " + name + ".");
        const auto now = context.services.clock.now();
        Audited audited{true, {.time = now, .access_key_id = std::move(caller), .operation = std::move(name)}};
        name_subjects(audited.entry, context.services.sealer, *operation, body);
        Call call{context, now, {}, &chosen};
        try {
            auto answer = co_await operation->run(std::move(call), std::move(body));
            if (answer) name_made(audited.entry, *answer);
            write_down(audited, outcome_ok);
            co_return answer;
        } catch (const Error& e) {
            write_down(audited, wire(e.code).type);
            throw;
        } catch (...) {
            write_down(audited, wire(Errc::internal).type);
            throw;
        }
    }
};

Door::Door(Context context) : impl_(std::make_unique<Impl>(Impl{context})) {}
Door::~Door() = default;

Task<Answer> Door::call(std::string caller, std::string operation, json::object body, ChosenIds chosen) {
    return impl_->call(std::move(caller), std::move(operation), std::move(body), std::move(chosen));
}

std::size_t Door::body_limit(const net::Request& head) const {
    if (is_file_path(head.path)) return file_limit(impl_->context, head);
    const auto* operation = find_called(head);
    return operation != nullptr && operation->name.ends_with("ManagedLoginBranding") ? max_branding : 0;
}

Task<net::Response> Door::serve(net::Request request) {
    if (is_file_path(request.path)) co_return co_await serve_file(impl_->context, std::move(request));
    net::Response response;
    if (request.method == net::Method::options) {
        response = preflight();
    } else {
        const auto request_id = request.request_id;
        const auto* operation = find_called(request);
        response = co_await impl_->answer(std::move(request));
        if (operation != nullptr) record_call(operation->name, response.status);
        response.headers.set("Content-Type", "application/x-amz-json-1.1");
        response.headers.set("x-amzn-RequestId", request_id);
        response.headers.set("Cache-Control", "no-store");
    }
    allow_any_origin(response);
    co_return response;
}

}  // namespace symbolon::aws
