#pragma once

#include "directory/client_settings.hpp"
#include "directory/clients.hpp"
#include "directory/domains.hpp"
#include "directory/pools.hpp"
#include "directory/resource_servers.hpp"
#include "directory/signing_keys.hpp"
#include "directory/transfer/bonds.hpp"
#include "directory/transfer/lines.hpp"
#include "directory/transfer/proofs.hpp"
#include "directory/transfer/user_history.hpp"
#include "directory/users.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// A pool as lines of text, one JSON object each: `{"pool": …}`, `{"group": …}`, `{"provider": …}` and
/// `{"document": …}` for each of these, then `{"user": …}` for every user in order of the sub, then `{"end": …}`.
/// Secrets are in clear, so that the file opens under another master key: whoever holds it holds the pool. Times are
/// milliseconds since 1970, UTC; bytes are base64.
namespace symbolon::directory::transfer {

/// Of the form of the lines. A reader refuses a higher one.
inline constexpr std::int64_t format_version = 1;

struct KeyRecord {
    std::string token_use;  ///< id | access
    std::string der;        ///< PKCS#8
    std::int64_t created_ms = 0;
    std::optional<std::int64_t> retired_ms;
    std::optional<std::string> algorithm = {};       ///< none: RS256
    std::optional<std::int64_t> signs_from_ms = {};  ///< none: from the beginning
};
BOOST_DESCRIBE_STRUCT(KeyRecord, (), (token_use, der, created_ms, retired_ms, algorithm, signs_from_ms))

struct SecretRecord {
    std::string id;
    std::string secret;
    std::int64_t created_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SecretRecord, (), (id, secret, created_ms))

struct ClientRecord {
    std::string client_id;
    std::string name;
    ClientSettings settings;
    std::string secret;  ///< "": a public client, or one whose first secret was deleted
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
    std::optional<std::vector<SecretRecord>> added_secrets = {};
    std::optional<ClientSSOSessionConfigType> sso_session = {};
    std::optional<ClientTypeType> type = {};
    std::optional<ClientExtensions> extensions = {};
};
BOOST_DESCRIBE_STRUCT(ClientRecord, (),
                      (client_id, name, settings, secret, created_ms, modified_ms, added_secrets, sso_session, type,
                       extensions))

struct DomainRecord {
    std::string domain;
    bool custom = false;
    std::int64_t managed_login_version = 1;
    std::string certificate_arn;
    std::int64_t created_ms = 0;
    std::optional<SecurityPolicyType> security_policy = {};
    std::optional<RoutingType> routing = {};
};
BOOST_DESCRIBE_STRUCT(DomainRecord, (),
                      (domain, custom, managed_login_version, certificate_arn, created_ms, security_policy, routing))

/// The key that signs requests to SAML providers.
struct CertificateRecord {
    std::string certificate;  ///< DER
    std::string key;          ///< PKCS#8
};
BOOST_DESCRIBE_STRUCT(CertificateRecord, (), (certificate, key))

struct ResourceServerRecord {
    std::string identifier;
    std::string name;
    std::vector<Scope> scopes;
};
BOOST_DESCRIBE_STRUCT(ResourceServerRecord, (), (identifier, name, scopes))

/// All of a pool but its users, groups and providers.
struct PoolRecord {
    std::int64_t format = format_version;
    std::string pool_id;
    std::string name;
    PoolSettings settings;
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
    std::vector<KeyRecord> keys;
    std::vector<ClientRecord> clients;
    std::vector<DomainRecord> domains;
    std::vector<ResourceServerRecord> resource_servers;
    std::optional<CertificateRecord> certificate = {};
    std::optional<PoolExtensions> extensions = {};
};
BOOST_DESCRIBE_STRUCT(PoolRecord, (),
                      (format, pool_id, name, settings, created_ms, modified_ms, keys, clients, domains,
                       resource_servers, certificate, extensions))

struct UserRecord {
    std::string sub;
    std::string username;
    UserStatus status = UserStatus::UNCONFIRMED;
    bool enabled = true;
    std::map<std::string, std::string> attributes;
    std::string password_hash;  ///< "": none. Of any scheme that check_password_hash() accepts
    std::optional<std::int64_t> password_expires_ms;
    MfaPreference mfa;
    std::int64_t tokens_from_ms = 0;
    std::int64_t created_ms = 0;
    std::int64_t modified_ms = 0;
    std::optional<std::vector<std::string>> groups = {};  ///< names
    std::optional<std::vector<LinkRecord>> links = {};
    std::optional<UserProofs> proofs = {};
    std::optional<UserHistory> history = {};
};
BOOST_DESCRIBE_STRUCT(UserRecord, (),
                      (sub, username, status, enabled, attributes, password_hash, password_expires_ms, mfa,
                       tokens_from_ms, created_ms, modified_ms, groups, links, proofs, history))

/// The last line. `digest` is that of all lines before it (see digest.hpp).
struct EndRecord {
    std::int64_t users = 0;
    std::string digest;
};
BOOST_DESCRIBE_STRUCT(EndRecord, (), (users, digest))

/// The record of a user's line. Fails: invalid_parameter (also a password hash that nobody could sign in with), with
/// the number of the line.
UserRecord to_user_record(const Line& line, std::size_t number);
UserRecord to_record(const User& user);
User to_user(const PoolId& pool, UserRecord record);

ClientRecord to_record(const Client& client);
Client to_client(const PoolId& pool, ClientRecord record);

DomainRecord to_record(const Domain& domain);
Domain to_domain(const PoolId& pool, DomainRecord record);

KeyRecord to_record(const SigningKeys::Stored& key);
/// Fails: invalid_parameter (not a key).
SigningKeys::Stored to_key(const KeyRecord& record);

}  // namespace symbolon::directory::transfer
