-- What the assistant talks about: interaction models by locale, the people at home, what was said, skill events that are
-- still to be delivered, and the devices of smart-home skills.

CREATE TABLE interaction_models (
    skill_id     TEXT COLLATE "C" NOT NULL,
    locale       TEXT COLLATE "C" NOT NULL,
    model        TEXT NOT NULL,                  -- what stands under "interactionModel"
    version      BIGINT NOT NULL,                -- counts the changes
    CONSTRAINT interaction_models_key PRIMARY KEY (skill_id, locale)
);

INSERT INTO interaction_models (skill_id, locale, model, version)
SELECT skill_id, 'en-US', model, 1 FROM skills WHERE model <> '';

ALTER TABLE skills DROP COLUMN model;

CREATE TABLE accounts (
    account      TEXT COLLATE "C" NOT NULL,
    name         TEXT NOT NULL,
    locale       TEXT NOT NULL,                  -- '': the skill's first
    recognized   BOOLEAN NOT NULL,               -- by the voice: requests name the person
    created_ms   BIGINT NOT NULL,
    CONSTRAINT accounts_key PRIMARY KEY (account)
);

INSERT INTO accounts (account, name, locale, recognized, created_ms) VALUES ('main', 'You', '', FALSE, 0);

CREATE TABLE granted_permissions (
    skill_id     TEXT COLLATE "C" NOT NULL,
    account      TEXT COLLATE "C" NOT NULL,
    permissions  TEXT NOT NULL,                  -- a list of names
    CONSTRAINT granted_permissions_key PRIMARY KEY (skill_id, account)
);

-- One request to a skill and what came back, without the access token.
CREATE TABLE exchanges (
    skill_id     TEXT COLLATE "C" NOT NULL,
    number       BIGINT NOT NULL,
    account      TEXT NOT NULL,
    at_ms        BIGINT NOT NULL,
    sealed       BYTEA NOT NULL,
    CONSTRAINT exchanges_key PRIMARY KEY (skill_id, number)
);

CREATE TABLE skill_events (
    event_id     TEXT COLLATE "C" NOT NULL,
    skill_id     TEXT NOT NULL,
    created_ms   BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    sealed       BYTEA NOT NULL,
    CONSTRAINT skill_events_key PRIMARY KEY (event_id)
);

CREATE TABLE smart_devices (
    skill_id     TEXT COLLATE "C" NOT NULL,
    account      TEXT COLLATE "C" NOT NULL,
    endpoint_id  TEXT COLLATE "C" NOT NULL,
    endpoint     TEXT NOT NULL,                  -- as discovered
    properties   TEXT NOT NULL,                  -- last known, a list as in a context
    at_ms        BIGINT NOT NULL,
    CONSTRAINT smart_devices_key PRIMARY KEY (skill_id, account, endpoint_id)
);
