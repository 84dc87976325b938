#include "app/admin/extensions.hpp"

#include "app/admin/input.hpp"
#include "app/admin/store.hpp"
#include "base/error.hpp"
#include "base/run.hpp"
#include "base/shape/codec.hpp"
#include "base/shape/description.hpp"
#include "directory/clients.hpp"
#include "directory/pools.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace symbolon::app {

namespace {

/// The file's object as extensions. A member that there is not is refused: a misspelt setting must not be ignored.
template <Described T>
T read_extensions(const std::string& file) {
    Input input(file);
    const std::string text{std::istreambuf_iterator<char>(input.stream()), {}};
    boost::system::error_code failure;
    const auto value = boost::json::parse(text, failure);
    if (failure || !value.is_object()) throw Error(Errc::invalid_parameter, file + " is not a JSON object.");
    const auto& members = description_of<T>();
    for (const auto& [name, unused] : value.get_object()) {
        if (members.find(name) == nullptr)
            throw Error(Errc::invalid_parameter, file + ": there is no extension " + std::string(name) + ".");
    }
    return decode<T>(value.get_object());
}

template <Described T>
std::optional<T> read_new(const AdminOptions& options) {
    if (options.file.empty()) return std::nullopt;
    return read_extensions<T>(options.file);
}

template <Described T>
void show(const T& extensions) {
    std::cout << boost::json::serialize(encode(extensions)) << std::endl;
}

}  // namespace

void extend_client(const AdminOptions& options) {
    check_data_folder(options);
    const auto wanted = read_new<directory::ClientExtensions>(options);
    Store store(options);
    const auto now = store.clock.now();
    const auto work = [&](db::Transaction& tx) {
        const auto pool = directory::Pools(tx).get(PoolId(options.pool));
        directory::Clients clients(tx, store.sealer);
        auto client = clients.get(pool.id, ClientId(options.client));
        if (wanted) {
            directory::check_client_extensions(pool, *wanted);
            client.extensions = *wanted;
            client.modified = now;
            clients.save(client);
        }
        return client.extensions;
    };
    show(run(store.db->write(work)));
}

void extend_pool(const AdminOptions& options) {
    check_data_folder(options);
    const auto wanted = read_new<directory::PoolExtensions>(options);
    Store store(options);
    const auto now = store.clock.now();
    const auto work = [&](db::Transaction& tx) {
        directory::Pools pools(tx);
        auto pool = pools.get(PoolId(options.pool));
        if (wanted) {
            directory::check_pool_extensions(*wanted);
            pool.extensions = *wanted;
            pool.modified = now;
            pools.save(pool);
        }
        return pool.extensions;
    };
    show(run(store.db->write(work)));
}

}  // namespace symbolon::app
