#include "sync/protocol/slip_code.h"
