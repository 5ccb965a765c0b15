#include "sync/device/runner.h"
