-- What users did, where threat protection watches the pool: the last hundred events of each. Event ids are time-ordered.

CREATE TABLE auth_events (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    event_id     TEXT COLLATE "C" NOT NULL,
    details      TEXT NOT NULL,
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT auth_events_key PRIMARY KEY (pool_id, user_id, event_id)
) /*sqlite WITHOUT ROWID */;
CREATE INDEX auth_events_expiry ON auth_events (expires_ms);
