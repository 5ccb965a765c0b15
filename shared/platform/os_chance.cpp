#include "shared/platform/os_chance.h"
