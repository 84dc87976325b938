-- Refresh tokens that are replaced at every use: how often that of a family was. Nothing of a token is stored: the next one
-- follows from the hash of the first, the generation and the master key.

ALTER TABLE grants ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
