-- Settings of a pool or of one of its clients that are read and replaced as a whole: the look of the pages, terms, reactions
-- to risk, log delivery. There is one of a kind and name; those of which clients know an id are found by it, too.

CREATE TABLE pool_documents (
    pool_id      TEXT COLLATE "C" NOT NULL,
    kind         TEXT COLLATE "C" NOT NULL,          -- ui | branding | terms | risk | logs
    name         TEXT COLLATE "C" NOT NULL,          -- which of the kind: a client, "ALL", a client and a name
    client_id    TEXT NOT NULL,                      -- whose it is; '' the pool's
    document_id  TEXT NOT NULL,                      -- '' when it has none
    content      TEXT NOT NULL,                      -- JSON, a described struct of the directory
    created_ms   BIGINT NOT NULL,
    modified_ms  BIGINT NOT NULL,
    CONSTRAINT pool_documents_key PRIMARY KEY (pool_id, kind, name)
);
CREATE INDEX pool_documents_by_id ON pool_documents (pool_id, kind, document_id);
