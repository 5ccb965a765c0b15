#include "sync/server/booking/command_queue.h"
