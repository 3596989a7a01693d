#define _GNU_SOURCE
#include "roost_connections.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// A place in the table keeps its index as long as its connection lives, so that an event can name it.
typedef struct {
    int descriptor;
    uint32_t generation; // counts the connections this place has had; never 0
    uint8_t state;
    bool registered;
    roost_held about;
} place;

enum { PLACE_FREE, PLACE_HELD, PLACE_TAKEN };

static place places[ROOST_HELD_MOST];
static int top;                            // places from here on were never used
static uint16_t free_places[ROOST_HELD_MOST];
static int free_count;
static volatile int held;                  // places in state PLACE_HELD
static volatile uint64_t passed;

static struct { int index; uint32_t generation; } unwatched[ROOST_FIXED_MOST];
static int unwatched_count;

static int fixed_descriptors[ROOST_FIXED_MOST];
static bool fixed_on[ROOST_FIXED_MOST];
static int fixed;

static int set = -1; // the epoll descriptor
static struct epoll_event ready[ROOST_READY_MOST];
static int ready_count;
static uint64_t fixed_ready; // one bit for each

static roost_limits limits;
static int master_pid, queue_write = -1;
static timer_t timer;
static volatile uint64_t armed_until; // 0: not armed
static volatile sig_atomic_t serving, timed_out, cancelled, orphaned, stop_requested, reopen_requested;
static volatile int current = -1;
static volatile uint64_t serving_since, busy_since, io_deadline;
static void (*volatile cancel_hook)(void *);
static void *volatile cancel_argument;

static uint64_t monotonic(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

// Queue

int roost_queue_make(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends);
}

int roost_queue_give(int to, int descriptor, uint8_t tag) {
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
    struct iovec payload = { &tag, 1 };
    struct msghdr message;
    memset(&control, 0, sizeof control);
    memset(&message, 0, sizeof message);
    message.msg_iov = &payload;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return sendmsg(to, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == 1 ? 0 : -1;
}

int roost_queue_take(int from, uint8_t *tag) {
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
    struct iovec payload = { tag, 1 };
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = &payload;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    if (recvmsg(from, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) != 1) return -1;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS) return -1; // out of descriptors: the kernel has closed it
    int descriptor;
    memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

// The set waited on. Level-triggered: what was not taken is reported again, and a connection stays registered while
// it is served and kept. An event's data is an index below, and above it the generation of the place, 0 for fixed ones.

static int watch(int descriptor, uint32_t events, uint32_t generation, uint32_t index) {
    struct epoll_event event = { .events = events, .data.u64 = (uint64_t)generation << 32 | index };
    return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

static int watch_place(int index) {
    place *p = &places[index];
    p->registered = watch(p->descriptor, EPOLLIN | EPOLLRDHUP, p->generation, (uint32_t)index) == 0;
    return p->registered ? 0 : -1;
}

// The parent pipe is for its end alone, which every worker must see. Queue and listeners are shared: exclusive, so
// that what comes wakes one idle worker rather than all.
static int watch_fixed(int index) {
    return watch(fixed_descriptors[index], index == 0 ? 0 : EPOLLIN | EPOLLEXCLUSIVE, 0, (uint32_t)index);
}

static int make_set(void) {
    int old = set, result = 0;
    set = epoll_create1(EPOLL_CLOEXEC);
    if (old >= 0) close(old);
    if (set < 0) return -1;
    for (int i = 0; i < fixed; i++)
        if (fixed_on[i]) result |= watch_fixed(i);
    for (int i = 0; i < top; i++)
        if (places[i].state == PLACE_HELD && places[i].registered) result |= watch_place(i);
    return result;
}

int roost_fixed_add(int descriptor) {
    if (fixed == ROOST_FIXED_MOST) return -1;
    fixed_descriptors[fixed] = descriptor;
    fixed_on[fixed] = true;
    return fixed++;
}

int roost_fixed_count(void) { return fixed; }
int roost_fixed_descriptor(int index) { return fixed_descriptors[index]; }
bool roost_fixed_spoke(int index) { return fixed_ready >> index & 1; }

int roost_fixed_switch(int index, bool on) {
    if (fixed_on[index] == on || fixed_descriptors[index] < 0) return 0;
    int result = on ? watch_fixed(index) : epoll_ctl(set, EPOLL_CTL_DEL, fixed_descriptors[index], NULL);
    if (result == 0) fixed_on[index] = on;
    return result;
}

void roost_fixed_yield(int index) {
    if (index < fixed && fixed_on[index] && roost_fixed_switch(index, false) == 0) roost_fixed_switch(index, true);
}

// Held connections

static uint8_t tag_of(roost_held one) { return (uint8_t)((one.listener & 0x7f) | (one.silent ? 0x80 : 0)); }

static void free_place(int index) {
    place *p = &places[index];
    if (++p->generation == 0) p->generation = 1;
    p->state = PLACE_FREE;
    p->registered = false;
    free_places[free_count++] = (uint16_t)index;
}

// Not by closing alone: the connection may live on in the queue, in another worker, or in a child of a view.
static void unwatch_place(place *p) {
    if (p->registered) epoll_ctl(set, EPOLL_CTL_DEL, p->descriptor, NULL);
    p->registered = false;
}

// Gives every held connection to the queue; those it has no room for stay. Async-signal-safe.
static int pass_all(void) {
    int gone = 0;
    if (queue_write < 0) return 0;
    for (int i = 0; i < top && held > 0; i++) {
        place *p = &places[i];
        if (p->state != PLACE_HELD || roost_queue_give(queue_write, p->descriptor, tag_of(p->about)) != 0) continue;
        unwatch_place(p);
        close(p->descriptor);
        free_place(i);
        held--;
        gone++;
    }
    passed += (uint64_t)gone;
    return gone;
}

int roost_held_count(void) { return held; }
int roost_held_top(void) { return top; }
int roost_held_pass_all(void) { return pass_all(); }
uint64_t roost_passed(void) { return passed; }
void roost_worker_stop_passing(void) { queue_write = -1; }

bool roost_held_about(int index, roost_held *about) {
    *about = places[index].about;
    return places[index].state == PLACE_HELD;
}

int roost_held_add(int descriptor, roost_held one, bool watched) {
    if (unwatched_count == ROOST_FIXED_MOST) watched = true;
    if (free_count == 0 && top == ROOST_HELD_MOST) return -1;
    int index = free_count > 0 ? free_places[--free_count] : top++;
    place *p = &places[index];
    if (p->generation == 0) p->generation = 1;
    p->descriptor = descriptor;
    p->about = one;
    if (watched && watch_place(index) != 0) {
        free_place(index);
        return -1;
    }
    p->state = PLACE_HELD;
    held++;
    if (!watched) {
        unwatched[unwatched_count].index = index;
        unwatched[unwatched_count++].generation = p->generation;
    }
    return index;
}

int roost_held_take(int index, roost_held *one) {
    place *p = &places[index];
    p->state = PLACE_TAKEN;
    held--;
    *one = p->about;
    return p->descriptor;
}

void roost_held_forget(int index) { free_place(index); }

void roost_held_close(int index) {
    place *p = &places[index];
    if (p->state == PLACE_HELD) held--;
    unwatch_place(p);
    close(p->descriptor);
    free_place(index);
}

void roost_held_keep(int index, uint64_t since) {
    place *p = &places[index];
    p->about.since = since;
    p->about.silent = false;
    p->state = PLACE_HELD;
    held++;
    if (!p->registered && watch_place(index) != 0) roost_held_close(index);
}

static bool still_held(int index, uint32_t generation) {
    return places[index].state == PLACE_HELD && places[index].generation == generation;
}

int roost_ready_place(int number) {
    uint64_t data = ready[number].data.u64;
    int index = (int)(uint32_t)data;
    return still_held(index, (uint32_t)(data >> 32)) ? index : -1;
}

int roost_newcomer_place(void) {
    while (unwatched_count > 0) {
        int index = unwatched[--unwatched_count].index;
        if (!still_held(index, unwatched[unwatched_count].generation)) continue;
        char byte;
        if (recv(places[index].descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 1) return index;
        if (watch_place(index) != 0) roost_held_close(index);
    }
    return -1;
}

bool roost_ready_gone(int number, int descriptor) { return roost_peer_gone(descriptor, ready[number].events); }

bool roost_peer_gone(int descriptor, uint32_t spoke) {
    if (spoke & (EPOLLHUP | EPOLLERR)) return true;
    if (!(spoke & EPOLLRDHUP)) return false;
    char byte; // it has sent its last; the request before that still wants its answer
    return recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

// The timer. One shot, left armed across requests: a busy worker pays one timer_settime in handover_after,
// not two in every request. Early alarms look at the clock and sleep again.

static void arm(uint64_t at) {
    struct itimerspec when;
    memset(&when, 0, sizeof when);
    when.it_value.tv_sec = (time_t)(at / 1000000000u);
    when.it_value.tv_nsec = (long)(at % 1000000000u);
    armed_until = at;
    timer_settime(timer, TIMER_ABSTIME, &when, NULL);
}

static void arm_no_later_than(uint64_t at) {
    if (armed_until == 0 || armed_until > at) arm(at);
}

static void leave_orphan(uint64_t now) {
    if (!orphaned) {
        orphaned = 1;
        // Listeners follow parent pipe and queue. Closed even while a view runs, or a new master would find the
        // socket alive and refuse to start.
        for (int i = 2; i < fixed; i++) {
            roost_fixed_switch(i, false);
            close(fixed_descriptors[i]);
            fixed_descriptors[i] = -1;
        }
    }
    if (serving && now - serving_since >= limits.orphan_limit) _exit(1); // nobody else is left to end it
}

static uint64_t next_alarm(uint64_t now) {
    uint64_t next = io_deadline;
    if (held > 0 && queue_write >= 0) {
        uint64_t due = busy_since + limits.handover_after;
        if (due <= now) due = now + limits.handover_after; // the queue was full: try again
        if (next == 0 || due < next) next = due;
    }
    if (orphaned && (next == 0 || serving_since + limits.orphan_limit < next))
        next = serving_since + limits.orphan_limit;
    return next;
}

static void on_alarm(int number) {
    (void)number;
    int saved = errno;
    uint64_t now = monotonic();
    armed_until = 0;
    if (getppid() != master_pid) leave_orphan(now);
    if (serving) {
        if (io_deadline != 0 && now >= io_deadline) {
            io_deadline = 0;
            timed_out = 1;
            shutdown(current, SHUT_RDWR); // whoever reads or writes it now sees the end of the connection
        }
        if (held > 0 && now - busy_since >= limits.handover_after) pass_all();
        uint64_t next = next_alarm(now);
        if (next != 0) arm(next);
    }
    errno = saved;
}

static void on_cancel(int number) {
    (void)number;
    int saved = errno;
    // The master may have looked before the slow request ended: cancel only one that is late by our own clock.
    if (serving && limits.request_timeout != 0 && monotonic() - serving_since >= limits.request_timeout) {
        cancelled = 1;
        if (cancel_hook) cancel_hook(cancel_argument);
    }
    errno = saved;
}

static void on_stop(int number) { (void)number; stop_requested = 1; }
static void on_reopen(int number) { (void)number; reopen_requested = 1; }

static int handle(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGALRM); // the two handlers of a running request never interrupt each other
    sigaddset(&action.sa_mask, SIGUSR2);
    return sigaction(number, &action, NULL);
}

int roost_worker_begin(roost_limits given, int master, int queue) {
    limits = given;
    master_pid = master;
    queue_write = queue;
    if (handle(SIGALRM, on_alarm) | handle(SIGUSR2, on_cancel) | handle(SIGTERM, on_stop)
        | handle(SIGQUIT, on_stop) | handle(SIGUSR1, on_reopen) | handle(SIGINT, SIG_DFL)
        | handle(SIGCHLD, SIG_DFL) | handle(SIGPIPE, SIG_IGN) | handle(SIGHUP, SIG_IGN)
        | handle(SIGTTIN, SIG_IGN) | handle(SIGTTOU, SIG_IGN)) return -1;
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 || make_set() != 0) return -1;
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGQUIT);
    sigaddset(&blocked, SIGUSR1);
    return sigprocmask(SIG_SETMASK, &blocked, NULL);
}

// One request

void roost_serve_begin(int descriptor, uint64_t now, uint64_t busy) {
    current = descriptor;
    serving_since = now;
    busy_since = busy;
    timed_out = 0;
    cancelled = 0;
    io_deadline = now + limits.header_timeout;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    serving = 1;
    uint64_t due = io_deadline;
    if (held > 0 && queue_write >= 0 && busy + limits.handover_after < due) due = busy + limits.handover_after;
    arm_no_later_than(due);
}

void roost_serve_end(void) {
    serving = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    io_deadline = 0;
    current = -1;
    cancel_hook = NULL;
}

void roost_serve_deadline(uint64_t deadline) {
    io_deadline = deadline;
    if (serving && deadline != 0) arm_no_later_than(deadline);
}

bool roost_serve_timed_out(void) { return timed_out != 0; }
bool roost_serve_cancelled(void) { return cancelled != 0; }

void roost_cancel_hook(void (*hook)(void *), void *argument) {
    cancel_hook = NULL; // never the new argument with the old hook
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    cancel_argument = argument;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    cancel_hook = hook;
}

bool roost_orphaned(void) { return orphaned != 0; }
bool roost_stop_requested(void) { return stop_requested != 0; }

bool roost_take_reopen_request(void) {
    bool asked = reopen_requested != 0;
    reopen_requested = 0;
    return asked;
}

// Right after the wait nothing has been removed yet: an event of a connection we do not hold means that a child of a
// view has inherited it. It cannot be taken out without its descriptor, and would be reported for ever.
static void sort_ready(int count) {
    bool foreign = false;
    for (int i = 0; i < count; i++) {
        uint64_t data = ready[i].data.u64;
        if (data >> 32 == 0) {
            fixed_ready |= 1ull << data;
        } else {
            ready[ready_count++] = ready[i];
            foreign |= roost_ready_place(ready_count - 1) < 0;
        }
    }
    if (foreign && make_set() != 0) _exit(1);
}

int roost_wait(int milliseconds) {
    sigset_t none;
    sigemptyset(&none);
    ready_count = 0;
    fixed_ready = 0;
    int count = epoll_pwait(set, ready, ROOST_READY_MOST, milliseconds, &none);
    if (count > 0) sort_ready(count);
    return count;
}

int roost_ready_count(void) { return ready_count; }
