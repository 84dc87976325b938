-- How far the import of a pool has come. Its users are there already, the pool itself is not: nobody signs in before all
-- of it was read and verified. The row goes when the pool comes.

CREATE TABLE pool_imports (
    pool_id      TEXT COLLATE "C" NOT NULL,
    digest       BYTEA NOT NULL,                     -- of all lines so far: which file it is, and that it did not change
    lines        BIGINT NOT NULL,
    users        BIGINT NOT NULL,
    CONSTRAINT pool_imports_key PRIMARY KEY (pool_id)
);
