#include "shared/platform/files.h"
