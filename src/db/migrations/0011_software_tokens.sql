-- Authenticator apps (TOTP): of a user the verified one, and the one that is being set up. Its secret is sealed for its row.
CREATE TABLE software_tokens (
    pool_id       TEXT COLLATE "C" NOT NULL,
    user_id       TEXT COLLATE "C" NOT NULL,
    state         TEXT COLLATE "C" NOT NULL,         -- verified | pending
    sealed_secret BYTEA NOT NULL,
    friendly_name TEXT NOT NULL,
    last_step     BIGINT NOT NULL,                   -- the time step of the last code that was accepted; -1: none yet
    created_ms    BIGINT NOT NULL,
    CONSTRAINT software_tokens_key PRIMARY KEY (pool_id, user_id, state)
) /*sqlite WITHOUT ROWID */;

-- Passwords that users had before the present one, where the pool forbids to take them again.
CREATE TABLE password_history (
    pool_id       TEXT COLLATE "C" NOT NULL,
    user_id       TEXT COLLATE "C" NOT NULL,
    user_version  BIGINT NOT NULL,                   -- the user's version that had it: they are in order of it
    password_hash TEXT NOT NULL,
    CONSTRAINT password_history_key PRIMARY KEY (pool_id, user_id, user_version)
) /*sqlite WITHOUT ROWID */;

-- A phone number or e-mail address that a user wants to have, and has not proven yet; the former one is valid until then.
CREATE TABLE pending_attributes (
    pool_id       TEXT COLLATE "C" NOT NULL,
    user_id       TEXT COLLATE "C" NOT NULL,
    attribute     TEXT COLLATE "C" NOT NULL,         -- phone_number | email
    value         TEXT NOT NULL,
    CONSTRAINT pending_attributes_key PRIMARY KEY (pool_id, user_id, attribute)
) /*sqlite WITHOUT ROWID */;
