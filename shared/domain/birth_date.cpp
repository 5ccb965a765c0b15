#include "shared/domain/birth_date.h"
