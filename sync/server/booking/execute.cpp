#include "sync/server/booking/execute.h"
