#define _GNU_SOURCE
#include "roost_process.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

int roost_reap(int pid, roost_exit_cause *cause) {
    int status = 0, result;
    do result = waitpid(pid, &status, WNOHANG);
    while (result < 0 && errno == EINTR);
    if (result != pid) return result;
    cause->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    cause->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    cause->core = WIFSIGNALED(status) && WCOREDUMP(status);
    return 1;
}

int roost_master_signals(void) {
    static const int acted_on[] = { SIGTERM, SIGQUIT, SIGINT, SIGHUP, SIGUSR1, SIGUSR2, SIGTTIN, SIGTTOU, SIGCHLD };
    sigset_t set;
    sigemptyset(&set);
    for (unsigned i = 0; i < sizeof acted_on / sizeof *acted_on; i++) sigaddset(&set, acted_on[i]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL); // an inherited SIG_IGN would make the kernel reap, and us lose the cause
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int roost_next_signal(int descriptor) {
    struct signalfd_siginfo info;
    return read(descriptor, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

const char *roost_signal_name(int number) {
    static __thread char name[24];
    const char *abbreviation = sigabbrev_np(number);
    strcpy(name, "SIG");
    strncat(name, abbreviation ? abbreviation : "?", sizeof name - 4);
    return name;
}

int roost_die_with_parent(int number, int expected_parent) {
    if (prctl(PR_SET_PDEATHSIG, number) != 0) return -1;
    return getppid() == expected_parent ? 0 : -1; // it died before we asked
}
