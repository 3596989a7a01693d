-- migrate:up
-- The book's schema ends with 0007. These indexes are ours: a profile's posts, a post's comments
-- and a follower list are read through them. IF NOT EXISTS, because a database that was
-- moved over may have them already.
CREATE INDEX IF NOT EXISTS ix_posts_author_id_timestamp ON posts (author_id, "timestamp");
CREATE INDEX IF NOT EXISTS ix_comments_post_id_timestamp ON comments (post_id, "timestamp");
CREATE INDEX IF NOT EXISTS ix_comments_author_id ON comments (author_id);
CREATE INDEX IF NOT EXISTS ix_follows_followed_id ON follows (followed_id);
CREATE INDEX IF NOT EXISTS ix_users_role_id ON users (role_id);

-- migrate:down
DROP INDEX IF EXISTS ix_users_role_id;
DROP INDEX IF EXISTS ix_follows_followed_id;
DROP INDEX IF EXISTS ix_comments_author_id;
DROP INDEX IF EXISTS ix_comments_post_id_timestamp;
DROP INDEX IF EXISTS ix_posts_author_id_timestamp;
