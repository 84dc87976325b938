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
#include "net/listen_error.hpp"

#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

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

/// What an operator reads of a failure.
std::string text_of(const Error& error) {
    if (error.message.empty()) return error.detail;
    if (error.detail.empty() || error.detail == error.message) return error.message;
    return error.message + " (" + error.detail + ")";
}

std::string_view advice(const net::ListenError& error) {
    if (error.code() == std::errc::address_in_use)
        return "Another program listens there, perhaps another symbolon. End it, or choose another address.";
    if (error.code() == std::errc::permission_denied)
        return "Ports below 1024 are for root and for who has CAP_NET_BIND_SERVICE.";
    if (error.code() == std::errc::address_not_available)
        return "This machine does not have that address; 0.0.0.0 stands for all that it has.";
    return "";
}

/// The flags that choose addresses.
std::string_view listen_flags(CommandLine::Command command) {
    using enum CommandLine::Command;
    if (command == demo) return "--listen, --assistant-listen, --skill-listen";
    if (command == assistant) return "--listen, --tap-listen";
    return command == doctor ? "--redirect-uri" : "--listen";
}

/// The exit code when nothing came of it. The doctor's 1 says that a server is unfit, the soak's that a link died.
int failure_of(const CommandLine& command_line) {
    using enum CommandLine::Command;
    return command_line.command == doctor || command_line.command == soak ? 2 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto command_line = parse_command_line(argc, argv);
    if (command_line.command == CommandLine::Command::done) return command_line.exit_code;
    if (command_line.command != CommandLine::Command::doctor) block_signals();
    try {
        if (command_line.command == CommandLine::Command::doctor) return examine(std::move(command_line.doctor));
        if (command_line.command == CommandLine::Command::soak) return soak(command_line.soak);
        run(command_line, argc, argv);
    } catch (const Error& e) {
        std::cerr << "symbolon: " << text_of(e) << "\n";
        return failure_of(command_line);
    } catch (const net::ListenError& e) {
        std::cerr << "symbolon: " << e.what() << ". " << advice(e) << " (" << listen_flags(command_line.command)
                  << ")\n";
        return failure_of(command_line);
    } catch (const std::exception& e) {
        std::cerr << "symbolon: " << e.what() << "\n";
        return failure_of(command_line);
    }
    return 0;
}
