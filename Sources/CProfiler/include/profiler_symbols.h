// Names for program counters: the images of this process and the symbol tables of their files.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t bias;      // add it to an address in the file to get one in memory
    uint64_t low, high; // executable code in memory
    const char *path;   // valid during the call; /proc/self/exe for the program
} profiler_image;

// Calls `each` for every piece of executable code.
void profiler_each_image(void (*each)(const profiler_image *, void *), void *context);

typedef struct profiler_symbols profiler_symbols;

// Maps an ELF file and sorts the functions of its .symtab (or .dynsym when it is stripped). NULL when it is no ELF file
// of this machine's word size, is damaged, or has no symbols.
profiler_symbols *profiler_symbols_open(const char *path);
void profiler_symbols_close(profiler_symbols *symbols);
size_t profiler_symbols_count(const profiler_symbols *symbols);
// The name of the function at an address in the file, and where it starts; NULL when there is none.
const char *profiler_symbols_find(const profiler_symbols *symbols, uint64_t address, uint64_t *start);

// The readable name of a Swift or C++ symbol, to be freed; NULL when the symbol is plain. `is_short` tells whether it
// is the runtime's form for stack traces (types left out) or a full declaration.
char *profiler_demangle(const char *symbol, int *is_short);

// The program's build id in hexadecimal, if the linker gave it one; the text's length, 0 for none.
size_t profiler_build_id(char *to, size_t capacity);
