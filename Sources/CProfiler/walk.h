// Walks up the stack of an interrupted thread. Async-signal-safe.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

// Lists the executable code of the process. Not for signal handlers; a walk must not run meanwhile.
void walk_learn_images(void);

// Writes program counters, innermost first, and returns how many. `linked` becomes true when the second is what the
// link register held (arm64). Reads memory only between the stack pointer and `stack_high`, and code only in images
// that are never unloaded.
int walk_stack(
    const ucontext_t *at, uintptr_t stack_low, uintptr_t stack_high, uint64_t *to, int most, bool *linked);
