-- Pools that are deleted, and whose users and what belongs to them are still being removed, a few rows at a time: to remove
-- millions at once would hold up all other writes.

CREATE TABLE deleted_pools (
    pool_id      TEXT COLLATE "C" NOT NULL,
    CONSTRAINT deleted_pools_key PRIMARY KEY (pool_id)
);
