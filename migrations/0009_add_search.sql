-- migrate:up
-- Search reads what is there through expression indexes: no table gets a column, so that what the book's
-- application knows about them stays true. An expression belongs to one language; these are for "english", the
-- default of flasky.search_language. "flasky search reindex" makes those of another language.
-- left(): a tsvector holds one megabyte at most, and a longer text could not be stored any more.
CREATE INDEX ix_posts_search_english ON posts USING gin (to_tsvector('english', left(body, 50000)));
CREATE INDEX ix_comments_search_english ON comments USING gin (to_tsvector('english', left(body, 50000)));

-- Names have no language.
CREATE INDEX ix_users_search ON users USING gin ((
    setweight(to_tsvector('simple', translate(coalesce(username, '') || ' ' || coalesce(name, ''), '._', '  ')), 'A')
    || setweight(to_tsvector('simple', coalesce(location, '')), 'B')
    || setweight(to_tsvector('simple', left(coalesce(about_me, ''), 50000)), 'D')));

-- The words there are, for "Did you mean". Brought up to date by "flasky deploy" and "flasky search reindex".
CREATE MATERIALIZED VIEW search_words AS
SELECT lexeme AS word, count(*) AS documents
FROM (SELECT body FROM posts UNION ALL SELECT body FROM comments WHERE disabled IS NOT TRUE) AS texts,
    unnest(to_tsvector('simple', left(body, 50000))) AS lexemes
WHERE lexeme ~ '^[[:alpha:]]{3,40}$'
GROUP BY lexeme;

CREATE UNIQUE INDEX ix_search_words_word ON search_words (word);

-- Tolerance for typing errors needs the extension pg_trgm. It belongs to the database, not to a schema, so that
-- schemas migrated at the same time must take turns. Without it search works, and finds what is spelt as typed.
DO $$
DECLARE
    home name;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('create extension pg_trgm', 0));
        BEGIN
            CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
        EXCEPTION WHEN OTHERS THEN
            RAISE WARNING 'search will not forgive typing errors: pg_trgm cannot be made (%)', SQLERRM
                USING HINT = 'as a superuser or the database''s owner run: CREATE EXTENSION pg_trgm SCHEMA public; '
                    'then: flasky search reindex';
        END;
    END IF;
    SELECT nspname INTO home FROM pg_extension JOIN pg_namespace AS n ON n.oid = extnamespace
        WHERE extname = 'pg_trgm';
    IF home IS NOT NULL THEN
        EXECUTE format('CREATE INDEX ix_users_trigrams ON users USING gin (username %1$I.gin_trgm_ops, name %1$I.gin_trgm_ops)', home);
        EXECUTE format('CREATE INDEX ix_search_words_trigrams ON search_words USING gin (word %I.gin_trgm_ops)', home);
    END IF;
END
$$;

-- migrate:down
-- The extension stays: others may use it.
DROP INDEX IF EXISTS ix_users_trigrams;
DROP MATERIALIZED VIEW IF EXISTS search_words;
DROP INDEX IF EXISTS ix_users_search;
DO $$
DECLARE
    found record;
BEGIN
    -- One pair for each language that was ever asked for.
    FOR found IN SELECT indexrelid::regclass AS index FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE indrelid IN ('posts'::regclass, 'comments'::regclass)
            AND relname ~ '^ix_(posts|comments)_search_' LOOP
        EXECUTE format('DROP INDEX %s', found.index);
    END LOOP;
END
$$;
