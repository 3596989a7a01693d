#define _GNU_SOURCE
#include "roost_connections.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct pollfd set[ROOST_FIXED_MOST + ROOST_HELD_MOST];
static roost_held about[ROOST_HELD_MOST]; // about[i] belongs to set[fixed + i]
static int fixed;
static volatile int held;
static volatile uint64_t passed;

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

// Held connections

static uint8_t tag_of(roost_held one) { return (uint8_t)((one.listener & 0x7f) | (one.silent ? 0x80 : 0)); }

// Gives every held connection to the queue; those it has no room for stay. Async-signal-safe.
static int pass_all(void) {
    int kept = 0, before = held;
    if (queue_write < 0) return 0;
    for (int i = 0; i < before; i++) {
        int descriptor = set[fixed + i].fd;
        if (roost_queue_give(queue_write, descriptor, tag_of(about[i])) == 0) {
            close(descriptor);
            continue;
        }
        set[fixed + kept] = set[fixed + i];
        about[kept++] = about[i];
    }
    held = kept;
    passed += (uint64_t)(before - kept);
    return before - kept;
}

int roost_fixed_add(int descriptor) {
    if (fixed == ROOST_FIXED_MOST || held > 0) return -1;
    set[fixed] = (struct pollfd){ .fd = descriptor, .events = POLLIN };
    return fixed++;
}

struct pollfd *roost_poll_set(void) { return set; }
int roost_fixed_count(void) { return fixed; }
int roost_poll_count(void) { return fixed + held; }
int roost_held_count(void) { return held; }
int roost_held_pass_all(void) { return pass_all(); }
uint64_t roost_passed(void) { return passed; }
void roost_worker_stop_passing(void) { queue_write = -1; }
roost_held roost_held_about(int index) { return about[index]; }

bool roost_held_add(int descriptor, roost_held one) {
    if (held == ROOST_HELD_MOST) return false;
    set[fixed + held] = (struct pollfd){ .fd = descriptor, .events = POLLIN | POLLRDHUP };
    about[held] = one;
    held++;
    return true;
}

int roost_held_take(int index, roost_held *one) {
    int last = held - 1, descriptor = set[fixed + index].fd;
    *one = about[index];
    set[fixed + index] = set[fixed + last];
    about[index] = about[last];
    held = last;
    return descriptor;
}

bool roost_peer_gone(int descriptor, short spoke) {
    if (spoke & (POLLHUP | POLLERR | POLLNVAL)) return true;
    if (!(spoke & POLLRDHUP)) return false;
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
            close(set[i].fd < 0 ? ~set[i].fd : set[i].fd);
            set[i].fd = -1;
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
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) return -1;
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

int roost_wait(int milliseconds) {
    sigset_t none;
    sigemptyset(&none);
    struct timespec limit = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
    return ppoll(set, (nfds_t)(fixed + held), &limit, &none);
}
