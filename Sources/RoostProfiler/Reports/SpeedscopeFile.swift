internal import RoostHTTP

/// The samples in speedscope's own format, in order of time.
/// Schema: https://www.speedscope.app/file-format-schema.json
enum SpeedscopeFile {
    static func bytes(_ samples: StackSamples, name: String) -> [UInt8] {
        var json = JSONWriter(capacity: 16_384)
        json.beginObject()
        json.field("$schema", "https://www.speedscope.app/file-format-schema.json")
        json.field("name", name)
        json.field("exporter", "roost")
        json.field("activeProfileIndex", 0)
        json.key("shared")
        json.beginObject()
        let numbers = appendFrames(samples, &json)
        json.endObject()
        json.key("profiles")
        json.beginArray()
        append(samples, name, numbers, &json)
        json.endArray()
        json.endObject()
        json.endLine()
        return json.bytes
    }

    /// Only the frames that occur: the process knows those of all its requests.
    private static func appendFrames(_ samples: StackSamples, _ json: inout JSONWriter) -> [Int: Int] {
        var numbers: [Int: Int] = [:]
        json.key("frames")
        json.beginArray()
        for sample in samples.samples {
            for frame in sample.stack where numbers[frame] == nil {
                numbers[frame] = numbers.count
                json.beginObject()
                json.field("name", samples.frames[frame].name)
                json.field("file", samples.frames[frame].module)
                json.endObject()
            }
        }
        json.endArray()
        return numbers
    }

    private static func append(
        _ samples: StackSamples, _ name: String, _ numbers: [Int: Int], _ json: inout JSONWriter
    ) {
        json.beginObject()
        json.field("type", "sampled")
        json.field("name", name)
        json.field("unit", "nanoseconds")
        json.field("startValue", 0)
        json.field("endValue", samples.total)
        json.key("samples")
        json.beginArray()
        for sample in samples.samples {
            json.beginArray()
            for frame in sample.stack { json.value(numbers[frame] ?? 0) }
            json.endArray()
        }
        json.endArray()
        json.key("weights")
        json.beginArray()
        for sample in samples.samples { json.value(sample.weight) }
        json.endArray()
        json.endObject()
    }
}
