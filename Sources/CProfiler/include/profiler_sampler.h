// Takes samples of one thread's stack at a fixed rate while that thread says it is at work.
//
// One sampler to a process, for the thread that calls `profiler_begin`. A timer of that thread sends SIGPROF; the
// handler walks the stack and stores it in a ring, and does nothing else: no allocation, no lock, errno as it was. The
// first tick that finds no work stops the timer, so an idle process is left in peace, and a busy one pays no system
// call for a begin.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PROFILER_DEPTH_MOST = 512, PROFILER_RECORD_HEAD = 2 };

typedef struct {
    uint64_t samples;
    uint64_t lost;       // samples that newer ones have displaced from the ring
    uint64_t overruns;   // ticks that passed while one was pending or at rest; the next sample counts for them
    uint64_t truncated;  // stacks deeper than the limit
    uint64_t handler_ns; // spent in the handler
    uint64_t handler_longest_ns;
    uint64_t words;      // what profiler_copy will write
} profiler_counts;

// The second word of a record. The first is the time (CLOCK_MONOTONIC, ns); then come `frames` program counters: that
// of the interrupted instruction, then return addresses, outwards.
static inline uint8_t profiler_record_tag(uint64_t word) { return (uint8_t)word; }
static inline bool profiler_record_marked(uint64_t word) { return (word & 0x100) != 0; }
static inline bool profiler_record_truncated(uint64_t word) { return (word & 0x200) != 0; } // deeper than the limit
// The second counter is what arm64's link register held: the caller of a function without a frame, or, in a function
// that has called others, a place in that function itself.
static inline bool profiler_record_linked(uint64_t word) { return (word & 0x400) != 0; }
static inline uint32_t profiler_record_weight(uint64_t word) { return (uint32_t)(word >> 16) & 0xFFFF; } // ticks
static inline uint32_t profiler_record_frames(uint64_t word) { return (uint32_t)(word >> 32); }

// Makes the ring (its pages are taken when they are first written), lists the executable code of the process and
// installs the handler. Call it again after images were loaded. 0, or an errno.
int profiler_prepare(size_t ring_words, int depth);

// From here the calling thread's samples count; those before are forgotten. 0, or an errno.
int profiler_begin(bool cpu_clock, uint64_t period_ns);
// To here. What was sampled stays readable until the next begin.
void profiler_end(void);
// Every so manieth tick's record is marked; 0 marks none.
void profiler_mark_every(uint32_t ticks);
// Ends the timer. The next begin makes a new one.
void profiler_stop(void);
bool profiler_is_ticking(void);

profiler_counts profiler_read_counts(void);
// Copies the records, oldest first, into `counts.words` words.
void profiler_copy(uint64_t *to);

// What is being done now; stored with every sample.
extern volatile uint8_t profiler_current_tag;
static inline void profiler_set_tag(uint8_t tag) { profiler_current_tag = tag; }
