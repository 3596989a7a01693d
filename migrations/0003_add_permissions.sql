-- migrate:up
ALTER TABLE roles
    ADD COLUMN "default" boolean,
    ADD COLUMN permissions integer;

CREATE INDEX ix_roles_default ON roles ("default");

-- migrate:down
DROP INDEX ix_roles_default;

ALTER TABLE roles
    DROP COLUMN permissions,
    DROP COLUMN "default";
