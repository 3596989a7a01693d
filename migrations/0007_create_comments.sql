-- migrate:up
CREATE TABLE comments (
    id serial NOT NULL,
    body text,
    body_html text,
    "timestamp" timestamp without time zone,
    disabled boolean,
    author_id integer,
    post_id integer,
    CONSTRAINT comments_pkey PRIMARY KEY (id),
    CONSTRAINT comments_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id),
    CONSTRAINT comments_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id)
);

CREATE INDEX ix_comments_timestamp ON comments ("timestamp");

-- migrate:down
DROP TABLE comments;
