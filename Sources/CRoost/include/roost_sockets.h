// How long the listen queue of a socket is now: the number of connections nobody has accepted.
#pragma once

// Both return 0, or -1 when the kernel does not tell (no unix_diag; not a TCP listener).
int roost_unix_listen_queue(int listener, unsigned *waiting, unsigned *backlog);
int roost_tcp_listen_queue(int listener, unsigned *waiting, unsigned *backlog);

// GNU calls the Swift overlay does not show.
int roost_accept(int listener, int flags); // accept4, close-on-exec
int roost_pipe(int ends[2]);               // non-blocking, close-on-exec
int roost_memory(const char *name);        // memfd, close-on-exec
