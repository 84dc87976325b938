#include "app/credentials.hpp"

#include "app/private_files.hpp"
#include "base/error.hpp"

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string_view>

namespace symbolon::app {

namespace {

constexpr std::size_t least_secret = 16;

std::string trim(std::string text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

AccessKey parse_credentials(const std::string& text, const std::string& path) {
    AccessKey key;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto equals = line.find('=');
        if (equals == std::string::npos) continue;
        const auto name = trim(line.substr(0, equals));
        if (name == "aws_access_key_id") key.id = trim(line.substr(equals + 1));
        if (name == "aws_secret_access_key") key.secret = trim(line.substr(equals + 1));
    }
    if (key.id.empty() || key.secret.size() < least_secret) {
        throw Error(Errc::invalid_parameter, path + " lacks aws_access_key_id or aws_secret_access_key");
    }
    return key;
}

AccessKey make_key(crypto::Random& random) {
    constexpr std::string_view id_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    constexpr std::string_view secret_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    return {"AKIA" + random.text(16, id_letters), random.text(40, secret_letters)};
}

}  // namespace

AccessKey load_access_key(const std::string& folder, crypto::Random& random) {
    const char* id = std::getenv("SYMBOLON_ACCESS_KEY_ID");
    const char* secret = std::getenv("SYMBOLON_SECRET_ACCESS_KEY");
    if (id != nullptr && secret != nullptr) {
        if (std::string_view(secret).size() < least_secret) {
            throw Error(Errc::invalid_parameter, "SYMBOLON_SECRET_ACCESS_KEY is shorter than 16 characters");
        }
        return {id, secret};
    }
    const std::string path = folder + "/credentials";
    if (std::filesystem::exists(path)) return parse_credentials(read_private_file(path), path);
    auto key = make_key(random);
    write_private_file(path,
                       "[default]\naws_access_key_id = " + key.id + "\naws_secret_access_key = " + key.secret + "\n");
    return key;
}

}  // namespace symbolon::app
