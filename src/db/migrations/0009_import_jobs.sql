-- Imports of users from CSV files, and the files, in pieces: whichever process comes to it does the next part. A file's
-- pieces go when its job has ended. Job ids are time-ordered.

CREATE TABLE import_jobs (
    pool_id      TEXT COLLATE "C" NOT NULL,
    job_id       TEXT COLLATE "C" NOT NULL,
    details      TEXT NOT NULL,                      -- name, role, algorithm, message
    status       TEXT COLLATE "C" NOT NULL,
    created_ms   BIGINT NOT NULL,
    started_ms   BIGINT,
    completed_ms BIGINT,
    upload_id    TEXT NOT NULL,                      -- which pieces are the file; '' none yet
    bytes        BIGINT NOT NULL,                    -- of the file
    position     BIGINT NOT NULL,                    -- bytes of the file that are done
    line         BIGINT NOT NULL,                    -- lines of the file that are done
    imported     BIGINT NOT NULL,
    skipped      BIGINT NOT NULL,
    failed       BIGINT NOT NULL,
    CONSTRAINT import_jobs_key PRIMARY KEY (pool_id, job_id)
);
CREATE INDEX import_jobs_by_status ON import_jobs (status, created_ms);

CREATE TABLE import_chunks (
    pool_id      TEXT COLLATE "C" NOT NULL,
    job_id       TEXT COLLATE "C" NOT NULL,
    upload_id    TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,                    -- from 0
    content      BYTEA NOT NULL,
    CONSTRAINT import_chunks_key PRIMARY KEY (pool_id, job_id, upload_id, number)
);
