-- migrate:up
-- The book's application finds its own last revision here, so that it takes this database for one of its own and both
-- can work on it. A database that was moved over has it already.
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num varchar(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version (version_num) SELECT '51f5ccfba190' WHERE NOT EXISTS (SELECT FROM alembic_version);

-- migrate:down
-- The table stays: it may have been here before, and does no harm.
SELECT 1;
