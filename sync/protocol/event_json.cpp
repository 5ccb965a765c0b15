#include "sync/protocol/event_json.h"
