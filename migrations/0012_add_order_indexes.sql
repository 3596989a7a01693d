-- migrate:up
-- Lists show the newest first, and of those of one moment the last one first: with the id in the index nothing is left
-- to sort. The indexes of the timestamp alone stay, because the book's schema has them.
CREATE INDEX IF NOT EXISTS ix_posts_timestamp_id ON posts ("timestamp", id);
CREATE INDEX IF NOT EXISTS ix_comments_timestamp_id ON comments ("timestamp", id);

-- migrate:down
DROP INDEX IF EXISTS ix_comments_timestamp_id;
DROP INDEX IF EXISTS ix_posts_timestamp_id;
