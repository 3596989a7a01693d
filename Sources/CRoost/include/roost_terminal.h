// A terminal somebody types at.
#pragma once

// From now on Ctrl-C interrupts a wait and calls the handler.
void roost_on_interrupt(void (*handler)(int));
