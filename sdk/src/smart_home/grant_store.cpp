#include "grant_store.hpp"

#include "../json_read.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>
#include <utility>

namespace symbolon::skill::smart_home {
namespace {

constexpr std::string_view purpose = "skill event gateway";
constexpr std::size_t key_size = 32;
constexpr int max_attempts = 5;  // to get in between others that store the same user

std::string key_of(const std::string& user) {
    return "grant:" + user;
}

}  // namespace

GrantStore::GrantStore(std::shared_ptr<Persistence> store, const std::string& master_key) : store_(std::move(store)) {
    if (!store_) throw std::invalid_argument("the event gateway needs a store for the users' tokens");
    if (master_key.size() != key_size) throw std::invalid_argument("the event gateway needs a key of 32 bytes");
    sealer_ = std::make_unique<crypto::Sealer>(bytes_of(master_key), *random_);
}

std::optional<StoredGrant> GrantStore::find(const std::string& user) const {
    const auto stored = store_->load(key_of(user));
    const auto sealed = find_text(stored.attributes, "sealed");
    const auto text = sealed ? sealer_->open_text(purpose, key_of(user), *sealed) : std::nullopt;
    if (!text) return std::nullopt;
    const auto value = json::parse(*text);
    const auto& tokens = value.as_object();
    const auto token = [&](std::string_view name) { return AccessToken(std::string(text_or_empty(tokens, name))); };
    return StoredGrant{
        {token("access"), token("refresh"), Time(std::chrono::milliseconds(tokens.at("expires_at").as_int64()))},
        stored.version};
}

StoredAttributes GrantStore::seal(const std::string& user, const GrantedTokens& tokens, std::int64_t version) const {
    const json::object plain{{"access", tokens.access.reveal()},
                             {"refresh", tokens.refresh.reveal()},
                             {"expires_at", tokens.expires_at.time_since_epoch().count()}};
    return {{{"sealed", sealer_->seal_text(purpose, key_of(user), json::serialize(plain))}}, version};
}

void GrantStore::put(const std::string& user, const GrantedTokens& tokens) const {
    for (int attempt = 1;; ++attempt) {
        try {
            return replace(user, tokens, store_->load(key_of(user)).version);
        } catch (const AttributesConflict&) {
            if (attempt == max_attempts) throw PersistenceError("the user's tokens are being stored over and over");
        }
    }
}

void GrantStore::replace(const std::string& user, const GrantedTokens& tokens, std::int64_t version) const {
    store_->save(key_of(user), seal(user, tokens, version));
}

void GrantStore::remove(const std::string& user) const {
    store_->remove(key_of(user));
}

}  // namespace symbolon::skill::smart_home
