#include "scale/model.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace symbolon::bench {

namespace {

/// One value a line, in this order. Secrets of a pool that only benchmarks know.
void write_configuration(const std::string& path, const Deployment::Configuration& c, const std::string& phone_number) {
    std::ofstream(path) << c.pool_id << '\n'
                        << c.skill.id << '\n'
                        << c.skill.secret << '\n'
                        << c.api_client.id << '\n'
                        << phone_number << '\n';
}

void read_configuration(const std::string& path, Deployment::Configuration& c, std::string& phone_number) {
    std::ifstream(path) >> c.pool_id >> c.skill.id >> c.skill.secret >> c.api_client.id >> phone_number;
}

void make_pool(Deployment& deployment, const std::string& exported) {
    deployment.start();
    deployment.configure(1);
    deployment.stop();
    const auto command =
        deployment.admin_command("export --pool " + deployment.pool_id() + " --output '" + exported + "'") +
        " >/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("This failed: " + command);
    write_configuration(deployment.folder() + "/configuration", deployment.configuration(),
                        deployment.phone_numbers().front());
}

}  // namespace

Model::Model(const std::string& server, const std::string& folder, const Cores& cores) {
    Deployment deployment({.binary = server, .folder = folder}, cores);
    const auto exported = deployment.folder() + "/pool.jsonl";
    if (!std::filesystem::exists(deployment.folder() + "/configuration")) make_pool(deployment, exported);
    read_configuration(deployment.folder() + "/configuration", configuration_, phone_number_);
    std::ifstream in(exported);
    for (std::string line; std::getline(in, line);) exported_.push_back(line);
}

Population Model::population(std::uint64_t size, bool passwords) const {
    constexpr std::string_view member = R"("sub":")";
    const auto& user = exported_.at(1);
    const auto sub = user.substr(user.find(member) + member.size(), 36);
    Population out(exported_, sub, phone_number_, size);
    if (!passwords) out.drop_passwords();
    return out;
}

}  // namespace symbolon::bench
