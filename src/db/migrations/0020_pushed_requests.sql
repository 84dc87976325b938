-- Authorization requests that a client has pushed, or signed, while the user's browser carries only their name (RFC 9126).
-- The name is stored as its hash alone; the row goes with the answer to the request.

CREATE TABLE pushed_requests (
    pool_id     TEXT COLLATE "C" NOT NULL,
    handle_hash BYTEA NOT NULL,
    client_id   TEXT COLLATE "C" NOT NULL,
    parameters  TEXT NOT NULL,
    begun       BOOLEAN NOT NULL DEFAULT FALSE,
    expires_ms  BIGINT NOT NULL,
    CONSTRAINT pushed_requests_key PRIMARY KEY (pool_id, handle_hash)
) /*sqlite WITHOUT ROWID */;

CREATE INDEX pushed_requests_expiry ON pushed_requests (expires_ms);
