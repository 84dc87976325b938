-- Secrets of a client beside the one that it was made with (clients.sealed_secret); any that is there is accepted.

CREATE TABLE client_secrets (
    pool_id       TEXT COLLATE "C" NOT NULL,
    client_id     TEXT COLLATE "C" NOT NULL,
    secret_id     TEXT COLLATE "C" NOT NULL,
    sealed_secret BYTEA NOT NULL,
    created_ms    BIGINT NOT NULL,
    CONSTRAINT client_secrets_key PRIMARY KEY (pool_id, client_id, secret_id)
);

-- Request rates that an administrator provisioned (UpdateProvisionedLimit), of the whole installation.
CREATE TABLE provisioned_limits (
    category     TEXT COLLATE "C" NOT NULL,
    value        BIGINT NOT NULL,
    CONSTRAINT provisioned_limits_key PRIMARY KEY (category)
);
