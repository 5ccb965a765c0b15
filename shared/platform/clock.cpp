#include "shared/platform/clock.h"
