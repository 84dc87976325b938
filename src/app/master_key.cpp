#include "app/master_key.hpp"

#include "app/private_files.hpp"
#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "directory/master_key_fit.hpp"

#include <cstdlib>
#include <filesystem>

namespace symbolon::app {

namespace {

constexpr std::size_t key_size = 32;

Bytes parse_key(std::string text, const std::string& where) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    auto key = parse_hex(text);
    if (!key || key->size() != key_size) {
        throw Error(Errc::invalid_parameter, where + " must hold 64 hexadecimal digits");
    }
    return std::move(*key);
}

}  // namespace

Bytes load_master_key(const std::string& folder, crypto::Random& random) {
    if (const char* given = std::getenv("SYMBOLON_MASTER_KEY")) return parse_key(given, "SYMBOLON_MASTER_KEY");
    const std::string path = folder + "/master.key";
    if (std::filesystem::exists(path)) return parse_key(read_private_file(path), path);
    auto key = random.bytes(key_size);
    write_private_file(path, to_hex(key) + "\n");
    return key;
}

void check_master_key(db::Database& db, const crypto::Sealer& sealer, const std::string& folder) {
    if (run(db.read([&](db::Transaction& tx) { return directory::master_key_fits(tx, sealer); }))) return;
    throw Error(
        Errc::invalid_parameter,
        "The master key is not the one that the database was written with. Put the right one back, as " + folder +
            "/master.key or in SYMBOLON_MASTER_KEY: every backup has it. (A server that finds none makes one.)");
}

}  // namespace symbolon::app
