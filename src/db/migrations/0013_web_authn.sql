-- Passkeys, at most 20 a user. An authenticator may use one id once only, so it is unique within the pool.

CREATE TABLE web_authn_credentials (
    pool_id          TEXT COLLATE "C" NOT NULL,
    user_id          TEXT COLLATE "C" NOT NULL,
    credential_id    BYTEA NOT NULL,
    friendly_name    TEXT NOT NULL,
    relying_party_id TEXT NOT NULL,
    attachment       TEXT NOT NULL,                  -- platform | cross-platform | ''
    transports       TEXT NOT NULL,                  -- JSON
    public_key       BYTEA NOT NULL,                 -- COSE_Key
    sign_count       BIGINT NOT NULL,
    created_ms       BIGINT NOT NULL,
    CONSTRAINT web_authn_credentials_key PRIMARY KEY (pool_id, user_id, credential_id)
) /*sqlite WITHOUT ROWID */;
CREATE UNIQUE INDEX web_authn_credentials_by_id ON web_authn_credentials (pool_id, credential_id);

-- The challenge of a registration that has begun: one a user, good once.
CREATE TABLE web_authn_challenges (
    pool_id          TEXT COLLATE "C" NOT NULL,
    user_id          TEXT COLLATE "C" NOT NULL,
    client_id        TEXT NOT NULL,
    challenge        BYTEA NOT NULL,
    expires_ms       BIGINT NOT NULL,
    CONSTRAINT web_authn_challenges_key PRIMARY KEY (pool_id, user_id)
) /*sqlite WITHOUT ROWID */;
CREATE INDEX web_authn_challenges_expiry ON web_authn_challenges (expires_ms);
