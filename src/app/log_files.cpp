#include "app/log_files.hpp"

#include "app/private_files.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "crypto/hash.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <system_error>
#include <utility>

namespace symbolon::app {
namespace {

using namespace std::chrono_literals;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/// A crash or a full disk may have left half a line.
bool ends_within_a_line(int file) {
    struct stat status{};
    char last = '\n';
    if (::fstat(file, &status) != 0 || status.st_size == 0) return false;
    return ::pread(file, &last, 1, status.st_size - 1) == 1 && last != '\n';
}

/// Why it could not be written; "" when it was.
std::string append_to(const std::string& path, std::string text) {
    const auto because = [] { return std::generic_category().message(errno); };
    const int file = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (file < 0) return because();
    if (ends_within_a_line(file)) text.insert(text.begin(), '\n');
    std::string_view rest = text;
    std::string failure;
    while (!rest.empty() && failure.empty()) {
        const auto written = ::write(file, rest.data(), rest.size());
        if (written > 0)
            rest.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            failure = because();
    }
    ::close(file);
    return failure;
}

Task<std::int64_t> deliver_lines(LogFiles& files, directory::Claim& claim, int limit) {
    const auto take = [limit](db::Transaction& tx) { return directory::LogLines(tx).take(limit); };
    const auto lines = co_await claim.write(take);
    files.append(lines);
    co_return static_cast<std::int64_t>(lines.size());
}

}  // namespace

std::string log_file_name(std::string_view arn) {
    constexpr std::size_t longest = 120;
    std::string name(arn.substr(0, longest));
    std::replace_if(name.begin(), name.end(), [](char c) { return !is_plain(c); }, '_');
    return name + "-" + to_hex(crypto::sha256(arn)).substr(0, 16) + ".jsonl";
}

LogFiles::LogFiles(std::string folder) : folder_(std::move(folder)) {
    make_private_folder(folder_);
}

void LogFiles::append(const std::vector<directory::LogLine>& lines) {
    struct Batch {
        std::string text;
        std::uint64_t lines = 0;
    };
    std::map<std::string, Batch> batches;
    for (const auto& line : lines) {
        auto& batch = batches[line.destination];
        batch.text += line.line + "\n";
        ++batch.lines;
    }
    for (auto& [destination, batch] : batches) {
        const auto failure = append_to(folder_ + "/" + log_file_name(destination), std::move(batch.text));
        if (failure.empty()) continue;
        lost_ += batch.lines;
        log::error("log_lines_lost", {{"destination", destination}, {"reason", failure}, {"lines", batch.lines}});
    }
}

Duty make_log_duty(LogFiles& files) {
    const auto is_due = [](db::Transaction& tx, Instant) { return directory::LogLines(tx).any(); };
    const auto step = [&files](directory::Claim& claim, Instant, int limit) {
        return deliver_lines(files, claim, limit);
    };
    return {"deliver logs", 1s, is_due, step};
}

}  // namespace symbolon::app
