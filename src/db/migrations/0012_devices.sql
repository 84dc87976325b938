-- Devices that users confirmed: what they prove their own password with, and whether they are remembered. A key that was
-- offered to a client and not confirmed leaves no row.

CREATE TABLE devices (
    pool_id          TEXT COLLATE "C" NOT NULL,
    user_id          TEXT COLLATE "C" NOT NULL,
    device_key       TEXT COLLATE "C" NOT NULL,
    group_key        TEXT NOT NULL,
    name             TEXT NOT NULL,                  -- '' when it was given none
    salt             BYTEA NOT NULL,
    sealed_verifier  BYTEA NOT NULL,
    remembered       BOOLEAN NOT NULL,
    last_address     TEXT NOT NULL,
    created_ms       BIGINT NOT NULL,
    modified_ms      BIGINT NOT NULL,
    authenticated_ms BIGINT NOT NULL,
    CONSTRAINT devices_key PRIMARY KEY (pool_id, user_id, device_key)
) /*sqlite WITHOUT ROWID */;
