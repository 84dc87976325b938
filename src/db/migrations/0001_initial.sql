-- The first schema. Every key starts with what its table would be sharded by (the pool, or the global name itself);
-- no sequences, no foreign keys across shards. Times are milliseconds since 1970, UTC. `settings`, `attributes` and
-- `details` are JSON texts whose shape is a described struct of the directory.
--
-- What stands in /*sqlite … */ is for SQLite alone: it keeps a table by a hidden number, and the key beside it as an index
-- that holds the key's columns once more. Tables of many small rows are kept by their key alone.

CREATE TABLE pools (
    pool_id      TEXT COLLATE "C" NOT NULL,
    name         TEXT NOT NULL,
    settings     TEXT NOT NULL,
    created_ms   BIGINT NOT NULL,
    modified_ms  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    CONSTRAINT pools_key PRIMARY KEY (pool_id)
);

-- Two keys a pool sign its tokens, one for each use; retired ones stay until their last token has expired.
CREATE TABLE signing_keys (
    pool_id      TEXT COLLATE "C" NOT NULL,
    kid          TEXT COLLATE "C" NOT NULL,
    token_use    TEXT NOT NULL,
    sealed_key   BYTEA NOT NULL,
    created_ms   BIGINT NOT NULL,
    retired_ms   BIGINT,
    CONSTRAINT signing_keys_key PRIMARY KEY (pool_id, kid)
);

CREATE TABLE clients (
    pool_id       TEXT COLLATE "C" NOT NULL,
    client_id     TEXT COLLATE "C" NOT NULL,
    name          TEXT NOT NULL,
    settings      TEXT NOT NULL,
    sealed_secret BYTEA,
    created_ms    BIGINT NOT NULL,
    modified_ms   BIGINT NOT NULL,
    CONSTRAINT clients_key PRIMARY KEY (pool_id, client_id)
);

-- Many requests name only the client: its id is unique over all pools.
CREATE TABLE client_pools (
    client_id    TEXT COLLATE "C" NOT NULL,
    pool_id      TEXT COLLATE "C" NOT NULL,
    CONSTRAINT client_pools_key PRIMARY KEY (client_id)
) /*sqlite WITHOUT ROWID */;

CREATE TABLE domains (
    domain       TEXT COLLATE "C" NOT NULL,
    pool_id      TEXT COLLATE "C" NOT NULL,
    kind         TEXT NOT NULL,                 -- prefix | custom
    settings     TEXT NOT NULL,
    created_ms   BIGINT NOT NULL,
    CONSTRAINT domains_key PRIMARY KEY (domain)
);

-- At most one domain of each kind a pool.
CREATE TABLE pool_domains (
    pool_id      TEXT COLLATE "C" NOT NULL,
    kind         TEXT NOT NULL,
    domain       TEXT NOT NULL,
    CONSTRAINT pool_domains_key PRIMARY KEY (pool_id, kind)
);

CREATE TABLE resource_servers (
    pool_id      TEXT COLLATE "C" NOT NULL,
    identifier   TEXT COLLATE "C" NOT NULL,
    name         TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    CONSTRAINT resource_servers_key PRIMARY KEY (pool_id, identifier)
);

CREATE TABLE users (
    pool_id             TEXT COLLATE "C" NOT NULL,
    user_id             TEXT COLLATE "C" NOT NULL,   -- the sub
    username            TEXT NOT NULL,               -- as the API shows it
    status              TEXT NOT NULL,
    enabled             BOOLEAN NOT NULL,
    attributes          TEXT NOT NULL,
    password_hash       TEXT NOT NULL,               -- '' when the user has none
    password_expires_ms BIGINT,                      -- of a temporary password
    mfa                 TEXT NOT NULL,
    tokens_from_ms      BIGINT NOT NULL,             -- sign-ins before this moment are void (global sign-out)
    created_ms          BIGINT NOT NULL,
    modified_ms         BIGINT NOT NULL,
    version             BIGINT NOT NULL,
    CONSTRAINT users_key PRIMARY KEY (pool_id, user_id)
) /*sqlite WITHOUT ROWID */;

-- What a user can be found by, in canonical form: unique by construction.
CREATE TABLE user_names (
    pool_id      TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,          -- username | phone_number | email | preferred_username
    name         TEXT COLLATE "C" NOT NULL,
    user_id      TEXT NOT NULL,
    CONSTRAINT user_names_key PRIMARY KEY (pool_id, kind, name)
) /*sqlite WITHOUT ROWID */;

-- One-time codes that were sent: one live code for each user and purpose, as a keyed hash.
CREATE TABLE one_time_codes (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    purpose      TEXT COLLATE "C" NOT NULL,          -- sign_up | recovery | sms_mfa
    binding      TEXT NOT NULL,                      -- what else the code is bound to (attribute, challenge)
    code_hash    BYTEA NOT NULL,
    tries        BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT one_time_codes_key PRIMARY KEY (pool_id, user_id, purpose)
) /*sqlite WITHOUT ROWID */;

-- Counters of attempts and of sent messages in a window.
CREATE TABLE attempts (
    pool_id      TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,
    subject      TEXT COLLATE "C" NOT NULL,
    tries        BIGINT NOT NULL,
    since_ms     BIGINT NOT NULL,                    -- window: its begin; guessing: the last failure
    until_ms     BIGINT NOT NULL,                    -- window: its end; guessing: locked until
    CONSTRAINT attempts_key PRIMARY KEY (pool_id, kind, subject)
) /*sqlite WITHOUT ROWID */;

-- Single-use proofs that were used (challenge sessions): kept until they would have expired anyway.
CREATE TABLE spent_proofs (
    pool_id      TEXT COLLATE "C" NOT NULL,
    proof_id     TEXT COLLATE "C" NOT NULL,
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT spent_proofs_key PRIMARY KEY (pool_id, proof_id)
) /*sqlite WITHOUT ROWID */;

-- A browser that is signed in (single sign-on).
CREATE TABLE browser_sessions (
    pool_id      TEXT COLLATE "C" NOT NULL,
    session_hash BYTEA NOT NULL,
    user_id      TEXT NOT NULL,
    auth_ms      BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT browser_sessions_key PRIMARY KEY (pool_id, session_hash)
) /*sqlite WITHOUT ROWID */;

-- Authorization codes. A used one stays until it expires, so that its replay revokes what it gave.
CREATE TABLE authorization_codes (
    pool_id      TEXT COLLATE "C" NOT NULL,
    code_hash    BYTEA NOT NULL,
    client_id    TEXT NOT NULL,
    details      TEXT NOT NULL,                      -- user, redirect URI, scopes, nonce, challenge, …
    grant_id     TEXT NOT NULL,
    used         BOOLEAN NOT NULL,
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT authorization_codes_key PRIMARY KEY (pool_id, code_hash)
) /*sqlite WITHOUT ROWID */;

-- One sign-in of a user at a client: the family of tokens that came of it (origin_jti).
CREATE TABLE grants (
    pool_id      TEXT COLLATE "C" NOT NULL,
    grant_id     TEXT COLLATE "C" NOT NULL,
    client_id    TEXT NOT NULL,
    user_id      TEXT NOT NULL,
    details      TEXT NOT NULL,                      -- scopes, nonce, event id, …
    refresh_hash BYTEA,                              -- none: no refresh token was given
    auth_ms      BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL,                    -- of the refresh token, or of the last access token
    revoked      BOOLEAN NOT NULL,
    CONSTRAINT grants_key PRIMARY KEY (pool_id, grant_id)
) /*sqlite WITHOUT ROWID */;

-- Messages to people, written in the transaction that causes them and sent after it.
CREATE TABLE messages (
    pool_id      TEXT COLLATE "C" NOT NULL,
    message_id   TEXT COLLATE "C" NOT NULL,          -- time-ordered
    sealed       BYTEA NOT NULL,                     -- recipient, text, code, …
    state        TEXT COLLATE "C" NOT NULL,          -- waiting | sent | failed
    tries        BIGINT NOT NULL,
    due_ms       BIGINT NOT NULL,
    created_ms   BIGINT NOT NULL,
    CONSTRAINT messages_key PRIMARY KEY (pool_id, message_id)
);
CREATE INDEX messages_due ON messages (state, due_ms);
CREATE INDEX one_time_codes_expiry ON one_time_codes (expires_ms);
CREATE INDEX spent_proofs_expiry ON spent_proofs (expires_ms);
CREATE INDEX browser_sessions_expiry ON browser_sessions (expires_ms);
CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_ms);
CREATE INDEX grants_expiry ON grants (expires_ms);
CREATE INDEX grants_by_user ON grants (pool_id, user_id);
CREATE INDEX browser_sessions_by_user ON browser_sessions (pool_id, user_id);
CREATE INDEX attempts_expiry ON attempts (until_ms);
