/// Object ids of the built-in types that this library knows by heart; they never change.
enum TypeID {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let json: UInt32 = 114
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let unknown: UInt32 = 705
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let date: UInt32 = 1082
    static let time: UInt32 = 1083
    static let timestamp: UInt32 = 1114
    static let timestamptz: UInt32 = 1184
    static let interval: UInt32 = 1186
    static let numeric: UInt32 = 1700
    static let void: UInt32 = 2278
    static let uuid: UInt32 = 2950
    static let jsonb: UInt32 = 3802

    private static let names: [UInt32: String] = [
        bool: "boolean", bytea: "bytea", name: "name", int8: "bigint", int2: "smallint", int4: "integer",
        text: "text", oid: "oid", json: "json", float4: "real", float8: "double precision", bpchar: "character",
        varchar: "character varying", date: "date", timestamp: "timestamp", timestamptz: "timestamptz",
        numeric: "numeric", void: "void", uuid: "uuid", jsonb: "jsonb", time: "time", interval: "interval",
        199: "json[]", 1000: "boolean[]", 1001: "bytea[]", 1005: "smallint[]", 1007: "integer[]", 1009: "text[]",
        1015: "character varying[]", 1016: "bigint[]", 1021: "real[]", 1022: "double precision[]",
        1115: "timestamp[]", 1182: "date[]", 1183: "time[]", 1185: "timestamptz[]", 1187: "interval[]",
        1231: "numeric[]", 2951: "uuid[]", 3807: "jsonb[]",
    ]

    static func name(of type: UInt32) -> String {
        names[type] ?? "type with oid \(type)"
    }

    /// Types whose binary format this library reads. One other column makes the whole result text, since libpq
    /// takes one format for all columns.
    static func isBinaryKnown(_ type: UInt32) -> Bool {
        switch type {
        case bool, bytea, name, int8, int2, int4, text, oid, json, float4, float8, unknown, bpchar, varchar, date, time,
            timestamp, timestamptz, interval, numeric, void, uuid, jsonb:
            true
        default: element(of: type) != nil
        }
    }

    /// The element type of the arrays this library reads, nil for any other type.
    static func element(of array: UInt32) -> UInt32? {
        switch array {
        case 199: json
        case 1000: bool
        case 1001: bytea
        case 1005: int2
        case 1007: int4
        case 1009: text
        case 1015: varchar
        case 1016: int8
        case 1021: float4
        case 1022: float8
        case 1115: timestamp
        case 1182: date
        case 1183: time
        case 1185: timestamptz
        case 1187: interval
        case 1231: numeric
        case 2951: uuid
        case 3807: jsonb
        default: nil
        }
    }

    /// Types whose binary format is the text itself.
    static func isText(_ type: UInt32) -> Bool {
        switch type {
        case text, varchar, bpchar, name, unknown, json: true
        default: false
        }
    }
}
