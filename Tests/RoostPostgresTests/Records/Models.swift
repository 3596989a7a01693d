import RoostPostgres

// A small blog, the records of all these tests.

struct Person: Record, Identifiable, Equatable {
    var id = 0
    var username: String
    var email: String?
    var roleID: Int?
    var lastSeen: Timestamp?
    var role = Related<Role>()
    var articles = Related<[Article]>()
    var followed = Related<[Person]>()
    var follows = Related<[Following]>()
    var articleCount = Related<Int>()

    struct Fields: RecordFields {
        let id = Column(\Person.id, .generated)
        let username = Column(\Person.username)
        let email = Column(\Person.email)
        let roleID = Column(\Person.roleID)
        let lastSeen = Column(\Person.lastSeen)
        let role = BelongsTo(\Person.role, \Person.roleID)
        let articles = HasMany(\Person.articles, \Article.authorID)
        let followed = ManyToMany(\Person.followed, through: \Following.followerID, \Following.followedID)
        let follows = HasMany(\Person.follows, \Following.followerID)
        let articleCount = RowCount(\Person.articleCount, of: \Article.authorID)
    }
    static let table = Table<Person>("people")
}

struct Role: Record, Identifiable, Equatable {
    var id = 0
    var name: String
    var isDefault: Bool

    struct Fields: RecordFields {
        let id = Column(\Role.id, .generated)
        let name = Column(\Role.name)
        let isDefault = Column(\Role.isDefault, "default")
    }
    static let table = Table<Role>("roles")
}

enum Temper: String, Codable, SQLConvertible {
    case calm, wild
}

struct Article: Record, Identifiable, Equatable {
    var id = 0
    var body: String
    var bodyHTML: String?
    var mood: Temper?
    var views: Int = 0
    var written: Timestamp
    var authorID: Int?
    var author = Related<Person>()
    var remarks = Related<[Remark]>()
    var remarkCount = Related<Int>()
    var openRemarkCount = Related<Int>()
    var labels = Related<[Label]>()
    var statistics = Related<Statistics>()

    struct Fields: RecordFields {
        let id = Column(\Article.id, .generated)
        let body = Column(\Article.body)
        let bodyHTML = Column(\Article.bodyHTML)
        let mood = Column(\Article.mood)
        let views = Column(\Article.views)
        let written = Column(\Article.written)
        let authorID = Column(\Article.authorID)
        let author = BelongsTo(\Article.author, \Article.authorID)
        let remarks = HasMany(\Article.remarks, \Remark.articleID)
        let remarkCount = RowCount(\Article.remarkCount, of: \Remark.articleID)
        let openRemarkCount = RowCount(\Article.openRemarkCount, of: \Remark.articleID) { !$0.isHidden }
        let labels = ManyToMany(\Article.labels, through: "article_labels", "article_id", "label_id")
        let statistics = HasOne(\Article.statistics, \Statistics.articleID)
    }
    static let table = Table<Article>("articles")
}

struct Remark: Record, Identifiable, Equatable {
    var id = 0
    var body: String
    var isHidden = false
    var articleID: Int
    var parentID: Int?
    var parent = Related<Remark>()
    var replies = Related<[Remark]>()

    struct Fields: RecordFields {
        let id = Column(\Remark.id, .generated)
        let body = Column(\Remark.body)
        let isHidden = Column(\Remark.isHidden, "hidden")
        let articleID = Column(\Remark.articleID)
        let parentID = Column(\Remark.parentID)
        let parent = BelongsTo(\Remark.parent, \Remark.parentID)
        let replies = HasMany(\Remark.replies, \Remark.parentID)
    }
    static let table = Table<Remark>("remarks")
}

struct Following: Record, Equatable {
    var followerID: Int
    var followedID: Int
    var since: Timestamp
    var followed = Related<Person>()

    struct Fields: RecordFields {
        let followerID = Column(\Following.followerID, .key)
        let followedID = Column(\Following.followedID, .key)
        let since = Column(\Following.since)
        let followed = BelongsTo(\Following.followed, \Following.followedID)
    }
    static let table = Table<Following>("follows")
}

/// Reads its columns itself, without Codable.
struct Label: Record, Identifiable, Equatable {
    var id = 0
    var name: String

    init(name: String) {
        self.name = name
    }

    init(row: inout RecordReader) throws {
        id = try row.next()
        name = try row.next(ifNull: "")
    }

    struct Fields: RecordFields {
        let id = Column(\Label.id, .generated)
        let name = Column(\Label.name)
    }
    static let table = Table<Label>("labels")
}

struct Statistics: Record, Equatable {
    var articleID: Int
    var likes: Int

    struct Fields: RecordFields {
        let articleID = Column(\Statistics.articleID, .key)
        let likes = Column(\Statistics.likes)
    }
    static let table = Table<Statistics>("statistics")
}

extension ServerTests {
    static let blogSchema = """
        CREATE TYPE temper AS ENUM ('calm', 'wild');
        CREATE TABLE roles (id serial PRIMARY KEY, name varchar(64) UNIQUE, "default" boolean NOT NULL);
        CREATE TABLE people (id serial PRIMARY KEY, username varchar(64) UNIQUE NOT NULL, email text,
            role_id int REFERENCES roles, last_seen timestamp);
        CREATE TABLE articles (id serial PRIMARY KEY, body text NOT NULL, body_html text, mood temper, views int NOT NULL
            DEFAULT 0, written timestamp NOT NULL DEFAULT '2026-01-01', author_id int REFERENCES people);
        CREATE TABLE remarks (id serial PRIMARY KEY, body text NOT NULL, hidden boolean NOT NULL DEFAULT false,
            article_id int NOT NULL REFERENCES articles, parent_id int REFERENCES remarks);
        CREATE TABLE follows (follower_id int REFERENCES people, followed_id int REFERENCES people,
            since timestamp NOT NULL, PRIMARY KEY (follower_id, followed_id));
        CREATE TABLE labels (id serial PRIMARY KEY, name text UNIQUE);
        CREATE TABLE article_labels (article_id int REFERENCES articles, label_id int REFERENCES labels);
        CREATE TABLE statistics (article_id int PRIMARY KEY REFERENCES articles, likes int NOT NULL);
        INSERT INTO roles (name, "default") VALUES ('User', true), ('Admin', false);
        INSERT INTO people (username, email, role_id) VALUES ('john', 'john@example.com', 1), ('susan', NULL, 2),
            ('mary', 'mary@example.com', NULL);
        INSERT INTO articles (body, mood, views, written, author_id) VALUES
            ('one', 'calm', 5, '2026-01-01', 1), ('two', 'wild', 0, '2026-01-02', 1), ('three', NULL, 7, '2026-01-03', 2),
            ('four', NULL, 1, '2026-01-04', NULL);
        INSERT INTO remarks (body, hidden, article_id, parent_id) VALUES ('a', false, 1, NULL), ('b', true, 1, 1),
            ('c', false, 1, 1), ('d', false, 3, NULL);
        INSERT INTO follows VALUES (1, 2, '2026-01-01'), (1, 3, '2026-01-02'), (2, 1, '2026-01-03');
        INSERT INTO labels (name) VALUES ('swift'), ('c');
        INSERT INTO article_labels VALUES (1, 1), (1, 2), (2, 1);
        INSERT INTO statistics VALUES (1, 10), (3, 30);
        """

    static func withBlog(_ body: (Connection) throws -> Void) throws {
        try TestDatabase.with { db in
            try db.script(unsafe: blogSchema)
            try body(db)
        }
    }
}
