#include "sync/server/records/export.h"
