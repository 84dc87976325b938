#include "base/encoding.hpp"
#include "directory/pool_rules.hpp"
#include "directory/transfer/csv.hpp"
#include "directory/transfer/csv_users.hpp"
#include "fuzz.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace symbolon;
using namespace symbolon::directory;
using namespace symbolon::directory::transfer;

namespace {

Pool make_pool(std::optional<UsernameAttributeType> username) {
    Pool pool;
    pool.id = PoolId("us-east-1_Pool12345");
    auto& settings = pool.settings;
    if (username) settings.UsernameAttributes = List<UsernameAttributeType>{*username};
    settings.AutoVerifiedAttributes =
        List<VerifiedAttributeType>{VerifiedAttributeType::phone_number, VerifiedAttributeType::email};
    apply_defaults(settings);
    return pool;
}

/// Fails as CsvUsers does.
void check_rows(const Pool& pool, CsvReader& reader) {
    const auto header = reader.read();
    if (!header || !header->fault.empty()) return;
    const CsvUsers users(pool, header->values);
    while (const auto row = reader.read()) {
        if (!row->fault.empty()) continue;
        fuzz::allow_refusal([&] {
            const auto user = users.to_user(row->values, UserId("11111111-2222-4333-8444-555555555555"), from_ms(0));
            fuzz::require(!user.username.empty(), "a user has a name");
            fuzz::require(user.status == UserStatus::CONFIRMED || user.password_hash.empty(),
                          "who has a password is confirmed");
            for (const auto& [name, value] : user.attributes) {
                fuzz::require(!value.empty() && count_characters(value).has_value(), "an attribute is text");
            }
        });
    }
}

}  // namespace

/// A CSV file of users, for pools that name them in three ways.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Pool> pools{make_pool(std::nullopt), make_pool(UsernameAttributeType::phone_number),
                                         make_pool(UsernameAttributeType::email)};
    for (const auto& pool : pools) {
        auto rest = fuzz::text_of(data, size);
        CsvReader reader([&rest](std::span<char> block) {
            const auto part = rest.substr(0, block.size());
            std::copy(part.begin(), part.end(), block.begin());
            rest.remove_prefix(part.size());
            return part.size();
        });
        try {
            check_rows(pool, reader);
        } catch (const Error& error) {
            fuzz::require(error.code == Errc::invalid_parameter, "a header is refused as one");
        }
    }
    return 0;
}
