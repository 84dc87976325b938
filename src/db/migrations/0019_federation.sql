-- People who were sent to an identity provider and are expected back. The handle (the `state`, or SAML's RelayState) is
-- stored as its hash alone; what it stands for is sealed, and goes with the first use.

CREATE TABLE federation_requests (
    pool_id        TEXT COLLATE "C" NOT NULL,
    handle_hash    BYTEA NOT NULL,
    sealed_details BYTEA NOT NULL,
    expires_ms     BIGINT NOT NULL,
    CONSTRAINT federation_requests_key PRIMARY KEY (pool_id, handle_hash)
) /*sqlite WITHOUT ROWID */;

CREATE INDEX federation_requests_expiry ON federation_requests (expires_ms);
