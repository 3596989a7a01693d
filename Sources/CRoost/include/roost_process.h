// Processes: wait status, signals of the master, parent death.
#pragma once
#include <stdbool.h>

typedef struct {
    int exit_status; // -1: ended by a signal
    int signal;      // 0: exited
    bool core;
} roost_exit_cause;

// Reaps this child if it has ended: 1 reaped, 0 still running, -1 no such child.
int roost_reap(int pid, roost_exit_cause *cause);

// Blocks the signals a master acts on and returns a non-blocking signalfd for them, or -1.
int roost_master_signals(void);
int roost_next_signal(int signal_descriptor); // 0: none waiting
const char *roost_signal_name(int number);    // "SIGKILL"

int roost_die_with_parent(int signal_number, int expected_parent); // -1: the parent is gone already
