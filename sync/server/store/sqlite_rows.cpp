#include "sync/server/store/sqlite_store.h"
