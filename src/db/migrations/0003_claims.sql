-- Work that one process does at a time, and who has it until when. When that time has passed it is anybody's, but stays
-- with who had it until somebody takes it.

CREATE TABLE claims (
    work         TEXT COLLATE "C" NOT NULL,          -- "clean up", "import <pool>", …
    holder       TEXT NOT NULL,                      -- a process, by the id that it made at its start
    until_ms     BIGINT NOT NULL,
    CONSTRAINT claims_key PRIMARY KEY (work)
);
