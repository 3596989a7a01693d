-- migrate:up
-- Users who registered before the book's application knew these columns have nothing in them.
UPDATE users SET
    member_since = coalesce(member_since, last_seen, now() AT TIME ZONE 'UTC'),
    last_seen = coalesce(last_seen, member_since, now() AT TIME ZONE 'UTC')
WHERE member_since IS NULL OR last_seen IS NULL;
UPDATE users SET avatar_hash = md5(lower(email)) WHERE avatar_hash IS NULL AND email IS NOT NULL;
UPDATE posts SET "timestamp" = now() AT TIME ZONE 'UTC' WHERE "timestamp" IS NULL;
UPDATE comments SET "timestamp" = now() AT TIME ZONE 'UTC' WHERE "timestamp" IS NULL;

-- migrate:down
-- What was filled in does no harm.
SELECT 1;
