#include "skill/skill_server.hpp"

#include "skill/platform.hpp"

#include "symbolon/skill/serve.hpp"
#include "symbolon/skill/skill.hpp"

#include <fstream>
#include <iterator>
#include <utility>

namespace symbolon::bench {

namespace {

skill::Skill make_skill() {
    return skill::SkillBuilder{}
        .skill_id(bench_skill_id)
        .on("OrderIntent", [](auto& in) { return in.speak(bench_speech).end_session(); })
        .create();
}

}  // namespace

void serve_skill(const std::string& chain_file, unsigned workers) {
    std::ifstream file(chain_file);
    const std::string chain(std::istreambuf_iterator<char>(file), {});
    skill::ServeOptions options;
    options.listen = {"127.0.0.1:0"};
    options.workers = workers;
    options.endpoint.fetch = [chain](const skill::FetchRequest&) { return skill::HttpResponse{200, {}, chain}; };
    skill::run(make_skill(), std::move(options));
}

}  // namespace symbolon::bench
