#include "sync/server/booking/commands.h"
