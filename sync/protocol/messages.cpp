#include "sync/protocol/messages.h"
