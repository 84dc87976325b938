#pragma once

#include "symbolon/skill/input.hpp"
#include "symbolon/skill/invocation.hpp"
#include "symbolon/skill/localization.hpp"
#include "symbolon/skill/persistence.hpp"
#include "symbolon/skill/response_builder.hpp"
#include "symbolon/skill/ssml.hpp"

#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace symbolon::skill {

using Condition = std::function<bool(const Input&)>;
using Handler = std::function<Response(Input&)>;
using RequestInterceptor = std::function<void(Input&)>;
using ResponseInterceptor = std::function<void(Input&, Response&)>;
using ErrorCondition = std::function<bool(const Input&, const std::exception&)>;
using ErrorHandler = std::function<Response(Input&, const std::exception&)>;

/// No registered handler wants the request.
class NoHandler : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The request is for another skill.
class WrongApplication : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A handler as a class, for those that have members or are tested on their own. Threads: called from several at once.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;
    virtual bool can_handle(const Input& in) const = 0;
    virtual Response handle(Input& in) const = 0;
};

/// What runs around one handler only, inside of what runs around all.
struct Around {
    std::vector<RequestInterceptor> before = {};
    std::vector<ResponseInterceptor> after = {};
};

/// A finished skill: immutable, cheap to copy. Threads: any; its handlers are called from several at once.
class Skill {
public:
    /// Answers one request envelope with one response envelope. An empty `response` is given where the platform allows
    /// no content (SessionEndedRequest, skill events); `sessionAttributes` only when the request had a session. The
    /// answer is made in the envelope's storage, of which nothing else is kept.
    /// Fails: MalformedRequest, WrongApplication, NoHandler, InvalidResponse, and what a handler threw and no error
    /// handler wanted.
    json::object invoke(json::object envelope, Invocation invocation = {}) const;

    /// Whom it answers for; empty: for all.
    const std::vector<std::string>& skill_ids() const;

private:
    friend class SkillBuilder;
    struct Impl;
    explicit Skill(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<const Impl> impl_;
};

/// Collects what a skill consists of. Handlers are asked in the order in which they were added; the first that wants
/// the request answers it.
class SkillBuilder {
public:
    SkillBuilder();

    /// Only requests for this skill are answered; may be called several times (development and live stage). Without
    /// any, invoke() answers all, which is right only where the transport has checked it (Lambda).
    SkillBuilder& skill_id(std::string id);
    /// `userAgent` of the answers, which the platform's support sees.
    SkillBuilder& user_agent(std::string name);
    /// What Input::text() says.
    SkillBuilder& localization(Localization texts);
    /// Where Input::persistent_attributes() come from, and whose they are.
    SkillBuilder& persistence(std::shared_ptr<Persistence> store, PartitionKey key = by_user());

    /// Answers the intent, or the type of request, of that name: `on("LaunchRequest", …)`, `on("HelpIntent", …)`.
    SkillBuilder& on(std::string_view name, Handler handler);
    SkillBuilder& on(std::initializer_list<std::string_view> names, Handler handler);
    /// Answers requests of one type, e.g. `on<audio_player::PlaybackFailed>([](auto& in, auto& failed) { … })`.
    template <class T>
    SkillBuilder& on(std::function<Response(Input&, const T&)> handler) {
        return when([](const Input& in) { return in.find<T>() != nullptr; },
                    [handler = std::move(handler)](Input& in) { return handler(in, *in.find<T>()); });
    }
    /// Answers the requests for which `can_handle` is true, with `around` around this handler only.
    SkillBuilder& when(Condition can_handle, Handler handler, Around around = {});
    /// The same for a handler that is a class.
    SkillBuilder& add(std::shared_ptr<const RequestHandler> handler, Around around = {});
    /// Answers whatever nobody before wanted.
    SkillBuilder& otherwise(Handler handler);

    /// Runs before the handler is chosen, in the order added.
    SkillBuilder& before(RequestInterceptor interceptor);
    /// Runs after the handler with its response, in the order added; not after an error handler.
    SkillBuilder& after(ResponseInterceptor interceptor);

    /// Answers when an interceptor or a handler threw, or none was found. The first that wants the error wins; when
    /// none does, invoke() throws.
    SkillBuilder& on_error(ErrorHandler handler);
    /// The same for the errors for which `can_handle` is true.
    SkillBuilder& on_error(ErrorCondition can_handle, ErrorHandler handler);

    /// The skill as described so far; what is added to the builder later does not change it.
    Skill create() const;

private:
    std::shared_ptr<Skill::Impl> impl_;
};

}  // namespace symbolon::skill
