#include "app/private_files.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace symbolon::app {

namespace {

std::string because() {
    return std::error_code(errno, std::generic_category()).message();
}

void write_all(int file, std::string_view content, const std::string& path) {
    while (!content.empty()) {
        const auto written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw Error(Errc::unavailable, "Cannot write " + path + ": " + because());
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void make_private_folder(const std::string& folder) {
    if (std::filesystem::is_directory(folder)) return;
    const auto parent = std::filesystem::path(folder).parent_path();
    std::error_code problem;
    if (!parent.empty()) std::filesystem::create_directories(parent, problem);
    if (problem || (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)) {
        throw Error(Errc::unavailable, "Cannot make " + folder + ": " + (problem ? problem.message() : because()));
    }
}

void write_private_file(const std::string& path, std::string_view content) {
    const std::string temporary = path + ".new";
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) throw Error(Errc::unavailable, "Cannot write " + path + ": " + because());
    try {
        write_all(file, content, path);
    } catch (...) {
        ::close(file);
        throw;
    }
    ::fsync(file);
    ::close(file);
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        throw Error(Errc::unavailable, "Cannot write " + path + ": " + because());
    }
}

std::string read_private_file(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0)
        throw Error(Errc::invalid_parameter, "Cannot read " + path + ": " + because());
    if ((status.st_mode & 077) != 0) {
        throw Error(Errc::invalid_parameter, path + " can be read by others: its mode must be 0600");
    }
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace symbolon::app
