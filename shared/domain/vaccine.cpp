#include "shared/domain/vaccine.h"
