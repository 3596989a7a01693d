#define _GNU_SOURCE
#include "walk.h"
#include <link.h>
#include <stdlib.h>
#include <string.h>

// Executable code, sorted by address, and whether its functions keep frame pointers.
typedef struct {
    uintptr_t low, high;
    bool has_frames;
} code;

enum { CODE_MOST = 512, SCAN_MOST = 32768, FRAME_MOST = 65536 };
static code codes[CODE_MOST];
static int code_count;
static uintptr_t code_low, code_high; // all of it

// Images

// The package manager builds with frame pointers, and so are Swift's libraries and Debian's libpq. Of other C libraries
// hardly any function keeps one.
static bool keeps_frames(const char *path) {
#if defined(__aarch64__)
    (void)path;
    return true; // the calling convention asks for them
#else
    static const char *const built_so[] = { "libswift", "libFoundation", "lib_Foundation", "libdispatch",
        "libBlocksRuntime", "libTesting", "lib_Testing", "libXCTest", "libpq.so" };
    if (path == NULL || *path == 0) return true; // the program
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    for (unsigned i = 0; i < sizeof built_so / sizeof *built_so; i++)
        if (strncmp(name, built_so[i], strlen(built_so[i])) == 0) return true;
    return false;
#endif
}

static int learn(struct dl_phdr_info *image, size_t size, void *context) {
    (void)size, (void)context;
    for (int i = 0; i < image->dlpi_phnum && code_count < CODE_MOST; i++) {
        const ElfW(Phdr) *part = &image->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0) continue;
        uintptr_t low = image->dlpi_addr + part->p_vaddr;
        codes[code_count++] = (code){ low, low + part->p_memsz, keeps_frames(image->dlpi_name) };
    }
    return 0;
}

static int by_address(const void *one, const void *other) {
    const code *a = one, *b = other;
    return a->low < b->low ? -1 : a->low > b->low;
}

void walk_learn_images(void) {
    code_count = 0;
    dl_iterate_phdr(learn, NULL);
    qsort(codes, (size_t)code_count, sizeof *codes, by_address);
    code_low = code_count > 0 ? codes[0].low : 0;
    code_high = code_count > 0 ? codes[code_count - 1].high : 0;
}

static inline const code *code_at(uintptr_t address) {
    if (address < code_low || address >= code_high) return NULL; // most words on a stack
    int low = 0, high = code_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (codes[middle].low <= address) low = middle + 1;
        else high = middle;
    }
    return low > 0 && address < codes[low - 1].high ? &codes[low - 1] : NULL;
}

// Frames

static inline uintptr_t word_at(uintptr_t address) { return *(const uintptr_t *)address; }

// Pointer authentication (arm64) keeps a signature in the bits above a user's addresses.
static inline uintptr_t without_signature(uintptr_t address) {
#if defined(__aarch64__)
    return address & (((uintptr_t)1 << 48) - 1);
#else
    return address;
#endif
}

static inline uintptr_t return_address(uintptr_t frame) {
    return without_signature(word_at(frame + sizeof(uintptr_t)));
}

static inline bool may_be_frame(uintptr_t frame, uintptr_t low, uintptr_t high) {
    return frame >= low && frame < high && high - frame >= 2 * sizeof(uintptr_t) && frame % sizeof(uintptr_t) == 0;
}

// Is this a return address: does the instruction before it call? Only asked of code with frame pointers, which is
// never unloaded.
static bool follows_call(uintptr_t address) {
    const code *in = code_at(address);
    if (in == NULL || !in->has_frames || address < in->low + 8) return false;
#if defined(__aarch64__)
    if (address % 4 != 0) return false;
    uint32_t instruction = *(const uint32_t *)(address - 4);
    return (instruction & 0xFC000000) == 0x94000000 || (instruction & 0xFFFFFC1F) == 0xD63F0000; // bl, blr
#else
    const uint8_t *end = (const uint8_t *)address;
    if (end[-5] == 0xE8) return true; // call to a fixed place
    // call through a register or memory: FF /2 with 2, 3, 6 or (with a REX prefix) 3, 4, 7 bytes
    static const int lengths[] = { 2, 3, 4, 6, 7 };
    for (unsigned i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const uint8_t *op = end - lengths[i];
        if (op[0] == 0xFF && (op[1] & 0x38) == 0x10) return true;
    }
    return false;
#endif
}

// Follows frame records from `frame` on. Each lies above the last, so this ends.
static int follow(uintptr_t low, uintptr_t frame, uintptr_t high, uint64_t *to, int count, int most) {
    while (count < most && may_be_frame(frame, low, high)) {
        uintptr_t next = word_at(frame), back = return_address(frame);
        if (code_at(back) == NULL) break;
        to[count++] = back;
        if (next <= frame) break;
        low = frame + 2 * sizeof(uintptr_t);
        frame = next;
    }
    return count;
}

#if defined(__x86_64__)

// A function that has not made its frame yet, or has taken it down: its caller stands on the stack, and not in a frame.
static uintptr_t caller_of_frameless(uintptr_t pc, uintptr_t sp, uintptr_t high, const code *in) {
    if (pc + 4 > in->high || !may_be_frame(sp, sp, high)) return 0;
    const uint8_t *next = (const uint8_t *)pc;
    bool before_push = next[0] == 0x55, at_return = next[0] == 0xC3;
    bool pushed = next[0] == 0x48 && next[1] == 0x89 && next[2] == 0xE5; // mov %rsp,%rbp
    uintptr_t back = before_push || at_return ? word_at(sp) : pushed ? word_at(sp + 8) : 0;
    return back != 0 && code_at(back) != NULL ? back : 0;
}

// Does `frame` look like the record of a function that was called by code with frame pointers?
static inline bool leads_on(uintptr_t frame, uintptr_t above, uintptr_t high) {
    return frame > above && frame - above < FRAME_MOST && may_be_frame(frame, above, high)
        && follows_call(return_address(frame));
}

// Out of a library without frame pointers: the lowest return address into code that has them, and that code's frame
// pointer, which is in its register still or was saved by a callee, below. One pass: the handler must stay short.
static int leave_library(uintptr_t sp, uintptr_t fp, uintptr_t high, uint64_t *to, int count, int most) {
    uintptr_t limit = high - sp > SCAN_MOST ? sp + SCAN_MOST : high;
    uintptr_t saved = 0;
    for (uintptr_t place = sp; limit - place >= 2 * sizeof(uintptr_t); place += sizeof(uintptr_t)) {
        uintptr_t word = word_at(place);
        if (leads_on(word, place, high)) {
            saved = word; // the one nearest below a return address belongs to it
        } else if (follows_call(word)) {
            uintptr_t frame = leads_on(fp, place, high) ? fp : saved > place ? saved : 0;
            if (frame == 0) continue;
            to[count++] = word;
            return follow(place, frame, high, to, count, most);
        }
    }
    return count;
}

int walk_stack(
    const ucontext_t *at, uintptr_t stack_low, uintptr_t stack_high, uint64_t *to, int most, bool *linked) {
    *linked = false;
    uintptr_t pc = (uintptr_t)at->uc_mcontext.gregs[REG_RIP], sp = (uintptr_t)at->uc_mcontext.gregs[REG_RSP];
    uintptr_t fp = (uintptr_t)at->uc_mcontext.gregs[REG_RBP];
    int count = 0;
    to[count++] = pc;
    if (sp < stack_low || sp >= stack_high || sp % sizeof(uintptr_t) != 0) return count; // another stack: not ours
    const code *in = code_at(pc);
    if (in == NULL || !in->has_frames) return leave_library(sp, fp, stack_high, to, count, most);
    uintptr_t caller = caller_of_frameless(pc, sp, stack_high, in);
    if (caller != 0) to[count++] = caller;
    int walked = follow(sp, fp, stack_high, to, count, most);
    // Assembly in the program may use the frame pointer for something else.
    return walked > 1 ? walked : leave_library(sp, fp, stack_high, to, count, most);
}

#elif defined(__aarch64__)

int walk_stack(
    const ucontext_t *at, uintptr_t stack_low, uintptr_t stack_high, uint64_t *to, int most, bool *linked) {
    uintptr_t sp = at->uc_mcontext.sp, fp = at->uc_mcontext.regs[29];
    uintptr_t link = without_signature(at->uc_mcontext.regs[30]);
    int count = 0;
    to[count++] = at->uc_mcontext.pc;
    *linked = false;
    if (sp < stack_low || sp >= stack_high) return count;
    // A function without a frame, or with one half made, has its caller in the link register alone. One with a frame
    // that has called nothing yet has it in both places; one that has called has a place of its own in the register,
    // which only who knows the functions' names can tell from a caller.
    bool is_in_frame = may_be_frame(fp, sp, stack_high) && return_address(fp) == link;
    if (!is_in_frame && follows_call(link)) {
        to[count++] = link;
        *linked = true;
    }
    return follow(sp, fp, stack_high, to, count, most);
}

#else
#error "the profiler walks the stacks of x86-64 and arm64"
#endif
