-- Administrators' access keys but for the first one, which stands in a file or in the environment. They are of the whole
-- server, so the key's id is the key. The policy never changes: the secret is sealed together with it.

CREATE TABLE access_keys (
    access_key_id TEXT COLLATE "C" NOT NULL,
    sealed_secret BYTEA NOT NULL,
    policy        TEXT NOT NULL,                     -- full | read-only | pool:<pool id>
    enabled       BOOLEAN NOT NULL,
    created_ms    BIGINT NOT NULL,
    CONSTRAINT access_keys_key PRIMARY KEY (access_key_id)
);
