internal import Roost
internal import RoostDatabase
internal import RoostPostgres

extension Shell {
    private static let help = [
        "SELECT …;          SQL, up to a semicolon; BEGIN … COMMIT are yours",
        "= expression       a template's expression in a request of the app: = url_for('index'), = 'a'|upper",
        "{{ … }} {% … %}    a template on one line",
        ".tables            tables and views, with their rows (as of the last ANALYZE) and sizes",
        ".describe TABLE    columns, indexes and constraints",
        ".routes            what .routes of the command line lists",
        ".settings          every setting, its value and where it came from",
        ".help  .quit",
    ]

    func runCommand(_ name: String, _ argument: String) throws {
        switch name {
        case "help": showHelp()
        case "tables": showResult(try connection().textResult(unsafe: Self.tables))
        case "describe" where argument.isEmpty: throw CommandFailure(".describe takes the name of a table")
        case "describe": try describe(argument)
        case "routes": for line in RouteListing(app).lines { show(line) }
        case "settings": for line in try SettingsListing(app.settings).lines { show(line) }
        default: throw CommandFailure(".\(name) is no command; .help lists them")
        }
    }

    private func showHelp() {
        for line in Self.help { show(line) }
        let width = app.shellValues.map(\.name.utf8.count).max() ?? 0
        for value in app.shellValues { show("= " + Columns.pad(value.name, max(width, 16)) + " " + value.summary) }
    }

    private func describe(_ name: String) throws {
        let connection = try connection()
        // A number: what comes of it may stand in SQL text.
        guard let table = try connection.value("SELECT to_regclass(\(name))::oid::bigint", as: Int?.self) else {
            throw CommandFailure("there is no table \(ShellTable.escaped(name)); .tables lists them")
        }
        showResult(try connection.textResult(unsafe: Self.columns(of: table)))
        for line in try connection.textResult(unsafe: Self.definitions(of: table)).rows {
            show(ShellTable.escaped(line.compactMap(\.self).joined(separator: " ")))
        }
    }

    private static func columns(of table: Int) -> String {
        """
        SELECT attname AS column, format_type(atttypid, atttypmod) AS type,
            CASE WHEN attnotnull THEN 'NOT NULL' ELSE '' END AS null,
            coalesce(pg_get_expr(adbin, adrelid), '') AS default
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = \(table) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
        """
    }

    private static func definitions(of table: Int) -> String {
        """
        SELECT kind, name, definition FROM (
            SELECT 'index' AS kind, c.relname::text AS name,
                regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', '') AS definition
            FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE i.indrelid = \(table)
            UNION ALL
            SELECT CASE WHEN conrelid = \(table) THEN 'constraint' ELSE 'referenced by' END, conname::text,
                pg_get_constraintdef(oid)
            FROM pg_constraint WHERE conrelid = \(table) OR confrelid = \(table)) AS parts
        ORDER BY kind DESC, name
        """
    }

    private static let tables = """
        SELECT relname AS name,
            CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
                ELSE 'table' END AS kind,
            CASE WHEN reltuples >= 0 AND relkind <> 'v' THEN reltuples::bigint END AS rows,
            CASE WHEN relkind <> 'v' THEN pg_size_pretty(pg_total_relation_size(oid)) END AS size
        FROM pg_class
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND pg_table_is_visible(oid)
            AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
        ORDER BY relname
        """
}
