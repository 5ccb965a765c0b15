#include "shared/domain/offers.h"
