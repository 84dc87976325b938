#include "app/admin/input.hpp"

#include "base/error.hpp"

namespace symbolon::app {

// std::cin would read a character at a time, to keep in step with C's streams.
Input::Input(const std::string& name) : name_(name) {
    if (name.empty()) throw Error(Errc::invalid_parameter, "--input is missing: the file to import.");
    stream_.open(name == "-" ? "/dev/stdin" : name, std::ios::binary);
    if (!stream_) throw Error(Errc::invalid_parameter, "Cannot read " + name + ".");
}

std::size_t Input::read(std::span<char> block) {
    stream_.read(block.data(), static_cast<std::streamsize>(block.size()));
    // A disk that fails must not look like the end of the file.
    if (stream_.bad()) throw Error(Errc::unavailable, "Cannot read " + name_ + " to its end.");
    return static_cast<std::size_t>(stream_.gcount());
}

}  // namespace symbolon::app
