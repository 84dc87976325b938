-- What the app that asks Login with Amazon for a code will prove when it redeems the code (RFC 7636).

ALTER TABLE platform_grants ADD COLUMN code_challenge TEXT NOT NULL DEFAULT '';
