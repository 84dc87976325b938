#include "app/admin/admin.hpp"
#include "app/assistant_server.hpp"
#include "app/demo/demo.hpp"
#include "app/doctor.hpp"
#include "app/identity_server.hpp"
#include "app/options.hpp"
#include "app/signals.hpp"
#include "app/soak.hpp"
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
        case CommandLine::Command::soak:
        case CommandLine::Command::doctor:  // have codes of their own
        case CommandLine::Command::done:
            return;
    }
}

/// The exit code when nothing came of it. The doctor's 1 says that a server is unfit, the soak's that a link died.
int failure_of(const CommandLine& command_line) {
    using enum CommandLine::Command;
    return command_line.command == doctor || command_line.command == soak ? 2 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto command_line = parse_command_line(argc, argv);
    if (command_line.command == CommandLine::Command::done) return command_line.exit_code;
    if (command_line.command != CommandLine::Command::doctor) block_signals();
    try {
        if (command_line.command == CommandLine::Command::doctor) return examine(command_line.doctor);
        if (command_line.command == CommandLine::Command::soak) return soak(command_line.soak);
        run(command_line, argc, argv);
    } catch (const Error& e) {
        std::cerr << "symbolon: " << e.message << (e.detail.empty() ? "" : " (" + e.detail + ")") << "\n";
        return failure_of(command_line);
    } catch (const std::exception& e) {
        std::cerr << "symbolon: " << e.what() << "\n";
        return failure_of(command_line);
    }
    return 0;
}
