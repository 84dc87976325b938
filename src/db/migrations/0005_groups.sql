-- Groups of users. A group has an id beside its name: a membership names both, so that a new group of a deleted one's name
-- has none of its members, while the rows that are left of the deleted one go in steps.

CREATE TABLE user_groups (
    pool_id      TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    group_id     TEXT COLLATE "C" NOT NULL,
    description  TEXT,
    role_arn     TEXT,
    precedence   BIGINT,
    created_ms   BIGINT NOT NULL,
    modified_ms  BIGINT NOT NULL,
    CONSTRAINT user_groups_key PRIMARY KEY (pool_id, name)
);

-- Who is in a group, and which groups a user is in: each question has its own table.
CREATE TABLE group_members (
    pool_id      TEXT COLLATE "C" NOT NULL,
    group_id     TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    CONSTRAINT group_members_key PRIMARY KEY (pool_id, group_id, user_id)
) /*sqlite WITHOUT ROWID */;

CREATE TABLE groups_of_users (
    pool_id      TEXT COLLATE "C" NOT NULL,
    user_id      TEXT COLLATE "C" NOT NULL,
    group_id     TEXT COLLATE "C" NOT NULL,
    name         TEXT COLLATE "C" NOT NULL,
    CONSTRAINT groups_of_users_key PRIMARY KEY (pool_id, user_id, group_id)
) /*sqlite WITHOUT ROWID */;

-- Groups that are deleted, and whose memberships are still being removed.
CREATE TABLE deleted_groups (
    pool_id      TEXT COLLATE "C" NOT NULL,
    group_id     TEXT COLLATE "C" NOT NULL,
    CONSTRAINT deleted_groups_key PRIMARY KEY (pool_id, group_id)
);
