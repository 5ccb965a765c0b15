#include "sync/server/records/encoding.h"
