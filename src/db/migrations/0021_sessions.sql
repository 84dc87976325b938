-- What is remembered of a browser that is signed in, who is to be told that a person signed out, and what people allowed apps.

ALTER TABLE browser_sessions ADD COLUMN amr TEXT NOT NULL DEFAULT '';        -- how the person proved who they are
ALTER TABLE browser_sessions ADD COLUMN used_ms BIGINT NOT NULL DEFAULT 0;   -- when it was used last, to the minute
ALTER TABLE browser_sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';      -- what the browser calls itself

-- An app that has to hear, by OpenID Connect Back-Channel Logout, that a sign-in is over. The key says it all, so that what is
-- noted twice is told once. What became of it stays for some weeks.
CREATE TABLE logout_notices (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    client_id    TEXT COLLATE "C" NOT NULL,
    auth_ms      BIGINT NOT NULL,                    -- of the sign-in
    state        TEXT COLLATE "C" NOT NULL,          -- waiting | told | refused | given_up
    outcome      TEXT NOT NULL,                      -- of the last try: a status, or why there was none
    tries        BIGINT NOT NULL,
    due_ms       BIGINT NOT NULL,
    created_ms   BIGINT NOT NULL,
    changed_ms   BIGINT NOT NULL,
    CONSTRAINT logout_notices_key PRIMARY KEY (pool_id, user_id, client_id, auth_ms)
);
CREATE INDEX logout_notices_due ON logout_notices (state, due_ms);

-- Which scopes a person allowed an app, where the app has to ask.
CREATE TABLE consents (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    client_id    TEXT COLLATE "C" NOT NULL,
    scopes       TEXT NOT NULL,                      -- with blanks between
    given_ms     BIGINT NOT NULL,
    CONSTRAINT consents_key PRIMARY KEY (pool_id, user_id, client_id)
) /*sqlite WITHOUT ROWID */;
