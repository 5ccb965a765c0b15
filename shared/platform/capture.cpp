#include "shared/platform/capture.h"
