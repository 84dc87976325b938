-- Lines of pools' logs on their way to where SetLogDeliveryConfiguration says: written with what they tell of, taken by the
-- server that delivers them, a moment later. Line ids are time-ordered.

CREATE TABLE log_lines (
    pool_id      TEXT COLLATE "C" NOT NULL,
    line_id      TEXT COLLATE "C" NOT NULL,
    destination  TEXT NOT NULL,                      -- an ARN
    line         TEXT NOT NULL,                      -- a JSON object
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT log_lines_key PRIMARY KEY (pool_id, line_id)
) /*sqlite WITHOUT ROWID */;
