-- migrate:up
-- Addresses and usernames are compared in whatever letter case they were stored: at every login, and for every name that
-- somebody chooses. Not unique, because a database that was moved over may hold two that differ in case alone.
CREATE INDEX IF NOT EXISTS ix_users_lower_email ON users (lower(email));
CREATE INDEX IF NOT EXISTS ix_users_lower_username ON users (lower(username));

-- migrate:down
DROP INDEX IF EXISTS ix_users_lower_username;
DROP INDEX IF EXISTS ix_users_lower_email;
