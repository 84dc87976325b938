#include "symbolon/skill/skill.hpp"

#include <algorithm>
#include <utility>

namespace symbolon::skill {
namespace {

struct Route {
    Condition can_handle;
    Handler handle;
    Around around;
};
struct ErrorRoute {
    ErrorCondition can_handle;
    ErrorHandler handle;
};

bool allows_no_content(const Request& request) {
    return request.type == SessionEndedRequest::type || request.type.starts_with("AlexaSkillEvent.");
}

}  // namespace

struct Skill::Impl {
    std::vector<std::string> skill_ids;
    std::string user_agent = "symbolon-skill/0.1";
    std::vector<Route> routes;
    std::vector<RequestInterceptor> before;
    std::vector<ResponseInterceptor> after;
    std::vector<ErrorRoute> errors;
    SkillServices services;

    void check_application(const RequestEnvelope& envelope) const {
        if (skill_ids.empty()) return;
        const auto& id = envelope.context.system.application.application_id;
        if (std::ranges::find(skill_ids, id) == skill_ids.end()) {
            throw WrongApplication("the request is for " + id);
        }
    }

    const Route& get_route(const Input& in) const {
        for (const auto& route : routes) {
            if (route.can_handle(in)) return route;
        }
        const Intent* intent = in.find_intent();
        throw NoHandler("no handler for " + in.request().type + (intent == nullptr ? "" : " " + intent->name));
    }

    Response answer(Input& in) const {
        for (const auto& interceptor : before) interceptor(in);
        const Route& route = get_route(in);
        for (const auto& interceptor : route.around.before) interceptor(in);
        Response response = route.handle(in);
        for (const auto& interceptor : route.around.after) interceptor(in, response);
        for (const auto& interceptor : after) interceptor(in, response);
        return response;
    }

    Response answer_or_apologise(Input& in) const {
        try {
            return answer(in);
        } catch (const std::exception& error) {
            for (const auto& route : errors) {
                if (route.can_handle(in, error)) return route.handle(in, error);
            }
            throw;
        }
    }
};

json::object Skill::invoke(json::object envelope, Invocation invocation) const {
    const std::shared_ptr<const SkillServices> services(impl_, &impl_->services);
    json::object out(envelope.storage());
    Input in(RequestEnvelope::parse(std::move(envelope)), services, std::move(invocation));
    impl_->check_application(in.envelope());
    const Response response = impl_->answer_or_apologise(in);
    out["version"] = "1.0";
    out["userAgent"] = impl_->user_agent;
    if (in.envelope().session) out["sessionAttributes"] = in.session_attributes();
    out["response"] = allows_no_content(in.request()) ? json::object{} : response.to_json(out.storage());
    return out;
}

const std::vector<std::string>& Skill::skill_ids() const {
    return impl_->skill_ids;
}

SkillBuilder::SkillBuilder() : impl_(std::make_shared<Skill::Impl>()) {}

SkillBuilder& SkillBuilder::skill_id(std::string id) {
    impl_->skill_ids.push_back(std::move(id));
    return *this;
}

SkillBuilder& SkillBuilder::user_agent(std::string name) {
    impl_->user_agent = std::move(name);
    return *this;
}

SkillBuilder& SkillBuilder::localization(Localization texts) {
    impl_->services.localization = std::make_shared<const Localization>(std::move(texts));
    return *this;
}

SkillBuilder& SkillBuilder::persistence(std::shared_ptr<Persistence> store, PartitionKey key) {
    impl_->services.persistence = std::move(store);
    impl_->services.partition_key = std::move(key);
    return *this;
}

SkillBuilder& SkillBuilder::on(std::string_view name, Handler handler) {
    return on({name}, std::move(handler));
}

SkillBuilder& SkillBuilder::on(std::initializer_list<std::string_view> names, Handler handler) {
    std::vector<std::string> wanted(names.begin(), names.end());
    return when(
        [wanted = std::move(wanted)](const Input& in) {
            return std::ranges::any_of(wanted, [&](const std::string& name) { return in.is(name); });
        },
        std::move(handler));
}

SkillBuilder& SkillBuilder::when(Condition can_handle, Handler handler, Around around) {
    impl_->routes.push_back({std::move(can_handle), std::move(handler), std::move(around)});
    return *this;
}

SkillBuilder& SkillBuilder::add(std::shared_ptr<const RequestHandler> handler, Around around) {
    return when([handler](const Input& in) { return handler->can_handle(in); },
                [handler](Input& in) { return handler->handle(in); }, std::move(around));
}

SkillBuilder& SkillBuilder::otherwise(Handler handler) {
    return when([](const Input&) { return true; }, std::move(handler));
}

SkillBuilder& SkillBuilder::before(RequestInterceptor interceptor) {
    impl_->before.push_back(std::move(interceptor));
    return *this;
}

SkillBuilder& SkillBuilder::after(ResponseInterceptor interceptor) {
    impl_->after.push_back(std::move(interceptor));
    return *this;
}

SkillBuilder& SkillBuilder::on_error(ErrorHandler handler) {
    return on_error([](const Input&, const std::exception&) { return true; }, std::move(handler));
}

SkillBuilder& SkillBuilder::on_error(ErrorCondition can_handle, ErrorHandler handler) {
    impl_->errors.push_back({std::move(can_handle), std::move(handler)});
    return *this;
}

Skill SkillBuilder::create() const {
    return Skill(std::make_shared<const Skill::Impl>(*impl_));
}

}  // namespace symbolon::skill
