#include "directory/transfer/records.hpp"

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "crypto/password.hpp"

#include <utility>

namespace symbolon::directory::transfer {

UserRecord to_user_record(const Line& line, std::size_t number) {
    auto record = to_record<UserRecord>(line, number);
    at_line(number, [&] {
        if (!record.password_hash.empty()) crypto::check_password_hash(record.password_hash);
    });
    return record;
}

UserRecord to_record(const User& user) {
    UserRecord record{.sub = user.id.str(),
                      .username = user.username,
                      .status = user.status,
                      .enabled = user.enabled,
                      .attributes = {user.attributes.begin(), user.attributes.end()},
                      .password_hash = user.password_hash,
                      .password_expires_ms = {},
                      .mfa = user.mfa,
                      .tokens_from_ms = to_ms(user.tokens_from),
                      .created_ms = to_ms(user.created),
                      .modified_ms = to_ms(user.modified)};
    if (user.password_expires) record.password_expires_ms = to_ms(*user.password_expires);
    return record;
}

User to_user(const PoolId& pool, UserRecord record) {
    User user{.pool_id = pool,
              .id = UserId(std::move(record.sub)),
              .username = std::move(record.username),
              .status = record.status,
              .enabled = record.enabled,
              .attributes = {},
              .password_hash = std::move(record.password_hash),
              .password_expires = {},
              .mfa = record.mfa,
              .tokens_from = from_ms(record.tokens_from_ms),
              .created = from_ms(record.created_ms),
              .modified = from_ms(record.modified_ms)};
    for (auto& [name, value] : record.attributes) user.attributes.emplace(name, std::move(value));
    if (record.password_expires_ms) user.password_expires = from_ms(*record.password_expires_ms);
    return user;
}

ClientRecord to_record(const Client& client) {
    ClientRecord record{.client_id = client.id.str(),
                        .name = client.name,
                        .settings = client.settings,
                        .secret = std::string(client.secret.reveal()),
                        .created_ms = to_ms(client.created),
                        .modified_ms = to_ms(client.modified)};
    record.sso_session = client.sso_session;
    if (client.type != ClientTypeType::REGULAR) record.type = client.type;
    if (!encode(client.extensions).empty()) record.extensions = client.extensions;
    if (client.added_secrets.empty()) return record;
    for (const AddedSecret& added : client.added_secrets)
        (record.added_secrets ? *record.added_secrets : record.added_secrets.emplace())
            .push_back({added.id, std::string(added.secret.reveal()), to_ms(added.created)});
    return record;
}

Client to_client(const PoolId& pool, ClientRecord record) {
    Client client{.pool_id = pool,
                  .id = ClientId(std::move(record.client_id)),
                  .name = std::move(record.name),
                  .settings = std::move(record.settings),
                  .secret = ClientSecret(record.secret),
                  .created = from_ms(record.created_ms),
                  .modified = from_ms(record.modified_ms)};
    client.sso_session = record.sso_session;
    client.type = record.type.value_or(ClientTypeType::REGULAR);
    client.extensions = std::move(record.extensions).value_or(ClientExtensions{});
    if (!record.added_secrets) return client;
    for (const SecretRecord& added : *record.added_secrets)
        client.added_secrets.push_back({added.id, ClientSecret(added.secret), from_ms(added.created_ms)});
    return client;
}

DomainRecord to_record(const Domain& domain) {
    return {.domain = domain.domain,
            .custom = domain.kind == DomainKind::custom,
            .managed_login_version = domain.managed_login_version,
            .certificate_arn = domain.certificate_arn,
            .created_ms = to_ms(domain.created),
            .security_policy = domain.security_policy,
            .routing = domain.routing};
}

Domain to_domain(const PoolId& pool, DomainRecord record) {
    return {.domain = std::move(record.domain),
            .pool_id = pool,
            .kind = record.custom ? DomainKind::custom : DomainKind::prefix,
            .managed_login_version = static_cast<int>(record.managed_login_version),
            .certificate_arn = std::move(record.certificate_arn),
            .created = from_ms(record.created_ms),
            .security_policy = record.security_policy,
            .routing = std::move(record.routing)};
}

KeyRecord to_record(const SigningKeys::Stored& key) {
    KeyRecord record{.token_use = key.use == KeyUse::id_token ? "id" : "access",
                     .der = to_base64(key.key.to_der()),
                     .created_ms = to_ms(key.created),
                     .retired_ms = {}};
    if (key.retired) record.retired_ms = to_ms(*key.retired);
    record.algorithm = to_text(key.key.algorithm());
    record.signs_from_ms = to_ms(key.signs_from);
    return record;
}

SigningKeys::Stored to_key(const KeyRecord& record) {
    const auto der = parse_base64(record.der);
    const auto algorithm = crypto::jose::parse_algorithm(record.algorithm.value_or("RS256"));
    if (!der || !algorithm) throw Error(Errc::invalid_parameter, "A signing key of the file cannot be read.");
    SigningKeys::Stored key{.use = record.token_use == "id" ? KeyUse::id_token : KeyUse::access_token,
                            .key = crypto::jose::SigningKey::from_der(*der, *algorithm),
                            .created = from_ms(record.created_ms),
                            .signs_from = from_ms(record.signs_from_ms.value_or(0))};
    if (record.retired_ms) key.retired = from_ms(*record.retired_ms);
    return key;
}

}  // namespace symbolon::directory::transfer
