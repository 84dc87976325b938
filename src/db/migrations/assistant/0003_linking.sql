-- Several people link their accounts with one skill, each for themselves, on one of several platforms.

ALTER TABLE enablements RENAME TO enablements_of_one;

-- A person at a skill: enabled, linked, broken.
CREATE TABLE enablements (
    skill_id     TEXT COLLATE "C" NOT NULL,
    account      TEXT COLLATE "C" NOT NULL,      -- of the person; the first one is 'main'
    user_id      TEXT NOT NULL,
    status       TEXT NOT NULL,                  -- unlinked | linked | broken
    platform     TEXT NOT NULL,                  -- on which the link was made, '' while there is none
    sealed_tokens BYTEA NOT NULL,
    scopes       TEXT NOT NULL,
    linked_ms    BIGINT NOT NULL,
    expires_ms   BIGINT NOT NULL,                -- of the access token; 0: it does not expire
    course       TEXT NOT NULL,                  -- JSON: failures in a row, when to try again, the last cause
    CONSTRAINT enablements_by_account_key PRIMARY KEY (skill_id, account)
);
INSERT INTO enablements (skill_id, account, user_id, status, platform, sealed_tokens, scopes, linked_ms, expires_ms, course)
    SELECT skill_id, 'main', user_id, status, 'alexa-na', sealed_tokens, scopes, linked_ms, expires_ms, '{}'
      FROM enablements_of_one;
DROP TABLE enablements_of_one;

-- What is under way lives for minutes: it is begun again after the change.
DROP TABLE linkings;

-- One linking that is under way: the state that was sent, as a hash.
CREATE TABLE linkings (
    state_hash   BYTEA NOT NULL,
    skill_id     TEXT NOT NULL,
    account      TEXT NOT NULL,
    platform     TEXT NOT NULL,
    browser_hash BYTEA NOT NULL,
    redirect_uri TEXT NOT NULL,
    sealed_verifier BYTEA NOT NULL,              -- PKCE's, '' sealed where there is none
    expires_ms   BIGINT NOT NULL,
    CONSTRAINT linkings_by_state_key PRIMARY KEY (state_hash)
);

-- How the assistant behaves towards a skill where that is not the usual: rules and faults by id.
CREATE TABLE knobs (
    skill_id     TEXT COLLATE "C" NOT NULL,
    knob         TEXT COLLATE "C" NOT NULL,
    choice       TEXT NOT NULL,
    CONSTRAINT knobs_key PRIMARY KEY (skill_id, knob)
);

-- What happened to a link, for who looks for the reason.
CREATE TABLE link_log (
    skill_id     TEXT COLLATE "C" NOT NULL,
    account      TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,
    at_ms        BIGINT NOT NULL,
    event        TEXT NOT NULL,
    ok           BOOLEAN NOT NULL,
    detail       TEXT NOT NULL,                  -- JSON, without secrets
    CONSTRAINT link_log_key PRIMARY KEY (skill_id, account, number)
);

-- Codes and tokens that the assistant gave out in the role of a platform's own authorization server, as hashes.
CREATE TABLE platform_grants (
    token_hash   BYTEA NOT NULL,
    kind         TEXT NOT NULL,                  -- code | access | refresh
    purpose      TEXT NOT NULL,                  -- lwa | customer | smartthings
    skill_id     TEXT NOT NULL,
    account      TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    expires_ms   BIGINT NOT NULL,                -- 0: never
    CONSTRAINT platform_grants_key PRIMARY KEY (token_hash)
);

-- What skills sent to the event gateway and to the callbacks.
CREATE TABLE gateway_events (
    skill_id     TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,
    account      TEXT NOT NULL,
    at_ms        BIGINT NOT NULL,
    gateway      TEXT NOT NULL,                  -- alexa | smartthings
    event        TEXT NOT NULL,
    CONSTRAINT gateway_events_key PRIMARY KEY (skill_id, number)
);
