#include "shared/platform/sqlite.h"
