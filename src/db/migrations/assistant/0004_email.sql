-- The address that a person has at the platform: what Login with Amazon and Google's assertions tell makers' servers.

ALTER TABLE accounts ADD COLUMN email TEXT NOT NULL DEFAULT '';
