#include "shared/domain/seats.h"
