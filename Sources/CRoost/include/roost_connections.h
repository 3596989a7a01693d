// The connections one worker holds, and their hand-over to other workers while a request runs.
//
// One worker process has one set of them, so the state is static: a signal handler can reach nothing else.
// Everything the handler touches belongs to it only between roost_serve_begin and roost_serve_end.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#define ROOST_HELD_MOST 1024
#define ROOST_READY_MOST 64 // events of one wait
#define ROOST_FIXED_MOST 34 // parent pipe, hand-over queue, up to 32 listeners

typedef struct {
    uint64_t handover_after;    // ns a worker may be busy before its other connections go to the queue
    uint64_t header_timeout;    // ns a request may take to arrive once its connection was readable
    uint64_t request_timeout;   // ns after which SIGUSR2 of the master is believed; 0 = never
    uint64_t orphan_limit;      // ns a request may go on after the master has died
} roost_limits;

typedef struct {
    uint64_t since;             // monotonic ns: accepted, or last answered
    uint8_t listener;           // index of the listener it came through
    bool silent;                // it has never sent anything
} roost_held;

// The hand-over queue: made before the fork. Sequenced packets, not datagrams: both keep message boundaries, but
// datagrams queue at most net.unix.max_dgram_qlen (10) messages; these queue as many as the send buffer takes.
int roost_queue_make(int ends[2]);
int roost_queue_give(int queue_write, int descriptor, uint8_t tag);
int roost_queue_take(int queue_read, uint8_t *tag); // a descriptor, or -1

// Called once in a worker. Installs SIGALRM (timer, and parent-death signal) and SIGUSR2 (cancel), makes the timer.
int roost_worker_begin(roost_limits limits, int master_pid, int queue_write);
void roost_worker_stop_passing(void); // the queue no longer has takers: keep what is held
int roost_fixed_add(int descriptor);  // parent pipe, queue, listeners; before roost_worker_begin
int roost_fixed_count(void);
int roost_fixed_descriptor(int index);           // -1: closed, because the master has died
int roost_fixed_switch(int index, bool on);      // waited on, or not
// The kernel wakes the first idle worker of a fixed order: go to its end. Otherwise one worker would end up with all
// kept connections of a calm hour, and serve them alone in the next rush.
void roost_fixed_yield(int index);
bool roost_fixed_spoke(int index);               // in the last wait

// A held connection has a place, whose index is good until the connection goes. The handler gives away what is held,
// never what is taken.
int roost_held_count(void);
int roost_held_top(void);                              // every place is below
int roost_held_add(int descriptor, roost_held about, bool watched); // its place; -1: no room, the descriptor is yours
// The next connection added unwatched that has sent something already, to be taken; -1: no more. Those that have not
// are watched from now on. A peer writes right after it connects: most newcomers are served without being watched.
int roost_newcomer_place(void);
bool roost_held_about(int index, roost_held *about);   // false: nothing held there
int roost_held_take(int index, roost_held *about);     // to serve it: its descriptor
void roost_held_keep(int index, uint64_t since);       // after roost_held_take: goes on being held
void roost_held_forget(int index);                     // after roost_held_take: its descriptor has been closed
void roost_held_close(int index);
// A peer that has closed waits for no answer: its request is not run.
bool roost_peer_gone(int descriptor, uint32_t spoke);
int roost_held_pass_all(void);        // outside a request: returns how many went
uint64_t roost_passed(void);          // ever, by handler and by roost_held_pass_all

void roost_serve_begin(int descriptor, uint64_t now, uint64_t busy_since);
void roost_serve_end(void);
void roost_serve_deadline(uint64_t deadline); // monotonic ns, 0 = none: past it the connection is shut down
bool roost_serve_timed_out(void);             // of the request since the last roost_serve_begin
bool roost_serve_cancelled(void);

// Called in the SIGUSR2 handler when the running request is past its time: async-signal-safe code only.
void roost_cancel_hook(void (*hook)(void *), void *argument);

bool roost_orphaned(void);            // the master has died; listeners are closed by then
bool roost_stop_requested(void);      // TERM or QUIT
bool roost_take_reopen_request(void); // USR1 since the last call
// Waits for any of them: how many spoke. TERM, QUIT and USR1 are delivered only in here, so no view ever sees EINTR
// from them.
int roost_wait(int milliseconds);
int roost_ready_count(void);                          // held connections that spoke in the last wait
int roost_ready_place(int number);                    // -1: it has gone since
bool roost_ready_gone(int number, int descriptor);    // roost_peer_gone of what it said
