#include <symbolon/skill/account_linking.hpp>
#include <symbolon/skill/endpoint.hpp>
#include <symbolon/skill/lambda.hpp>
#include <symbolon/skill/serve.hpp>
#include <symbolon/skill/skill.hpp>
#include <symbolon/skill/verifier.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <iostream>

namespace skill = symbolon::skill;

/// Answers one request in place, starts a server and stops it, and refuses a request that nobody signed.
int main() {
    const skill::AccountLinking account({.userinfo_url = "https://id.example.com/oauth2/userInfo"});
    const auto made = skill::SkillBuilder{}
                          .skill_id("amzn1.ask.skill.1")
                          .on("LaunchRequest", account.linked([](auto& in, auto&) { return in.speak("Hello."); }))
                          .create();
    const auto answer = made.invoke(boost::json::parse(R"({"request":{"type":"LaunchRequest"},
        "context":{"System":{"application":{"applicationId":"amzn1.ask.skill.1"}}}})")
                                        .as_object());
    auto server = skill::serve(made, {.listen = {"127.0.0.1:0"}});
    server.stop();
    skill::Endpoint endpoint(made, {.log = [](auto&&...) {}});
    const auto refused = endpoint.answer({.body = "{}"}).status;
    std::cout << boost::json::serialize(answer.at("response").at("card")) << ' ' << refused << '\n';
    return 0;
}
