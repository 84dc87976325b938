#include "messaging/sink_file.hpp"

#include "base/error.hpp"
#include "messaging/message_codec.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace symbolon::messaging {
namespace {

/// An open file that closes itself.
class Descriptor {
public:
    explicit Descriptor(const std::string& path)
        : fd_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool is_open() const { return fd_ >= 0; }
    int get() const { return fd_; }

private:
    int fd_;
};

std::string reason() {
    return std::generic_category().message(errno);
}

}  // namespace

FileSink::FileSink(std::string path) : path_(std::move(path)) {
    const Descriptor file(path_);
    if (!file.is_open())
        throw Error{Errc::invalid_parameter, "The message file " + path_ + " cannot be opened: " + reason()};
}

Task<void> FileSink::send(Message message) {
    const std::string line = to_json_line(message) + '\n';
    const Descriptor file(path_);
    if (!file.is_open()) throw Error{Errc::code_delivery_failed, {}, "open: " + reason()};
    // One call a line: with O_APPEND, lines of several processes do not mix.
    ssize_t written = 0;
    do {
        written = ::write(file.get(), line.data(), line.size());
    } while (written < 0 && errno == EINTR);
    if (written < 0) throw Error{Errc::code_delivery_failed, {}, "write: " + reason()};
    if (static_cast<std::size_t>(written) != line.size())
        throw Error{Errc::code_delivery_failed, {}, "write: the line was cut short"};
    co_return;
}

}  // namespace symbolon::messaging
