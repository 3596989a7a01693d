-- migrate:up
ALTER TABLE users
    ADD COLUMN about_me text,
    ADD COLUMN last_seen timestamp without time zone,
    ADD COLUMN location varchar(64),
    ADD COLUMN member_since timestamp without time zone,
    ADD COLUMN name varchar(64),
    ADD COLUMN avatar_hash varchar(32);

-- migrate:down
ALTER TABLE users
    DROP COLUMN avatar_hash,
    DROP COLUMN name,
    DROP COLUMN member_since,
    DROP COLUMN location,
    DROP COLUMN last_seen,
    DROP COLUMN about_me;
