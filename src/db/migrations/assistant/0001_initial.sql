-- What the local assistant keeps. One person uses it, so nothing is keyed by user but the id that a skill sees.

CREATE TABLE settings (
    name         TEXT COLLATE "C" NOT NULL,
    sealed       BYTEA NOT NULL,
    CONSTRAINT settings_key PRIMARY KEY (name)
);

CREATE TABLE skills (
    skill_id     TEXT COLLATE "C" NOT NULL,
    manifest     TEXT NOT NULL,
    model        TEXT NOT NULL,                  -- interaction model, '' when none was given
    created_ms   BIGINT NOT NULL,
    CONSTRAINT skills_key PRIMARY KEY (skill_id)
);

CREATE TABLE account_linking (
    skill_id     TEXT COLLATE "C" NOT NULL,
    config       TEXT NOT NULL,
    sealed_secret BYTEA NOT NULL,
    etag         TEXT NOT NULL,
    CONSTRAINT account_linking_key PRIMARY KEY (skill_id)
);

-- One linking that is under way: the state that was sent, as a hash.
CREATE TABLE linkings (
    state_hash   BYTEA NOT NULL,
    skill_id     TEXT NOT NULL,
    browser_hash BYTEA NOT NULL,
    redirect_uri TEXT NOT NULL,
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT linkings_key PRIMARY KEY (state_hash)
);

-- The person at a skill: enabled, linked, broken.
CREATE TABLE enablements (
    skill_id     TEXT COLLATE "C" NOT NULL,
    user_id      TEXT NOT NULL,
    status       TEXT NOT NULL,                  -- unlinked | linked | broken
    sealed_tokens BYTEA NOT NULL,
    scopes       TEXT NOT NULL,
    linked_ms    BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL,                -- of the access token; 0: it does not expire
    CONSTRAINT enablements_key PRIMARY KEY (skill_id)
);
