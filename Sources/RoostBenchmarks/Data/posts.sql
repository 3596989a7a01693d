-- What the benchmark's pages read: 1,000 users and 10,000 posts of about 200 characters. No random numbers, no clock.
BEGIN;

CREATE TABLE users (id integer PRIMARY KEY, username varchar(64), email varchar(64), avatar_hash varchar(32));
CREATE TABLE posts (
    id integer PRIMARY KEY, body text, timestamp timestamp, author_id integer REFERENCES users (id), body_html text
);

INSERT INTO users
SELECT i, 'user' || to_char(i, 'FM0000'), 'user' || i || '@example.com', md5('user' || i || '@example.com')
FROM generate_series(1, 1000) i;

INSERT INTO posts
SELECT i, 'Post ' || i || ' *says* & 1 < 2: ' || repeat('one more word ', 12) || i % 97 || '.',
    timestamp '2024-01-01 00:00:00' + i * interval '1 minute', 1 + i * 37 % 1000, NULL
FROM generate_series(1, 10000) i;

CREATE INDEX ix_posts_timestamp ON posts (timestamp);
COMMIT;

ANALYZE users;
ANALYZE posts;
