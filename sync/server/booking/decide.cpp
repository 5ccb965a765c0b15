#include "sync/server/booking/decide.h"
