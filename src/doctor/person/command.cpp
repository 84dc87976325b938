#include "doctor/person/command.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

// glibc 2.36 declares it as if it were C++.
extern "C" {
#include <sys/pidfd.h>
}

extern char** environ;

namespace symbolon::doctor {

namespace {

constexpr std::size_t longest = 64 * 1024;

const char* name_of(Intent intent) {
    switch (intent) {
        case Intent::sign_in:
            return "sign_in";
        case Intent::deny:
            return "deny";
        case Intent::sign_out:
            return "sign_out";
        case Intent::leave_at_code:
            return "leave_at_code";
        case Intent::end_access:
            return "end_access";
    }
    return "";
}

/// Runs /bin/sh in a group of its own, its output into the pipe's end; its id, or -1.
pid_t start(const std::string& command, const std::vector<std::string>& arguments, int output) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> words{"sh", "-c", command + " \"$@\"", "sh"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t id = -1;
    if (::posix_spawn(&id, "/bin/sh", &files, &attributes, pointers.data(), environ) != 0) id = -1;
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return id;
}

/// Reads until the end; false when the time is over or it is too much.
bool read_all(int input, std::string& out, std::chrono::steady_clock::time_point until) {
    std::array<char, 4096> buffer{};
    while (out.size() < longest) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        pollfd waiting{input, POLLIN, 0};
        if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
        const auto size = ::read(input, buffer.data(), buffer.size());
        if (size <= 0) return size == 0;
        out.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return false;
}

/// Waits for the end of a program; false when the time is over.
bool wait_for_end(pid_t id, std::chrono::steady_clock::time_point until) {
    const int descriptor = ::pidfd_open(id, 0);
    if (descriptor < 0) return false;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd waiting{descriptor, POLLIN, 0};
    const bool ended = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) > 0;
    ::close(descriptor);
    return ended;
}

}  // namespace

std::optional<std::string> run_command(const std::string& command, const std::vector<std::string>& arguments,
                                       std::chrono::seconds patience) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
    const auto id = start(command, arguments, ends[1]);
    ::close(ends[1]);
    std::string out;
    const auto until = std::chrono::steady_clock::now() + patience;
    // A program can close its output and go on.
    const bool whole = id > 0 && read_all(ends[0], out, until) && wait_for_end(id, until);
    ::close(ends[0]);
    if (id <= 0) return std::nullopt;
    if (!whole) ::kill(-id, SIGKILL);
    int status = 0;
    ::waitpid(id, &status, 0);
    if (!whole || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
    while (out.ends_with('\n') || out.ends_with('\r')) out.pop_back();
    return out;
}

std::optional<Arrival> CommandPerson::go(const Errand& errand) {
    if (errand.intent == Intent::leave_at_code) return std::nullopt;
    auto printed = run_command(command_, {name_of(errand.intent), errand.url}, patience_);
    if (!printed) return std::nullopt;
    const auto last = printed->rfind('\n');
    return Arrival{last == std::string::npos ? *printed : printed->substr(last + 1), {}, {}, {}, {}};
}

}  // namespace symbolon::doctor
