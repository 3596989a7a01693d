-- migrate:up
CREATE TABLE posts (
    id serial NOT NULL,
    body text,
    "timestamp" timestamp without time zone,
    author_id integer,
    body_html text,
    CONSTRAINT posts_pkey PRIMARY KEY (id),
    CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id)
);

CREATE INDEX ix_posts_timestamp ON posts ("timestamp");

-- migrate:down
DROP TABLE posts;
