#include "sync/protocol/roster.h"
