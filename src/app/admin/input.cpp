#include "app/admin/input.hpp"

#include "base/error.hpp"

#include <iostream>

namespace symbolon::app {

Input::Input(const std::string& name) : name_(name), stream_(name == "-" ? std::cin : file_) {
    if (name.empty()) throw Error(Errc::invalid_parameter, "--input is missing: the file to import.");
    if (name == "-") {
        // Else it would be read a character at a time, to keep in step with C's streams.
        std::ios::sync_with_stdio(false);
        return;
    }
    file_.open(name, std::ios::binary);
    if (!file_) throw Error(Errc::invalid_parameter, "Cannot read " + name + ".");
}

std::size_t Input::read(std::span<char> block) {
    stream_.read(block.data(), static_cast<std::streamsize>(block.size()));
    // A disk that fails must not look like the end of the file.
    if (stream_.bad()) throw Error(Errc::unavailable, "Cannot read " + name_ + " to its end.");
    return static_cast<std::size_t>(stream_.gcount());
}

}  // namespace symbolon::app
