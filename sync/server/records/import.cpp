#include "sync/server/records/import.h"
