#include "sync/server/store/store.h"
