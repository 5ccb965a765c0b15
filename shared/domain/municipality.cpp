#include "shared/domain/municipality.h"
