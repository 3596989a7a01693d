#include "roost_terminal.h"
#include <signal.h>
#include <stddef.h>

void roost_on_interrupt(void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}
