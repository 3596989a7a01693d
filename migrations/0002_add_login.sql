-- migrate:up
ALTER TABLE users
    ADD COLUMN email varchar(64),
    ADD COLUMN password_hash varchar(128),
    ADD COLUMN confirmed boolean;

CREATE UNIQUE INDEX ix_users_email ON users (email);

-- migrate:down
DROP INDEX ix_users_email;

ALTER TABLE users
    DROP COLUMN confirmed,
    DROP COLUMN password_hash,
    DROP COLUMN email;
