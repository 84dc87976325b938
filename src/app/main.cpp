#include "app/admin/admin.hpp"
#include "app/assistant_server.hpp"
#include "app/demo/demo.hpp"
#include "app/identity_server.hpp"
#include "app/options.hpp"
#include "app/signals.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <exception>
#include <iostream>

namespace {

using namespace symbolon;
using namespace symbolon::app;

void announce(const std::vector<std::string>& urls) {
    for (const auto& url : urls) std::cout << "listening on " << url << std::endl;
}

void serve(const ServeOptions& options, int argc, const char* const* argv) {
    IdentityServer server(options);
    server.start();
    announce(server.urls());
    wait_for_the_end([&] {
        try {
            server.reload(reread(argc, argv));
        } catch (const Error& e) {
            log::error("configuration_not_reloaded", {{"message", e.message}});
        }
    });
    server.stop();
}

void assist(const AssistantOptions& options) {
    AssistantServer assistant(options);
    assistant.start();
    announce(assistant.urls());
    wait_for_the_end([] {});
    assistant.stop();
}

void play(const DemoOptions& options) {
    Demo demo(options);
    demo.start();
    announce(demo.urls());
    std::cout << demo.what_to_do() << std::flush;
    wait_for_the_end([] {});
    demo.stop();
}

void run(const CommandLine& command_line, int argc, const char* const* argv) {
    switch (command_line.command) {
        case CommandLine::Command::serve:
            return serve(command_line.serve, argc, argv);
        case CommandLine::Command::assistant:
            return assist(command_line.assistant);
        case CommandLine::Command::demo:
            return play(command_line.demo);
        case CommandLine::Command::admin:
            return administrate(command_line.admin);
        case CommandLine::Command::done:
            return;
    }
}

}  // namespace

int main(int argc, char** argv) {
    const auto command_line = parse_command_line(argc, argv);
    if (command_line.command == CommandLine::Command::done) return command_line.exit_code;
    block_signals();
    try {
        run(command_line, argc, argv);
    } catch (const Error& e) {
        std::cerr << "symbolon: " << e.message << (e.detail.empty() ? "" : " (" + e.detail + ")") << "\n";
        return 1;
    } catch (const std::exception& e) {
        std::cerr << "symbolon: " << e.what() << "\n";
        return 1;
    }
    return 0;
}
