#define _GNU_SOURCE
#include "profiler_sampler.h"
#include "walk.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

volatile uint8_t profiler_current_tag;

// The handler runs on the thread whose state this is, so plain memory will do; `active` and `ticking` are volatile
// because both sides write them.
static volatile sig_atomic_t active, ticking;
static profiler_counts counts;
static uint32_t mark_every, ticks_to_mark;
static int depth_most = 128;
static uintptr_t stack_low, stack_high;

static timer_t timer;
static bool has_timer, timer_is_cpu;
static uint64_t timer_period;
// Ticks to pass over because the last sample took long, and those passed over since.
static uint64_t ticks_to_skip, ticks_skipped;
static __thread char thread_mark; // its address tells living threads apart without a system call
static char *timer_owner;

// The ring: whole records in [oldest, next), or, once it has come round, in [oldest, end) and [0, next).
static uint64_t *ring;
static size_t ring_words, oldest, next_word, end_word;
static bool is_round;
static uint64_t scratch[PROFILER_DEPTH_MOST];

static inline uint64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// The ring

static void forget_oldest(void) {
    oldest += PROFILER_RECORD_HEAD + profiler_record_frames(ring[oldest + 1]);
    counts.lost++;
    if (oldest >= end_word) {
        oldest = 0;
        is_round = false;
    }
}

// Room for one record; the oldest make place. Ends because the ring holds several of the largest records.
static uint64_t *make_room(size_t words) {
    for (;;) {
        if (!is_round && next_word + words <= ring_words) break;
        if (!is_round) {
            end_word = next_word;
            next_word = 0;
            is_round = true;
        }
        while (is_round && next_word + words > oldest) forget_oldest();
        if (is_round) break;
    }
    uint64_t *room = ring + next_word;
    next_word += words;
    return room;
}

static void store(uint64_t time, uint64_t weight, const uint64_t *frames, int count, bool linked) {
    uint64_t *record = make_room(PROFILER_RECORD_HEAD + (size_t)count);
    bool marked = mark_every != 0 && ++ticks_to_mark >= mark_every;
    if (marked) ticks_to_mark = 0;
    bool truncated = count >= depth_most;
    counts.truncated += truncated;
    record[0] = time;
    record[1] = (uint64_t)count << 32 | weight << 16 | (uint64_t)linked << 10 | (uint64_t)truncated << 9
        | (uint64_t)marked << 8 | profiler_current_tag;
    memcpy(record + PROFILER_RECORD_HEAD, frames, (size_t)count * sizeof *frames);
}

// The handler

// POSIX counts timer_settime among the async-signal-safe functions.
static void stop_ticking(void) {
    struct itimerspec never;
    memset(&never, 0, sizeof never);
    timer_settime(timer, 0, &never, NULL);
    ticking = 0;
}

// The handler's share of the thread's time never exceeds a fifth: a rate that the machine cannot keep up with would
// leave the thread no time to get on.
static uint64_t ticks_to_rest(uint64_t spent) {
    uint64_t ticks = spent * 4 / timer_period;
    return ticks < 1000 ? ticks : 1000;
}

static void sample(uint64_t overrun, const ucontext_t *context) {
    uint64_t start = nanoseconds(CLOCK_MONOTONIC);
    uint64_t late = overrun + ticks_skipped;
    bool linked = false;
    int count = walk_stack(context, stack_low, stack_high, scratch, depth_most, &linked);
    store(start, late < 0xFFFE ? late + 1 : 0xFFFF, scratch, count, linked);
    counts.samples++;
    counts.overruns += late;
    uint64_t spent = nanoseconds(CLOCK_MONOTONIC) - start;
    counts.handler_ns += spent;
    if (spent > counts.handler_longest_ns) counts.handler_longest_ns = spent;
    ticks_skipped = 0;
    ticks_to_skip = ticks_to_rest(spent);
}

static void on_tick(int number, siginfo_t *info, void *context) {
    (void)number;
    if (info->si_code != SI_TIMER) return;
    int saved = errno;
    uint64_t overrun = info->si_overrun > 0 ? (uint64_t)info->si_overrun : 0;
    if (!active) {
        if (has_timer) stop_ticking();
    } else if (ticks_to_skip > overrun) {
        ticks_to_skip -= overrun + 1;
        ticks_skipped += overrun + 1;
    } else {
        sample(overrun, context);
    }
    errno = saved;
}

// Timers are not inherited by a child; the handler and the ring are, and the child's own.
static void in_child(void) {
    has_timer = false;
    active = 0;
    ticking = 0;
}

// A thread has ended: its timer would send signals to nobody, and another thread may get its addresses.
static void in_ending_thread(void *mark) {
    if (mark == timer_owner) profiler_stop();
}

static pthread_key_t owner_key;

static int install(void) {
    static bool watches;
    if (!watches) {
        int error = pthread_atfork(NULL, NULL, in_child);
        if (error == 0) error = pthread_key_create(&owner_key, in_ending_thread);
        if (error != 0) return error;
        watches = true;
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_tick;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigfillset(&action.sa_mask);
    return sigaction(SIGPROF, &action, NULL) == 0 ? 0 : errno;
}

// Preparing

int profiler_prepare(size_t words, int depth) {
    active = 0;
    depth_most = depth < 8 ? 8 : depth > PROFILER_DEPTH_MOST ? PROFILER_DEPTH_MOST : depth;
    size_t least = 8 * (size_t)(PROFILER_RECORD_HEAD + depth_most);
    if (words < least) words = least;
    if (ring == NULL || ring_words != words) {
        uint64_t *fresh = mmap(
            NULL, words * sizeof *ring, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (fresh == MAP_FAILED) return errno;
        if (ring != NULL) munmap(ring, ring_words * sizeof *ring);
        ring = fresh;
        ring_words = words;
    }
    oldest = next_word = 0;
    is_round = false;
    memset(&counts, 0, sizeof counts);
    walk_learn_images();
    return install();
}

static int learn_stack(void) {
    pthread_attr_t attributes;
    void *low;
    size_t size;
    int error = pthread_getattr_np(pthread_self(), &attributes);
    if (error != 0) return error;
    error = pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
    stack_low = (uintptr_t)low;
    stack_high = stack_low + size;
    return error;
}

void profiler_stop(void) {
    active = 0;
    if (has_timer) timer_delete(timer);
    has_timer = false;
    ticking = 0;
}

static int make_timer(bool cpu_clock) {
    profiler_stop();
    int error = learn_stack();
    if (error == 0) error = pthread_setspecific(owner_key, &thread_mark);
    if (error != 0) return error;
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = SIGPROF;
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(cpu_clock ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &event, &timer) != 0) return errno;
    has_timer = true;
    timer_is_cpu = cpu_clock;
    timer_owner = &thread_mark;
    return 0;
}

// The ticks lie on a grid that no request's start moves, so that short requests get their share of samples too. Each
// process has a grid of its own: they should not all wake at once.
static int start_ticking(uint64_t period) {
    uint64_t now = nanoseconds(timer_is_cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC);
    uint64_t shift = (uint64_t)getpid() * 2654435761u;
    uint64_t first = period - (now + shift) % period;
    struct itimerspec times = {
        .it_interval = { (time_t)(period / 1000000000u), (long)(period % 1000000000u) },
        .it_value = { (time_t)(first / 1000000000u), (long)(first % 1000000000u) },
    };
    timer_period = period;
    ticking = 1;
    if (timer_settime(timer, 0, &times, NULL) == 0) return 0;
    ticking = 0;
    return errno;
}

// One request

int profiler_begin(bool cpu_clock, uint64_t period) {
    active = 0;
    if (ring == NULL || period == 0) return EINVAL;
    oldest = next_word = 0;
    is_round = false;
    memset(&counts, 0, sizeof counts);
    profiler_current_tag = 0;
    ticks_to_skip = ticks_skipped = 0;
    if (!has_timer || timer_owner != &thread_mark || timer_is_cpu != cpu_clock) {
        int error = make_timer(cpu_clock);
        if (error != 0) return error;
    }
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    active = 1;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    return ticking && timer_period == period ? 0 : start_ticking(period);
}

void profiler_end(void) {
    active = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

void profiler_mark_every(uint32_t ticks) { mark_every = ticks; }
bool profiler_is_ticking(void) { return ticking != 0; }

// Reading

profiler_counts profiler_read_counts(void) {
    counts.words = is_round ? end_word - oldest + next_word : next_word - oldest;
    return counts;
}

void profiler_copy(uint64_t *to) {
    if (ring == NULL) return;
    size_t upper = (is_round ? end_word : next_word) - oldest;
    memcpy(to, ring + oldest, upper * sizeof *ring);
    if (is_round) memcpy(to + upper, ring, next_word * sizeof *ring);
}
