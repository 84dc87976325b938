-- Access tokens that say nothing by themselves.
CREATE TABLE access_tokens (
    pool_id          TEXT COLLATE "C" NOT NULL,
    token_hash       BYTEA NOT NULL,
    details          TEXT NOT NULL,                  -- client, user, scopes, family, …
    expires_ms       BIGINT NOT NULL,
    CONSTRAINT access_tokens_key PRIMARY KEY (pool_id, token_hash)
) /*sqlite WITHOUT ROWID */;
CREATE INDEX access_tokens_expiry ON access_tokens (expires_ms);

-- Devices without a browser that wait for somebody to let them in.
CREATE TABLE device_authorizations (
    pool_id          TEXT COLLATE "C" NOT NULL,
    device_code_hash BYTEA NOT NULL,
    user_code_hash   BYTEA NOT NULL,
    client_id        TEXT NOT NULL,
    state            TEXT NOT NULL,                  -- pending | approved | denied
    details          TEXT NOT NULL,                  -- scopes, who approved, …
    pause_s          BIGINT NOT NULL,                -- between two questions of the device
    asked_ms         BIGINT NOT NULL,                -- when it asked last
    expires_ms       BIGINT NOT NULL,
    CONSTRAINT device_authorizations_key PRIMARY KEY (pool_id, device_code_hash),
    CONSTRAINT device_authorizations_user_code_key UNIQUE (pool_id, user_code_hash)
);
CREATE INDEX device_authorizations_expiry ON device_authorizations (expires_ms);
