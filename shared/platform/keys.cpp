#include "shared/platform/keys.h"
