-- What SRP checks users' passwords by, in pools with a client that allows SRP: salt and verifier, sealed for the user and
-- for the hash of the password that they are of.

CREATE TABLE srp_verifiers (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    sealed       BYTEA NOT NULL,
    CONSTRAINT srp_verifiers_key PRIMARY KEY (pool_id, user_id)
);
