// The few lines of C that Swift cannot express. Imported by one Swift target for each concern, never re-exported.
#pragma once
#include "roost_connections.h"
#include "roost_process.h"
#include "roost_sockets.h"
#include "roost_terminal.h"
