-- Identity providers of a pool. The key is the name without regard to case: a federated user's name begins with it, and in
-- pools that fold user names two providers that differ in case alone would name the same users.

CREATE TABLE identity_providers (
    pool_id        TEXT COLLATE "C" NOT NULL,
    name_key       TEXT COLLATE "C" NOT NULL,
    name           TEXT NOT NULL,
    kind           TEXT NOT NULL,                    -- OIDC | SAML | Google | …
    settings       TEXT NOT NULL,                    -- attribute mapping, identifiers, …
    sealed_details BYTEA NOT NULL,                   -- client id and secret, URLs, …
    created_ms     BIGINT NOT NULL,
    modified_ms    BIGINT NOT NULL,
    CONSTRAINT identity_providers_key PRIMARY KEY (pool_id, name_key)
);

-- Other names that a provider can be found by, unique in the pool without regard to case.
CREATE TABLE provider_identifiers (
    pool_id      TEXT COLLATE "C" NOT NULL,
    identifier   TEXT COLLATE "C" NOT NULL,
    name_key     TEXT NOT NULL,
    CONSTRAINT provider_identifiers_key PRIMARY KEY (pool_id, identifier)
) /*sqlite WITHOUT ROWID */;

-- Identities at providers that sign in as a user who is not of that provider; found by what the provider says, and by user.
-- `attribute` is Cognito_Subject, or the mapped attribute whose value tells who it is.
CREATE TABLE linked_identities (
    pool_id      TEXT COLLATE "C" NOT NULL,
    name_key     TEXT COLLATE "C" NOT NULL,
    attribute    TEXT COLLATE "C" NOT NULL,
    value        TEXT COLLATE "C" NOT NULL,
    user_id      TEXT NOT NULL,
    CONSTRAINT linked_identities_key PRIMARY KEY (pool_id, name_key, attribute, value)
) /*sqlite WITHOUT ROWID */;

CREATE TABLE identities_of_users (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    name_key     TEXT COLLATE "C" NOT NULL,
    attribute    TEXT COLLATE "C" NOT NULL,
    value        TEXT COLLATE "C" NOT NULL,
    linked_ms    BIGINT NOT NULL,
    CONSTRAINT identities_of_users_key PRIMARY KEY (pool_id, user_id, name_key, attribute, value)
) /*sqlite WITHOUT ROWID */;

-- The key that signs a pool's requests to SAML providers, with its certificate; made when it is first asked for.
CREATE TABLE pool_certificates (
    pool_id      TEXT COLLATE "C" NOT NULL,
    sealed_key   BYTEA NOT NULL,                     -- PKCS#8
    certificate  BYTEA NOT NULL,                     -- DER
    created_ms   BIGINT NOT NULL,
    CONSTRAINT pool_certificates_key PRIMARY KEY (pool_id)
);
