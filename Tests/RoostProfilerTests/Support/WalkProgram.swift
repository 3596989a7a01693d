import Foundation
import Testing

/// A small C program around the sampler, for processors that the tests do not run on: it samples three kinds of work
/// and prints how many stacks it took, how many lead to `main`, and in how many percent the leaf's caller stands next.
struct WalkProgram {
    struct Line {
        let work: String
        let samples: Int
        let rooted: Int
        let chained: Int
    }

    /// How a program for a processor is made, and what runs it; nil when that is not installed.
    struct Tools {
        let compiler: String
        let flags: [String]
        let runner: [String]

        static let native = Tools("cc", ["-fno-omit-frame-pointer"], runner: nil)
        static let arm64 = Tools("aarch64-linux-gnu-gcc", ["-static"], runner: "qemu-aarch64")

        private init?(_ compiler: String, _ flags: [String], runner: String?) {
            guard let compiler = Self.path(of: compiler) else { return nil }
            (self.compiler, self.flags) = (compiler, flags)
            guard let runner else {
                self.runner = []
                return
            }
            guard let runner = Self.path(of: runner) else { return nil }
            self.runner = [runner]
        }

        private static func path(of program: String) -> String? {
            ["/usr/local/bin/", "/usr/bin/", "/bin/"].map { $0 + program }.first { access($0, X_OK) == 0 }
        }
    }

    /// Builds and runs it, with the compiler's warnings as errors.
    static func run(_ tools: Tools) throws -> [Line] {
        var lines: [Line] = []
        try withFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try source.write(toFile: folder + "/main.c", atomically: false, encoding: .utf8)
            let files = ["sampler.c", "walk.c", "symbols.c"].map { "\(sources)/\($0)" } + [folder + "/main.c"]
            let flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-I\(sources)/include", "-I\(sources)"]
            _ = try output([tools.compiler] + flags + tools.flags + files + ["-o", folder + "/walk"])
            lines = try output(tools.runner + [folder + "/walk"]).split(separator: "\n").map { try line($0) }
        }
        return lines
    }

    private static func line(_ text: Substring) throws -> Line {
        let words = text.split(separator: " ")
        let numbers = words.dropFirst().compactMap { Int($0) }
        try #require(numbers.count == 3, "\(text)")
        return Line(work: String(words[0]), samples: numbers[0], rooted: numbers[1], chained: numbers[2])
    }

    private static func output(_ words: [String]) throws -> String {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(words)")
        return text
    }

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/CProfiler").path

    /// `spin` has no frame of its own on arm64; `between` spins and then works on, with a stale link register.
    private static let source = #"""
        #define _GNU_SOURCE
        #include "profiler_sampler.h"
        #include "profiler_symbols.h"
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <time.h>

        #define NOT_INLINED __attribute__((noinline, noclone))
        static profiler_symbols *symbols;
        static uint64_t bias;
        static char from[1 << 20], to[1 << 20];

        static uint64_t now(void) {
            struct timespec time;
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
            return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
        }

        NOT_INLINED uint64_t spin(uint64_t state) {
        #if defined(__x86_64__)
            // As Swift's functions do; GCC would leave the frame of a leaf out.
            __asm__ volatile("" : : "r"(__builtin_frame_address(0)));
        #endif
            for (int i = 0; i < 2000; i++) state ^= state << 13, state ^= state >> 7, state ^= state << 17;
            return state;
        }

        NOT_INLINED uint64_t between(uint64_t state) {
            uint64_t result = spin(state);
            for (int i = 0; i < 500; i++) result = result * 31 + (uint64_t)i * result;
            __asm__ volatile("" : "+r"(result));
            return result + 1;
        }

        NOT_INLINED uint64_t burn(uint64_t end) {
            uint64_t state = 88172645463325252u;
            while (now() < end) state = between(state);
            return state;
        }

        NOT_INLINED uint64_t copy(uint64_t end) {
            uint64_t sum = 0;
            for (; now() < end; sum += (uint64_t)to[5]) {
                memcpy(to, from, sizeof to);
                __asm__ volatile("" ::: "memory");
            }
            return sum;
        }

        NOT_INLINED uint64_t deeper(int depth, uint64_t state) {
            if (depth == 0) return spin(state) + 1;
            uint64_t result = deeper(depth - 1, state + 1);
            __asm__ volatile("" : "+r"(result));
            return result + (uint64_t)depth;
        }

        NOT_INLINED uint64_t recurse(uint64_t end) {
            uint64_t state = 1;
            while (now() < end) state = deeper(40, state);
            return state;
        }

        static void learn(const profiler_image *image, void *context) {
            (void)context;
            if (strcmp(image->path, "/proc/self/exe") == 0) bias = image->bias;
        }

        static const char *name(uint64_t address) {
            uint64_t start;
            const char *found = profiler_symbols_find(symbols, address - bias, &start);
            return found ? found : "?";
        }

        // Of the stacks that end in `leaf` (any, when it is empty), how many have `caller` next. A linked counter in
        // the leaf's own function is none of its callers, as the symbolizer has it.
        static void report(const char *work, const char *leaf, const char *caller) {
            profiler_counts counts = profiler_read_counts();
            uint64_t *words = malloc((counts.words + 1) * sizeof *words);
            profiler_copy(words);
            int samples = 0, rooted = 0, leaves = 0, chained = 0;
            for (size_t at = 0, frames; at + 2 <= counts.words; at += 2 + frames, samples++) {
                const uint64_t *stack = words + at + 2;
                frames = profiler_record_frames(words[at + 1]);
                size_t second = 1;
                if (profiler_record_linked(words[at + 1]) && !strcmp(name(stack[0]), name(stack[1] - 1))) second = 2;
                for (size_t i = 1; i < frames; i++)
                    if (strcmp(name(stack[i] - 1), "main") == 0) { rooted++; break; }
                if (strstr(name(stack[0]), leaf) == NULL || second >= frames) continue;
                leaves++;
                chained += strcmp(name(stack[second] - 1), caller) == 0;
            }
            printf("%s %d %d %d\n", work, samples, rooted, leaves == 0 ? 0 : 100 * chained / leaves);
            free(words);
        }

        int main(void) {
            if (profiler_prepare(1 << 18, 192) != 0) return 1;
            profiler_each_image(learn, NULL);
            symbols = profiler_symbols_open("/proc/self/exe");
            if (symbols == NULL) return 2;
            const struct { const char *name, *leaf, *caller; uint64_t (*run)(uint64_t); } works[] = {
                { "burn", "spin", "between", burn }, { "copy", "", "copy", copy },
                { "recurse", "spin", "deeper", recurse },
            };
            for (int i = 0; i < 3; i++) {
                if (profiler_begin(false, 1000000) != 0) return 3;
                works[i].run(now() + 300000000u);
                profiler_end();
                report(works[i].name, works[i].leaf, works[i].caller);
            }
            profiler_stop();
            return 0;
        }
        """#
}
