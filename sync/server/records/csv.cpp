#include "sync/server/records/csv.h"
