-- Keys of several algorithms, each published before it signs. Until now retired_ms was when a key stopped signing; it may be
-- ahead of us from now on.

ALTER TABLE signing_keys ADD COLUMN algorithm TEXT NOT NULL DEFAULT 'RS256';
ALTER TABLE signing_keys ADD COLUMN signs_from_ms BIGINT NOT NULL DEFAULT 0;
