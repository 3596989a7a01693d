-- migrate:up
CREATE TABLE roles (
    id serial NOT NULL,
    name varchar(64),
    CONSTRAINT roles_pkey PRIMARY KEY (id),
    CONSTRAINT roles_name_key UNIQUE (name)
);

CREATE TABLE users (
    id serial NOT NULL,
    username varchar(64),
    role_id integer,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles (id)
);

-- An index, not a constraint: an existing Flasky database has it this way.
CREATE UNIQUE INDEX ix_users_username ON users (username);

-- migrate:down
DROP TABLE users;
DROP TABLE roles;
