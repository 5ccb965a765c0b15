#include "shared/domain/event.h"
