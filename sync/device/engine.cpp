#include "sync/device/engine.h"
