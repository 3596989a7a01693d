// The part of the profiler that Swift cannot express: a signal handler that is async-signal-safe, the walk up the
// interrupted thread's stack, and the symbol tables of ELF files.
#pragma once
#include "profiler_sampler.h"
#include "profiler_symbols.h"
