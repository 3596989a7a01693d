#define _GNU_SOURCE
#include "profiler_symbols.h"
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    uint64_t start, size;
    uint32_t name;
} function;

struct profiler_symbols {
    void *file;
    size_t file_size;
    const char *names;
    size_t names_size;
    function *functions;
    size_t count;
};

// Images

typedef struct {
    void (*each)(const profiler_image *, void *);
    void *context;
} image_visit;

static int visit(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    const image_visit *call = context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0) continue;
        uint64_t low = info->dlpi_addr + part->p_vaddr;
        bool is_program = info->dlpi_name == NULL || *info->dlpi_name == 0;
        profiler_image image = { info->dlpi_addr, low, low + part->p_memsz,
            is_program ? "/proc/self/exe" : info->dlpi_name };
        call->each(&image, call->context);
    }
    return 0;
}

void profiler_each_image(void (*each)(const profiler_image *, void *), void *context) {
    image_visit call = { each, context };
    dl_iterate_phdr(visit, &call);
}

// Symbol tables. Nothing in the file is believed: every offset is checked against its size.

static bool fits(uint64_t offset, uint64_t size, size_t file_size) {
    return offset <= file_size && size <= file_size - offset;
}

static const Elf64_Shdr *find_table(const char *file, size_t size, const Elf64_Shdr **names) {
    const Elf64_Ehdr *head = (const Elf64_Ehdr *)file;
    if (size < sizeof *head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0 || head->e_ident[EI_CLASS] != ELFCLASS64
        || head->e_shentsize != sizeof(Elf64_Shdr) || head->e_shoff % 8 != 0
        || !fits(head->e_shoff, (uint64_t)head->e_shnum * sizeof(Elf64_Shdr), size)) return NULL;
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(file + head->e_shoff), *best = NULL;
    for (int i = 0; i < head->e_shnum; i++) {
        bool is_full = sections[i].sh_type == SHT_SYMTAB;
        if (is_full || (sections[i].sh_type == SHT_DYNSYM && best == NULL)) best = &sections[i];
        if (is_full) break;
    }
    if (best == NULL || best->sh_link >= head->e_shnum || best->sh_offset % 8 != 0) return NULL;
    *names = &sections[best->sh_link];
    bool fit = fits(best->sh_offset, best->sh_size, size) && fits((*names)->sh_offset, (*names)->sh_size, size);
    // A text that ends the table must end itself.
    return fit && (*names)->sh_size > 0 && file[(*names)->sh_offset + (*names)->sh_size - 1] == 0 ? best : NULL;
}

static bool is_function(const Elf64_Sym *symbol, size_t names_size) {
    int type = ELF64_ST_TYPE(symbol->st_info);
    return (type == STT_FUNC || type == STT_GNU_IFUNC) && symbol->st_value != 0 && symbol->st_shndx != SHN_UNDEF
        && symbol->st_name != 0 && symbol->st_name < names_size;
}

// By address; of several names for one place the largest comes first.
static int by_start(const void *one, const void *other) {
    const function *a = one, *b = other;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->size != b->size) return a->size > b->size ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

static profiler_symbols *read_table(char *file, size_t size) {
    const Elf64_Shdr *names, *table = find_table(file, size, &names);
    if (table == NULL) return NULL;
    const Elf64_Sym *all = (const Elf64_Sym *)(file + table->sh_offset);
    size_t most = table->sh_size / sizeof *all, count = 0;
    for (size_t i = 0; i < most; i++) count += is_function(&all[i], names->sh_size);
    profiler_symbols *symbols = calloc(1, sizeof *symbols);
    function *functions = malloc((count + 1) * sizeof *functions);
    if (symbols == NULL || functions == NULL || count == 0) {
        free(symbols);
        free(functions);
        return NULL;
    }
    *symbols = (profiler_symbols){ file, size, file + names->sh_offset, names->sh_size, functions, 0 };
    for (size_t i = 0; i < most; i++)
        if (is_function(&all[i], names->sh_size))
            functions[symbols->count++] = (function){ all[i].st_value, all[i].st_size, all[i].st_name };
    qsort(functions, symbols->count, sizeof *functions, by_start);
    return symbols;
}

profiler_symbols *profiler_symbols_open(const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return NULL;
    struct stat info;
    bool known = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
    size_t size = known ? (size_t)info.st_size : 0;
    char *file = known ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
    close(descriptor);
    if (file == MAP_FAILED) return NULL;
    profiler_symbols *symbols = read_table(file, size);
    if (symbols == NULL) munmap(file, size);
    return symbols;
}

void profiler_symbols_close(profiler_symbols *symbols) {
    if (symbols == NULL) return;
    munmap(symbols->file, symbols->file_size);
    free(symbols->functions);
    free(symbols);
}

size_t profiler_symbols_count(const profiler_symbols *symbols) { return symbols->count; }

const char *profiler_symbols_find(const profiler_symbols *symbols, uint64_t address, uint64_t *start) {
    size_t low = 0, high = symbols->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (symbols->functions[middle].start <= address) low = middle + 1;
        else high = middle;
    }
    if (low == 0) return NULL;
    size_t found = low - 1;
    while (found > 0 && symbols->functions[found - 1].start == symbols->functions[low - 1].start) found--;
    const function *function = &symbols->functions[found];
    // Between functions lie jump tables and padding. A size of 0 is hand-written assembly.
    if (function->size != 0 && address - function->start >= function->size) return NULL;
    *start = function->start;
    return symbols->names + function->name;
}

// Names

// Of the Swift runtime and the C++ runtime, whichever the program is linked with.
extern char *_swift_backtrace_demangle(const char *, size_t, char *, size_t *) __attribute__((weak));
extern char *swift_demangle(const char *, size_t, char *, size_t *, uint32_t) __attribute__((weak));
extern char *__cxa_demangle(const char *, char *, size_t *, int *) __attribute__((weak));

char *profiler_demangle(const char *symbol, int *is_short) {
    *is_short = 0;
    size_t length = strlen(symbol);
    bool is_swift = strncmp(symbol, "$s", 2) == 0 || strncmp(symbol, "$S", 2) == 0 || strncmp(symbol, "$e", 2) == 0;
    bool is_cxx = strncmp(symbol, "_Z", 2) == 0;
    if (!is_swift && !is_cxx) return NULL;
    if (_swift_backtrace_demangle) {
        char *name = _swift_backtrace_demangle(symbol, length, NULL, NULL);
        *is_short = name != NULL;
        if (name != NULL) return name;
    }
    int status = 0;
    if (is_cxx) return __cxa_demangle ? __cxa_demangle(symbol, NULL, NULL, &status) : NULL;
    return swift_demangle ? swift_demangle(symbol, length, NULL, NULL, 0) : NULL;
}

// Build id

typedef struct {
    char *to;
    size_t capacity, length;
} build_id;

static void read_note(const char *note, size_t size, build_id *id) {
    while (size >= sizeof(Elf64_Nhdr)) {
        const Elf64_Nhdr *head = (const Elf64_Nhdr *)note;
        size_t name = (head->n_namesz + 3) & ~(size_t)3, bytes = (head->n_descsz + 3) & ~(size_t)3;
        if (name + bytes > size - sizeof *head) return;
        const unsigned char *value = (const unsigned char *)note + sizeof *head + name;
        if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == 4) {
            for (size_t i = 0; i < head->n_descsz && id->length + 3 <= id->capacity; i++) {
                id->to[id->length++] = "0123456789abcdef"[value[i] >> 4];
                id->to[id->length++] = "0123456789abcdef"[value[i] & 15];
            }
            return;
        }
        note += sizeof *head + name + bytes;
        size -= sizeof *head + name + bytes;
    }
}

// The program comes first.
static int read_notes(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type == PT_NOTE)
            read_note((const char *)(info->dlpi_addr + part->p_vaddr), part->p_memsz, context);
    }
    return 1;
}

size_t profiler_build_id(char *to, size_t capacity) {
    build_id id = { to, capacity, 0 };
    dl_iterate_phdr(read_notes, &id);
    return id.length;
}
