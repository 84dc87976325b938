-- What an identity provider vouched for, and the way back to it when the person signs out here or there.

ALTER TABLE browser_sessions ADD COLUMN vouched_level BIGINT;   -- the authentication level, 1 to 4
ALTER TABLE browser_sessions ADD COLUMN origin_hash BYTEA;      -- of the person as the provider names them
ALTER TABLE browser_sessions ADD COLUMN sealed_origin BYTEA;    -- provider, its name of the person, its session

CREATE INDEX browser_sessions_origin ON browser_sessions (pool_id, origin_hash) WHERE origin_hash IS NOT NULL;
