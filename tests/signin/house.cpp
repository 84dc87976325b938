#include "signin/house.hpp"

#include "directory/pool_rules.hpp"
#include "messaging/sink.hpp"

namespace symbolon::signin {
namespace {

directory::Pool tutorial_pool(Instant now) {
    directory::Pool pool;
    pool.id = PoolId("us-east-1_Tutorial1");
    pool.name = "tutorial";
    pool.created = pool.modified = now;
    auto& settings = pool.settings;
    settings.UsernameAttributes =
        List<directory::UsernameAttributeType>{directory::UsernameAttributeType::phone_number};
    settings.AutoVerifiedAttributes =
        List<directory::VerifiedAttributeType>{directory::VerifiedAttributeType::phone_number};
    settings.MfaConfiguration = directory::UserPoolMfaType::ON;
    settings.SmsConfiguration = directory::SmsConfigurationType{
        .SnsCallerArn = "arn:aws:iam::000000000000:role/sms", .ExternalId = {}, .SnsRegion = {}};
    directory::apply_defaults(settings);
    return pool;
}

}  // namespace

House::House()
    : db(db::open("sqlite::memory:")),
      catalog(*db, sealer, clock),
      outbox(*db, sealer, random, clock, messaging::make_sink("outbox:"), messaging::make_sink("outbox:")),
      services{*db, catalog, sealer, hasher, random, clock, outbox, triggers},
      pool(std::make_shared<const directory::Pool>(tutorial_pool(clock.now()))),
      client(make_client(pool->id, "client11111111111111111111")) {
    services.limits.sends_per_client_address = 1000;  // tests come from one address; its own test sets it
    run(db->write([&](db::Transaction& tx) { directory::Pools(tx).create(*pool); }));
}

ClientPtr House::make_client(const PoolId& pool, const std::string& id) {
    directory::Client client;
    client.pool_id = pool;
    client.id = ClientId(id);
    client.name = "test";
    client.settings.PreventUserExistenceErrors = directory::PreventUserExistenceErrorTypes::ENABLED;
    return std::make_shared<const directory::Client>(std::move(client));
}

void House::change_pool(const std::function<void(directory::Pool&)>& change) {
    auto changed = *pool;
    change(changed);
    pool = std::make_shared<const directory::Pool>(std::move(changed));
}

void House::change_client(const std::function<void(directory::Client&)>& change) {
    directory::Client changed;
    changed.pool_id = client->pool_id;
    changed.id = client->id;
    changed.settings = client->settings;
    change(changed);
    client = std::make_shared<const directory::Client>(std::move(changed));
}

void House::hide_users(bool hide) {
    change_client([&](directory::Client& changed) {
        changed.settings.PreventUserExistenceErrors = hide ? directory::PreventUserExistenceErrorTypes::ENABLED
                                                           : directory::PreventUserExistenceErrorTypes::LEGACY;
    });
}

void House::require_mfa(directory::UserPoolMfaType mfa) {
    change_pool([&](directory::Pool& changed) { changed.settings.MfaConfiguration = mfa; });
}

UserId House::add_user(std::string_view login, std::string_view password) {
    const auto made = run(sign_up.sign_up(pool, client, std::string(login), Password(password), {}, caller));
    return run(sign_up.confirm(pool, client, std::string(login), OneTimeCode(last_code()), false, caller));
}

std::optional<directory::User> House::user(const UserId& id) {
    return run(db->read([&](db::Transaction& tx) { return directory::Users(tx).find(pool->id, id); }));
}

directory::User House::user(std::string_view login) {
    return run(db->read([&](db::Transaction& tx) { return directory::Users(tx).get_by_login(*pool, login); }));
}

void House::change_user(std::string_view login, const std::function<void(directory::User&)>& change) {
    run(db->write([&](db::Transaction& tx) {
        directory::Users users(tx);
        auto changed = users.get_by_login(*pool, login);
        change(changed);
        users.save(*pool, changed);
    }));
}

Outcome House::enter(std::string_view login, std::string_view password) {
    return run(sign_in.with_password(pool, client, std::string(login), Password(password), caller));
}

Challenge House::challenge(std::string_view login) {
    return std::get<Challenge>(enter(login, good));
}

Outcome House::answer(const Challenge& challenge, std::string_view code, std::optional<std::string> login) {
    return run(sign_in.with_sms_code(pool, client, challenge.session, std::move(login), OneTimeCode(code), caller));
}

messaging::Message House::last_message() {
    const auto all = messages();
    return all.empty() ? messaging::Message{} : all.front();
}

std::vector<messaging::Message> House::messages() {
    return run(outbox.list(pool->id, 1000));
}

std::string House::other_than(const std::string& code) {
    return code == "000000" ? "000001" : "000000";
}

}  // namespace symbolon::signin
